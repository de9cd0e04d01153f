import { describe, expect, it } from 'vitest'
import { seededRandom } from './random.ts'
import { withTypo } from './typo.ts'

describe('a slip of the fingers', () => {
  it('changes the length by one at most, and at most two letters', () => {
    const random = seededRandom(1)
    const kinds = new Set<number>()
    for (let i = 0; i < 200; i++) {
      const misspelt = withTypo('where is it', random)
      kinds.add(misspelt.length)
      expect(Math.abs(misspelt.length - 11)).toBeLessThanOrEqual(1)
      const same = [...misspelt].filter((letter, at) => letter === 'where is it'[at]).length
      if (misspelt.length === 11) expect(same).toBeGreaterThanOrEqual(9)
    }
    expect([...kinds].toSorted()).toEqual([10, 11, 12])
  })

  it('leaves single letters alone, and does not cut a pictograph in half', () => {
    expect(withTypo('x', seededRandom(1))).toBe('x')
    const random = seededRandom(2)
    for (let i = 0; i < 50; i++) expect(withTypo('👍👍👍', random).isWellFormed()).toBe(true)
  })
})
