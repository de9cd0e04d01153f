import type { RecommendationRule } from '@tillwright/core/contract'
import { expect, it } from 'vitest'
import { circumstancesOf, sentenceOf, standingOf } from './sentence.ts'
import { strings } from './strings.ts'

const cards = { a: { id: 'a', name: 'Teapot', pictureUrl: null, price: null } }
const telling = (language: keyof typeof strings) => ({ words: strings[language], language, cards, currency: 'EUR' })
const rule = (change: Partial<RecommendationRule>): RecommendationRule => ({
  id: 'rul_x',
  name: 'x',
  action: 'boost',
  match: {},
  enabled: true,
  updatedAt: '',
  ...change,
})

it.each<[Partial<RecommendationRule>, string]>([
  [{ action: 'pin', match: { ids: ['a'] }, position: 2 }, 'Shows Teapot at place 3'],
  [{ action: 'pin', match: { ids: ['a', 'b', 'c', 'd'] } }, 'Shows Teapot, b, and 2 more at place 1'],
  [
    { match: { categories: ['Tea', 'Cups'] }, factor: 3 },
    'Shows products in Tea and Cups more often, 3 times as strong',
  ],
  [{ action: 'exclude', match: {} }, 'Never shows all products'],
  [
    { action: 'only', match: { brands: ['Hearth'], minPriceMinor: 500, maxPriceMinor: 1000 } },
    'Shows nothing but products of Hearth from €5.00 to €10.00',
  ],
  [
    { action: 'bury', match: { attributes: { colour: 'blue' } } },
    'Shows products with colour blue less often, 2 times as weak',
  ],
])('tells what %o does', (change, sentence) => {
  expect(sentenceOf(rule(change), telling('en'))).toBe(sentence)
})

it('tells where a rule holds and until when, in the language of whoever reads', () => {
  const far = rule({ context: { ids: ['a'] }, kinds: ['similar'], placements: ['cart'], until: '2026-03-31T12:00:00Z' })
  expect(circumstancesOf(far, telling('en'))).toEqual([
    'with Teapot on the page or in the cart',
    'in Similar',
    'at cart',
    'until Mar 31, 2026',
  ])
  expect(circumstancesOf(far, telling('de')).at(-1)).toBe('bis 31.03.2026')
  expect(circumstancesOf(rule({}), telling('fr'))).toEqual(['sans fin'])
})

it('tells whether a rule holds now', () => {
  const now = Date.parse('2026-02-01T00:00:00Z')
  expect(standingOf(rule({}), now)).toBe('on')
  expect(standingOf(rule({ enabled: false, from: '2026-03-01T00:00:00Z' }), now)).toBe('off')
  expect(standingOf(rule({ from: '2026-03-01T00:00:00Z' }), now)).toBe('later')
  expect(standingOf(rule({ until: '2026-01-31T00:00:00Z' }), now)).toBe('over')
})
