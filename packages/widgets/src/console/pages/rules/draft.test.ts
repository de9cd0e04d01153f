import type { RecommendationRule } from '@tillwright/core/contract'
import { expect, it } from 'vitest'
import { type DraftErrors, draftOf, NEW_RULE, type RuleDraft, ruleOf } from './draft.ts'

const { match: NO_MATCH } = NEW_RULE

it.each<[string, Omit<RecommendationRule, 'id' | 'updatedAt'>]>([
  ['a pin', { name: 'A', action: 'pin', match: { ids: ['a', 'b'] }, position: 4, enabled: true }],
  [
    'everything at once',
    {
      name: 'B',
      action: 'bury',
      match: {
        categories: ['Tea & coffee'],
        brands: ['Hearth'],
        attributes: { colour: 'light=blue', size: 'M' },
        minPriceMinor: 1_05,
        maxPriceMinor: 10_00,
      },
      factor: 2.5,
      kinds: ['similar', 'next'],
      placements: ['cart'],
      context: { ids: ['a'], brands: ['Hearth'] },
      from: '2026-01-31T09:30:00.000Z',
      until: '2026-02-28T22:00:00.000Z',
      enabled: false,
    },
  ],
  ['a rule about all products', { name: 'C', action: 'only', match: {}, enabled: true }],
])('gives %s back as it came', (_, rule) => {
  const draft = draftOf({ ...rule, id: 'rul_x', updatedAt: '' }, 2)
  expect(ruleOf(draft, 2)).toEqual({ rule })
})

it('reads prices with a comma, and of currencies without decimals', () => {
  const draft = { ...NEW_RULE, name: 'x', match: { ...NO_MATCH, minPrice: '12,50', maxPrice: ' 20 ' } }
  expect(ruleOf(draft, 2)).toMatchObject({ rule: { match: { minPriceMinor: 1250, maxPriceMinor: 2000 } } })
  expect(ruleOf({ ...draft, match: { ...NO_MATCH, maxPrice: '900' } }, 0)).toMatchObject({
    rule: { match: { maxPriceMinor: 900 } },
  })
})

it.each<[Partial<RuleDraft>, DraftErrors]>([
  [{ name: '  ' }, { name: 'name_missing' }],
  [{ action: 'pin' }, { ids: 'products_missing' }],
  [{ factor: '1' }, { factor: 'factor_range' }],
  [{ factor: 'two' }, { factor: 'factor_range' }],
  [{ action: 'pin', match: { ...NO_MATCH, ids: ['a'] }, position: '0' }, { position: 'position_range' }],
  [{ match: { ...NO_MATCH, minPrice: '1.2.3' } }, { price: 'price_unclear' }],
  [{ match: { ...NO_MATCH, minPrice: '5', maxPrice: '4' } }, { price: 'price_order' }],
  [{ context: { ...NO_MATCH, minPrice: '-5' } }, { contextPrice: 'price_unclear' }],
  [{ from: '2026-02-01T00:00', until: '2026-02-01T00:00' }, { until: 'time_order' }],
])('says what is wrong with %o', (change, errors) => {
  expect(ruleOf({ ...NEW_RULE, name: 'x', ...change }, 2)).toEqual({ errors })
})
