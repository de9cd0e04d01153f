import { describe, expect, it } from 'vitest'
import { quantise } from './quantise.ts'

describe('quantise', () => {
  it('gives each class a scale of its own, and is never off by more than half a step of it', () => {
    const weights = Float32Array.from([100, 0.1, 0, -37, -0.02, 0, 12.3, 0.07, 0])
    const { codes, scales } = quantise(weights, 3)
    weights.forEach((weight, i) => {
      expect(Math.abs(codes[i]! * scales[i % 3]! - weight)).toBeLessThanOrEqual(scales[i % 3]! * 0.501)
    })
    expect([codes[0], codes[1], codes[2]]).toEqual([127, 127, 0])
  })
})
