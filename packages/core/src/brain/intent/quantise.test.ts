import { describe, expect, it } from 'vitest'
import {
  packNibbles,
  packScales,
  quantiseColumns,
  quantiseRows,
  quantiseShortRows,
  restoreColumns,
  restoreRows,
  unpackNibbles,
  unpackScales,
} from './quantise.ts'
import { seededRandom } from './random.ts'

const random = seededRandom(3)
const bell = Float32Array.from({ length: 24 * 16 }, () => random() + random() + random() - 1.5)
/** Root of the mean squared difference, in parts of the root of the mean square. */
const error = (restored: ArrayLike<number>) => {
  const squares = [...bell].reduce((sum, value) => sum + value ** 2, 0)
  return Math.sqrt([...bell].reduce((sum, value, i) => sum + (value - restored[i]!) ** 2, 0) / squares)
}

describe('weights in small numbers', () => {
  it('come back near to what they were: within 15 % by 4 bits, 1 % by 8', () => {
    expect(error(restoreColumns(quantiseColumns(bell, 24)))).toBeLessThan(0.15)
    expect(error(restoreRows(quantiseShortRows(bell, 16)))).toBeLessThan(0.15)
    expect(error(restoreRows(quantiseRows(bell, 16)))).toBeLessThan(0.01)
  })

  it('keep zeros', () => {
    const zeros = new Float32Array(32)
    expect([...restoreColumns(quantiseColumns(zeros, 4))]).toEqual([...zeros])
    expect([...restoreRows(quantiseShortRows(zeros, 4))]).toEqual([...zeros])
  })

  it('survive packing, an odd number of them too', () => {
    const codes = Int8Array.from({ length: 15 }, (_, i) => i - 7)
    expect(unpackNibbles(packNibbles(codes), 15)).toEqual(codes)
    const { scales } = quantiseShortRows(bell, 16)
    expect(unpackScales(packScales(scales))).toEqual(scales)
  })
})
