import { describe, expect, it } from 'vitest'
import { conceptsOf } from './concepts.ts'

describe('what a word stands for', () => {
  const english = conceptsOf('en-GB')

  it.each([
    ['paid', 'payment'],
    ['sent', 'transferring'],
    ['misplaced', 'lost'],
    ['voucher', 'coupon'],
    ['jackets', 'jacket'],
    ['stopping', 'stopped'],
    ['washing', 'washed'],
    ['arranging', 'arranged'],
  ])('is in English the same for %s and %s', (one, other) => {
    expect(english(one)).toBe(english(other))
  })

  it.each([
    ['lost', 'stolen'],
    ['card', 'cards1'],
    ['bus', 'business'],
    ['fee', 'feed'],
  ])('differs for %s and %s', (one, other) => {
    expect(english(one)).not.toBe(english(other))
  })

  it('is itself where there are no concepts of the language', () => {
    const other = conceptsOf('tlh')
    expect(['paid', 'constructor'].map(other)).toEqual(['paid', 'constructor'])
    expect(conceptsOf('')('paid')).toBe('paid')
    expect(english('constructor')).toBe('constructor')
  })
})
