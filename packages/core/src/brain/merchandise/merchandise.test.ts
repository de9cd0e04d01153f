import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrange, effectsOf } from './arrange.ts'
import { diversify } from './diversify.ts'
import { holds, matches } from './match.ts'
import type { Rule, RuleScope, ShelfItem } from './types.ts'

const ITEMS: readonly ShelfItem[] = [
  { id: 'tea', categories: ['drinks'], brand: 'Leaf', price: { amount: 450, currency: 'GBP' }, margin: 0.2 },
  { id: 'milk', categories: ['drinks', 'fresh'], price: { amount: 120, currency: 'GBP' } },
  { id: 'cup', categories: ['kitchen'], attributes: { colour: 'blue' }, margin: 0.9 },
  { id: 'saucer', categories: ['kitchen'], attributes: { colour: 'blue', size: 'S' } },
  { id: 'lamp', categories: ['light'], brand: 'Lux' },
]
const CANDIDATES = ITEMS.map(({ id }) => ({ id }))
const itemOf = (id: string) => ITEMS.find((item) => item.id === id) ?? { id }
const rule = (action: Rule['action'], match: Rule['match'], more: Partial<Rule> = {}): Rule => ({
  id: `${action}-${JSON.stringify(match)}`,
  action,
  match,
  ...more,
})
const listed = (rules: readonly Rule[], options: Partial<Parameters<typeof arrange>[3]> = {}, from = CANDIDATES) =>
  arrange(from, rules, itemOf, { limit: 5, ...options }).map(({ id }) => id)

describe('a match', () => {
  const found = (match: Rule['match']) => ITEMS.filter((item) => matches(match, item)).map(({ id }) => id)

  it.each<[Rule['match'], string[]]>([
    [{}, ['tea', 'milk', 'cup', 'saucer', 'lamp']],
    [{ ids: ['cup', 'nothing'] }, ['cup']],
    [{ categories: ['drinks', 'light'] }, ['tea', 'milk', 'lamp']],
    [{ brands: ['Lux'] }, ['lamp']],
    [{ attributes: { colour: 'blue', size: 'S' } }, ['saucer']],
    [{ attributes: { constructor: 'blue' } }, []],
    [{ minPriceMinor: 120, maxPriceMinor: 449 }, ['milk']],
    [{ minPriceMinor: 0 }, ['tea', 'milk']],
    [{ categories: ['kitchen'], ids: ['cup', 'tea'] }, ['cup']],
  ])('of %j means %j', (match, ids) => {
    expect(found(match)).toEqual(ids)
  })
})

describe('a rule holds', () => {
  const situation = { kind: 'next', placement: 'cart', items: [itemOf('tea')], now: 1_000 }

  it.each<[RuleScope, boolean]>([
    [{}, true],
    [{ kinds: ['next', 'similar'] }, true],
    [{ kinds: ['similar'] }, false],
    [{ placements: ['cart'] }, true],
    [{ placements: ['home'] }, false],
    [{ context: { categories: ['drinks'] } }, true],
    [{ context: { categories: ['light'] } }, false],
    [{ from: 1_000, until: 1_001 }, true],
    [{ from: 1_001 }, false],
    [{ until: 1_000 }, false],
  ])('with %j: %s', (scope, expected) => {
    expect(holds(scope, situation)).toBe(expected)
  })

  it('of a placement nowhere else, also where none is named', () => {
    expect(holds({ placements: ['cart'] }, { ...situation, placement: undefined })).toBe(false)
  })
})

describe('a list', () => {
  it('stays as it is without rules', () => {
    expect(listed([])).toEqual(['tea', 'milk', 'cup', 'saucer', 'lamp'])
    expect(listed([], { limit: 2 })).toEqual(['tea', 'milk'])
  })

  it('leaves out what is excluded, and all but what is wanted', () => {
    expect(listed([rule('exclude', { categories: ['drinks'] })])).toEqual(['cup', 'saucer', 'lamp'])
    expect(listed([rule('only', { categories: ['kitchen'] })])).toEqual(['cup', 'saucer'])
    expect(listed([rule('only', { categories: ['kitchen'] }), rule('only', { ids: ['cup'] })])).toEqual(['cup'])
  })

  it('has boosted products further up, and buried ones further down', () => {
    expect(listed([rule('boost', { ids: ['lamp'] })])).toEqual(['lamp', 'tea', 'milk', 'cup', 'saucer'])
    expect(listed([rule('boost', { ids: ['lamp'] }, { factor: 1.2 })])[0]).toBe('tea')
    expect(listed([rule('bury', { ids: ['tea'] })])).toEqual(['milk', 'cup', 'saucer', 'lamp', 'tea'])
  })

  it('has pinned products where they are pinned, in the order given', () => {
    expect(listed([rule('pin', { ids: ['lamp', 'cup'] }, { position: 1 })])).toEqual([
      'tea',
      'lamp',
      'cup',
      'milk',
      'saucer',
    ])
    expect(listed([rule('pin', { ids: ['lamp'] }, { position: 99 })]).at(-1)).toBe('lamp')
    expect(listed([rule('pin', { ids: ['lamp'] }), rule('pin', { ids: ['lamp'] }, { position: 3 })])[0]).toBe('lamp')
  })

  it('has a pinned product that nobody recommended, and none that is excluded', () => {
    const pinned = (id: string) => ({ id })
    const pin = rule('pin', { ids: ['lamp'] })
    const without = CANDIDATES.filter(({ id }) => id !== 'lamp')
    const ids = (rules: Rule[]) => arrange(without, rules, itemOf, { limit: 2 }, pinned).map(({ id }) => id)
    expect(ids([pin])).toEqual(['lamp', 'tea'])
    expect(ids([pin, rule('exclude', { brands: ['Lux'] })])).toEqual(['tea', 'milk'])
  })

  it('prefers margin as far as it is told to', () => {
    expect(listed([], { marginWeight: 0.2 })[0]).toBe('tea')
    expect(listed([], { marginWeight: 1 })[0]).toBe('cup')
  })

  it('mixes categories as far as it is told to', () => {
    expect(listed([], { diversity: 0.5 })).toEqual(['tea', 'cup', 'lamp', 'milk', 'saucer'])
  })

  it('is empty where rules exclude everything', () => {
    expect(listed([rule('exclude', {})])).toEqual([])
  })

  it('never has a product twice, one that is refused, or more than are asked for', () => {
    const match = fc.oneof(
      fc.constant({}),
      fc.record({ ids: fc.array(fc.constantFrom('tea', 'milk', 'cup', 'saucer', 'lamp', '?')) }),
      fc.record({ categories: fc.array(fc.constantFrom('drinks', 'kitchen', 'light')) }),
    )
    const rules = fc.array(
      fc.record({
        id: fc.string(),
        action: fc.constantFrom<Rule['action'][]>('pin', 'boost', 'bury', 'exclude', 'only'),
        match,
        factor: fc.double({ min: 1, max: 100, noNaN: true }),
        position: fc.nat(6),
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(rules, fc.nat(6), fc.double({ min: 0, max: 1, noNaN: true }), (all, limit, diversity) => {
        const ids = listed(all, { limit, diversity })
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids.length).toBeLessThanOrEqual(limit)
        for (const { action, match } of all) {
          if (action === 'exclude') expect(ids.filter((id) => matches(match, itemOf(id)))).toEqual([])
          if (action === 'only') expect(ids.filter((id) => !matches(match, itemOf(id)))).toEqual([])
        }
      }),
    )
  })
})

describe('the effect of a rule', () => {
  it('is what it moves, brings in and keeps out', () => {
    const rules = [rule('exclude', { ids: ['tea'] }), rule('pin', { ids: ['lamp'] })]
    const effects = effectsOf(rules, (some) => arrange(CANDIDATES, some, itemOf, { limit: 2 }))
    expect(effects).toEqual([
      {
        ruleId: rules[0]!.id,
        changes: [
          { id: 'milk', before: null, after: 1 },
          { id: 'tea', before: 1, after: null },
        ],
      },
      {
        ruleId: rules[1]!.id,
        changes: [
          { id: 'lamp', before: null, after: 0 },
          { id: 'milk', before: 0, after: 1 },
          { id: 'cup', before: 1, after: null },
        ],
      },
    ])
  })
})

describe('diversity', () => {
  const item = (id: string, relevance: number, ...categories: string[]) => ({ id, relevance, categories })

  it('of 1 goes by likeness alone, and of 0 by relevance alone', () => {
    const items = [item('a', 3, 'x'), item('b', 2, 'x'), item('c', 1, 'y')]
    expect(diversify(items, 3, 1).map(({ id }) => id)).toEqual(['a', 'c', 'b'])
    expect(diversify(items, 2, 0).map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('counts the share of categories in common', () => {
    const items = [item('a', 1, 'x', 'y'), item('same', 1, 'x', 'y'), item('half', 1, 'x', 'z')]
    expect(diversify(items, 3, 0.5).map(({ id }) => id)).toEqual(['a', 'half', 'same'])
  })

  it('knows nothing of products without categories', () => {
    const items = [item('a', 2), item('b', 1)]
    expect(diversify(items, 2, 0.9).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(diversify([], 3, 0.5)).toEqual([])
  })
})
