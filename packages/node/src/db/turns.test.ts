import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'

it('turns are taken one after another, in the order of asking', async () => {
  const turns = createTurns()
  const order: string[] = []
  const user = async (name: string) => {
    await turns.begin()
    order.push(`${name} begins`)
    await Promise.resolve()
    order.push(`${name} ends`)
    turns.end()
  }
  await Promise.all([user('a'), user('b'), user('c')])
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  await user('d')
  expect(order.slice(-2)).toEqual(['d begins', 'd ends'])
})
