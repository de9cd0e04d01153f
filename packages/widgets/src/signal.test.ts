import { expect, it } from 'vitest'
import { signal } from './signal.ts'

it('tells its readers the value now and after each change, until they unsubscribe', () => {
  const count = signal(1)
  const seen: number[] = []
  const stop = count.subscribe((value) => seen.push(value))
  count.value = 2
  stop()
  count.value = 3
  expect(seen).toEqual([1, 2])
  expect(count.value).toBe(3)
})

it('tells of a change that a reader makes after the one before it, never within, and ends with the last value', () => {
  const count = signal(1)
  const seen: string[] = []
  count.subscribe((value) => {
    seen.push(`first ${value}`)
    if (value === 2) count.value = 3
  })
  count.subscribe((value) => seen.push(`second ${value}`))
  count.value = 2
  expect(seen).toEqual(['first 1', 'second 1', 'first 2', 'second 3', 'first 3', 'second 3'])
  expect(count.value).toBe(3)
})
