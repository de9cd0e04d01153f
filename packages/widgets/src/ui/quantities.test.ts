import { expect, it } from 'vitest'
import { formatAge, formatBytes, formatDuration } from './quantities.ts'

it.each([
  [0, '0 byte'],
  [999, '999 byte'],
  [1_000, '1 kB'],
  [1_234_567, '1.2 MB'],
  [5e12, '5,000 GB'],
])('writes %i bytes as %s', (bytes, text) => expect(formatBytes(bytes, 'en')).toBe(text))

it.each([
  [0, '0 seconds'],
  [59.9, '59 seconds'],
  [7_500, '2 hours'],
  [172_800, '2 days'],
])('writes %d seconds as %s', (seconds, text) => expect(formatDuration(seconds, 'en')).toBe(text))

it.each([
  [-5_000, 'now'],
  [400, 'now'],
  [90_000, '1 minute ago'],
  [86_400_000, 'yesterday'],
])('writes an age of %i ms as %s', (ageMs, text) => expect(formatAge(ageMs, 'en')).toBe(text))
