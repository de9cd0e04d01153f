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
