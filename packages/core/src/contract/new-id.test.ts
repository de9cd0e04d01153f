import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { seededRandom } from '../testing/index.ts'
import { newId } from './new-id.ts'
import { ownId } from './schema.ts'

/** Ten characters count the ms until the year 37,647. */
const LATEST = 2 ** 50 - 1

const at = (ms: number, random = seededRandom(1)) => newId('evt', () => ms, random)

it('an id is its prefix and 26 characters, as the contract wants', () => {
  for (const ms of [0, Date.UTC(2026, 0, 1), LATEST]) expect(z.safeParse(ownId('evt'), at(ms)).success).toBe(true)
})

it('ids sort by their time', () => {
  const time = fc.integer({ min: 0, max: LATEST })
  fc.assert(
    fc.property(time, time, fc.integer(), (a, b, seed) => {
      fc.pre(a < b)
      expect(at(a, seededRandom(seed)) < at(b, seededRandom(seed + 1))).toBe(true)
    }),
  )
})

it('ids of one moment differ', () => {
  const random = seededRandom(7)
  const ids = new Set(Array.from({ length: 1_000 }, () => at(1, random)))
  expect(ids.size).toBe(1_000)
})

it('the largest random numbers still give characters of the alphabet', () => {
  expect(at(1, () => 1 - 2 ** -53)).toBe(`evt_0000000001${'v'.repeat(16)}`)
  expect(at(1, () => 0)).toBe(`evt_0000000001${'0'.repeat(16)}`)
})
