import { expect, it } from 'vitest'
import { exampleClient, refusal } from '../../../testing/example-client.ts'
import { pageContext } from '../../../testing/page-context.ts'
import { connectBlocks } from './connect.ts'

async function open(answers = {}) {
  const fake = exampleClient(answers)
  const context = pageContext(fake.client)
  const page = connectBlocks(context)
  page.open([])
  await context.platform.advance(0)
  return { ...page, ...fake, value: () => page.state.value }
}

it('lists blocks, makes one and lifts one', async () => {
  const { block, lift, of, value } = await open()
  await block({ address: '203.0.113.7', forSeconds: 900, reason: 'scraping' })
  await lift(value().blocks![0]!)
  expect(of('blocks.create')).toEqual([{ address: '203.0.113.7', forSeconds: 900, reason: 'scraping' }])
  expect(of('blocks.remove')).toEqual([{ blockId: value().blocks![0]!.id }])
  expect(of('blocks.list')).toHaveLength(3)
  expect(value().made).toBe(1)
})

it('says that a link cannot do it, and keeps what was written', async () => {
  const { block, value } = await open({
    'blocks.create': () => {
      throw refusal(401, 'sign_in_needed')
    },
  })
  await block({ address: '203.0.113.7', forSeconds: 900, reason: '' })
  expect(value()).toMatchObject({ failure: { kind: 'needs-person' }, made: 0 })
})
