import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ModelFileError } from '../errors.ts'
import { readModelFile, writeModelFile } from '../model-file.ts'
import { sha256 } from '../sha256.ts'
import { recommendWithFallback } from './fallback.ts'
import { FORMAT, VERSION } from './format.ts'
import { loadRecommender } from './load.ts'
import { LEARNED } from './ranker.ts'
import { sequence } from './sequence.ts'
import { basket, DAY_MS, NOW, SHOP } from './shop.suite.ts'
import { type TrainingOptions, trainRecommender } from './train.ts'
import { type Basket, KINDS, type RecommendQuery, type TrainingInput } from './types.ts'

const trained = (input: TrainingInput, options?: TrainingOptions) => loadRecommender(trainRecommender(input, options))
const shop = trained(SHOP)
const askAll = (query: Partial<RecommendQuery> & Pick<RecommendQuery, 'kind'>, recommender = shop) =>
  recommender.recommend({ limit: 10, ...query })
/** What the way asked for says itself, without what fills it up. */
const ask = (query: Parameters<typeof askAll>[0], recommender = shop) =>
  askAll(query, recommender).filter(({ reason }) => reason.kind === query.kind)
const idsOf = (query: Parameters<typeof ask>[0], recommender = shop) => ask(query, recommender).map(({ id }) => id)
const reasonsOf = (query: Parameters<typeof ask>[0], recommender = shop) =>
  ask(query, recommender).map(({ reason }) => reason)

describe('what is bought together', () => {
  it('is counted exactly: in how many of the baskets that held it', () => {
    expect(reasonsOf({ kind: 'bought-together', items: ['tea'] })).toEqual([
      { kind: 'bought-together', with: 'tea', together: 4, of: 6 },
      { kind: 'bought-together', with: 'tea', together: 2, of: 6 },
    ])
    expect(idsOf({ kind: 'bought-together', items: ['tea'] })).toEqual(['cup', 'milk'])
  })

  it('is counted the same way round: of all baskets with what is asked about', () => {
    expect(reasonsOf({ kind: 'bought-together', items: ['cup'] })).toEqual([
      { kind: 'bought-together', with: 'cup', together: 4, of: 4 },
      { kind: 'bought-together', with: 'cup', together: 1, of: 4 },
    ])
  })

  it('has for a reason the item of the basket that says most', () => {
    const answers = ask({ kind: 'bought-together', items: ['milk', 'cup'] })
    const tea = answers.find(({ id }) => id === 'tea')!
    expect(tea.reason).toEqual({ kind: 'bought-together', with: 'cup', together: 4, of: 4 })
  })

  it('counts an item once a basket, however often it lies in it', () => {
    const one = trained({ baskets: [basket(0, 'a', 'b', 'a', 'b', 'b')] })
    expect(reasonsOf({ kind: 'bought-together', items: ['a'] }, one)).toEqual([
      { kind: 'bought-together', with: 'a', together: 1, of: 1 },
    ])
  })

  it('is known of both or of neither', () => {
    const lamp = idsOf({ kind: 'bought-together', items: ['lamp'] })
    expect(lamp).toEqual(['bulb'])
    expect(idsOf({ kind: 'bought-together', items: ['bulb'] })).toEqual(['lamp'])
    expect(idsOf({ kind: 'bought-together', items: ['saucer'] })).toEqual([])
  })

  it('says nothing of baskets that are too large, which still count as sales', () => {
    const crowd = Array.from({ length: 5 }, (_, n) => `x${n}`)
    const input = { baskets: [basket(0, 'a', 'b'), basket(0, 'a', ...crowd)] }
    const strict = trained(input, { maxBasketItems: 5 })
    expect(reasonsOf({ kind: 'bought-together', items: ['a'] }, strict)).toEqual([
      { kind: 'bought-together', with: 'a', together: 1, of: 1 },
    ])
    expect(idsOf({ kind: 'bought-together', items: ['x0'] }, strict)).toEqual([])
    expect(idsOf({ kind: 'popular' }, strict)).toEqual(['a', 'b', ...crowd])
    expect(reasonsOf({ kind: 'popular', limit: 1 }, strict)).toEqual([{ kind: 'popular', baskets: 2, days: 30 }])
    const generous = trained(input, { maxBasketItems: 6 })
    expect(idsOf({ kind: 'bought-together', items: ['x0'] }, generous)).toContain('a')
  })
})

describe('what is similar', () => {
  it('shares words, and says which', () => {
    expect(ask({ kind: 'similar', items: ['cup'] })).toMatchObject([
      { id: 'saucer', reason: { kind: 'similar', with: 'cup', words: ['blue', 'kitchen'] } },
    ])
  })

  it('finds what was never sold, and what is alike by brand', () => {
    expect(idsOf({ kind: 'similar', items: ['cup'] })).toContain('saucer')
    expect(reasonsOf({ kind: 'similar', items: ['bulb'] })).toEqual([
      { kind: 'similar', with: 'bulb', words: ['light', 'lumen'] },
    ])
  })

  it('ranks by rare words before common ones', () => {
    const items = [
      { id: 'asked', name: 'oak table' },
      { id: 'rare', name: 'oak bowl' },
      { id: 'common', name: 'table cloth' },
      ...Array.from({ length: 8 }, (_, n) => ({ id: `t${n}`, name: `table number${n}` })),
    ]
    expect(idsOf({ kind: 'similar', items: ['asked'], limit: 1 }, trained({ baskets: [], items }))).toEqual(['rare'])
  })

  it('gives an equal item the score 1', () => {
    const items = [
      { id: 'a', name: 'Red mug' },
      { id: 'b', name: 'red MUG' },
      { id: 'c', name: 'Oak table' },
    ]
    const [best] = ask({ kind: 'similar', items: ['a'] }, trained({ baskets: [], items }))
    expect(best).toMatchObject({ id: 'b' })
    expect(best!.score).toBeCloseTo(1, 6)
  })

  it('knows nothing of items without words', () => {
    const items = [{ id: 'a' }, { id: 'b', name: '' }, { id: 'c', name: '12 — ! x' }]
    expect(idsOf({ kind: 'similar', items: ['a', 'b', 'c'] }, trained({ baskets: [], items }))).toEqual([])
  })

  it('reads words of any script', () => {
    const items = [
      { id: 'a', name: '緑茶 Größe' },
      { id: 'b', name: '緑茶' },
      { id: 'c', name: 'GRÖSSE größe' },
    ]
    const words = reasonsOf({ kind: 'similar', items: ['a'] }, trained({ baskets: [], items }))
    expect(words).toContainEqual({ kind: 'similar', with: 'a', words: ['緑茶'] })
  })
})

describe('what is popular', () => {
  it('comes in order of sales that count half as much every 14 days', () => {
    expect(idsOf({ kind: 'popular' })).toEqual(['tea', 'cup', 'milk', 'bulb', 'lamp'])
    const [tea] = ask({ kind: 'popular', limit: 1 })
    const expected = [0, 1, 2, 3, 40, 50].reduce((sum, days) => sum + 2 ** (-days / 14), 0)
    expect(tea!.score).toBeCloseTo(expected, 5)
  })

  it('counts the baskets of the last 30 days exactly', () => {
    expect(reasonsOf({ kind: 'popular' })).toEqual(
      [4, 3, 2, 0, 0].map((baskets) => ({ kind: 'popular', baskets, days: 30 })),
    )
  })

  it('prefers what sells now to what sold more long ago', () => {
    const baskets = [...Array(10).fill(basket(100, 'old')), basket(0, 'new')]
    expect(idsOf({ kind: 'popular' }, trained({ baskets }))).toEqual(['new', 'old'])
  })

  it('keeps what sold long ago behind what sells now, however long that is', () => {
    const years = 15 * 365
    const baskets = [basket(years, 'once'), basket(years + 9, 'often'), basket(years, 'often'), basket(0, 'new')]
    expect(idsOf({ kind: 'popular' }, trained({ baskets }))).toEqual(['new', 'often', 'once'])
  })

  it('counts back from the last basket, whenever training takes place', () => {
    const later = trained(SHOP, { now: NOW + 400 * DAY_MS })
    expect(ask({ kind: 'popular' }, later)).toEqual(ask({ kind: 'popular' }))
    expect(later.trainedAt).toBe(NOW + 400 * DAY_MS)
    expect(shop.trainedAt).toBe(NOW)
  })

  it('never has what was never sold', () => {
    expect(idsOf({ kind: 'popular' })).not.toContain('saucer')
  })
})

describe('any question', () => {
  it('has no answer where there is nothing to know', () => {
    const empty = trained({ baskets: [] })
    for (const kind of KINDS) expect(askAll({ kind, items: ['a'] }, empty)).toEqual([])
    expect(empty.counts).toEqual({ baskets: 0, items: 0 })
    expect(empty.trainedAt).toBe(0)
  })

  it('can be answered from one basket', () => {
    const one = trained({ baskets: [basket(0, 'a', 'b')] })
    expect(ask({ kind: 'bought-together', items: ['a'] }, one)).toMatchObject([
      { id: 'b', reason: { together: 1, of: 1 } },
    ])
    expect(idsOf({ kind: 'popular' }, one)).toEqual(['a', 'b'])
  })

  it('can be answered from two baskets', () => {
    const two = trained({ baskets: [basket(0, 'a', 'b'), basket(0, 'a')] })
    expect(reasonsOf({ kind: 'bought-together', items: ['a'] }, two)).toEqual([
      { kind: 'bought-together', with: 'a', together: 1, of: 2 },
    ])
    expect(reasonsOf({ kind: 'popular', limit: 1 }, two)).toEqual([{ kind: 'popular', baskets: 2, days: 30 }])
  })

  it('passes over empty baskets, though it counts them', () => {
    expect(trained({ baskets: [basket(0), basket(0, 'a')] }).counts).toEqual({ baskets: 2, items: 1 })
  })

  it('passes over items that are not known, and items that are named twice', () => {
    expect(ask({ kind: 'bought-together', items: ['?', 'tea', 'tea', ''] })).toEqual(
      ask({ kind: 'bought-together', items: ['tea'] }),
    )
    for (const kind of ['bought-together', 'similar'] as const) expect(ask({ kind, items: ['?'] })).toEqual([])
    expect(ask({ kind: 'bought-together' })).toEqual([])
    expect(ask({ kind: 'similar', items: [] })).toEqual([])
  })

  it('is never answered with what is in the basket, excluded or filtered', () => {
    expect(idsOf({ kind: 'popular', items: ['tea'] })).toEqual(['cup', 'milk', 'bulb', 'lamp'])
    expect(idsOf({ kind: 'popular', exclude: ['cup', '?'] })).toEqual(['tea', 'milk', 'bulb', 'lamp'])
    expect(idsOf({ kind: 'popular', filter: (id) => id.length > 3 })).toEqual(['milk', 'bulb', 'lamp'])
  })

  it('asks its filter only until there are enough', () => {
    const asked: string[] = []
    ask({ kind: 'popular', limit: 2, filter: (id) => asked.push(id) > 0 })
    expect(asked).toEqual(['tea', 'cup'])
  })

  it.each(KINDS)('of kind %s is answered with at most as many as are wanted', (kind) => {
    for (const limit of [0, 1, 2])
      expect(askAll({ kind, items: ['tea', 'lamp'], limit }).length).toBeLessThanOrEqual(limit)
    expect(askAll({ kind, items: ['tea'], limit: 0 })).toEqual([])
  })

  it.each(KINDS)('of kind %s is answered the same each time, best first', (kind) => {
    const answers = askAll({ kind, items: ['cup', 'bulb'] })
    expect(askAll({ kind, items: ['cup', 'bulb'] })).toEqual(answers)
    const scores = answers.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  })

  it('takes awkward ids for what they are', () => {
    const ids = ['__proto__', 'constructor', '', ' ', 'é', 'e\u0301', '😀', '\u0000']
    const odd = trained({ baskets: [basket(0, ...ids)] })
    expect(idsOf({ kind: 'popular' }, odd).toSorted()).toEqual(ids.toSorted())
    expect(idsOf({ kind: 'bought-together', items: ['__proto__'] }, odd)).toHaveLength(ids.length - 1)
  })
})

describe('a recommender', () => {
  it('knows what it has seen, in a basket or in the catalogue', () => {
    expect(['tea', 'saucer', 'milk', '?'].map(shop.knows)).toEqual([true, true, true, false])
    expect(shop.counts).toEqual({ baskets: 7, items: 6 })
  })

  it('has the digest of its file for a version', () => {
    const file = trainRecommender(SHOP)
    expect(loadRecommender(file).version).toBe(sha256(file))
  })
})

describe('training', () => {
  const shuffled = <T>(items: readonly T[], by: number) => items.map((_, i) => items[(i * by + 3) % items.length]!)

  it('gives the same bytes for the same input', () => {
    expect(trainRecommender(structuredClone(SHOP))).toEqual(trainRecommender(SHOP))
  })

  it('gives the same bytes for a catalogue in any order', () => {
    const items = SHOP.items!
    expect(trainRecommender({ ...SHOP, items: shuffled(items, 2) })).toEqual(trainRecommender(SHOP))
    expect(trainRecommender({ ...SHOP, items: items.toReversed() })).toEqual(trainRecommender(SHOP))
  })

  it('leaves its input as it was', () => {
    const input = structuredClone(SHOP)
    trainRecommender(input)
    expect(input).toEqual(SHOP)
  })

  it('counts what a naive count counts, in any shop', () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
    const baskets = fc.array(fc.record({ items: fc.array(ids, { maxLength: 6 }), at: fc.constant(NOW) }), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(baskets, ids, (sold: Basket[], asked) => {
        const holding = (...wanted: string[]) =>
          sold.filter(({ items }) => wanted.every((id) => items.includes(id))).length
        for (const { id, reason } of ask({ kind: 'bought-together', items: [asked] }, trained({ baskets: sold }))) {
          expect(reason).toEqual({
            kind: 'bought-together',
            with: asked,
            together: holding(asked, id),
            of: holding(asked),
          })
        }
        for (const { id, reason } of ask({ kind: 'popular' }, trained({ baskets: sold }))) {
          expect(reason).toEqual({ kind: 'popular', baskets: holding(id), days: 30 })
        }
      }),
    )
  })
})

describe('a recommender’s file', () => {
  const file = trainRecommender(SHOP)
  const loading = (bytes: Uint8Array) => {
    try {
      loadRecommender(bytes)
    } catch (error) {
      return error
    }
  }

  it('is refused where it is cut short, at every 97th byte', () => {
    for (let length = 0; length < file.length; length += 97) {
      expect(loading(file.subarray(0, length))).toBeInstanceOf(ModelFileError)
    }
  })

  it('is refused where a byte of it is altered, at every 13th byte', () => {
    for (let at = 0; at < file.length; at += 13) {
      const altered = file.slice()
      altered[at]! ^= 0x10
      expect(loading(altered)).toBeInstanceOf(ModelFileError)
    }
  })

  it('is refused where it is of another format or version', () => {
    const header = { format: 'intent', version: 1, trainedAt: 0, counts: {}, metrics: {} }
    expect(loading(writeModelFile(header, {}))).toMatchObject({
      message: expect.stringContaining('got intent version 1'),
    })
    for (const version of [1, 999]) {
      const other = writeModelFile({ ...header, format: 'recommender', version }, {})
      expect(loading(other)).toMatchObject({ name: 'ModelFileError', code: 'model_file_version' })
    }
  })

  it('is refused where a section is missing', () => {
    const header = { format: 'recommender', version: VERSION, trainedAt: 0, counts: {}, metrics: {} }
    expect(loading(writeModelFile(header, {}))).toMatchObject({ message: expect.stringMatching(/no section ids/) })
  })
})

describe('input that is none', () => {
  const basket = { items: ['a', 'b'], at: 0 }
  const model = () => loadRecommender(trainRecommender({ baskets: [basket] }))

  it.each([
    [{ baskets: [basket, { items: ['a'], at: Number.NaN }] }, 'baskets[1].at must be a time in ms since 1970, got NaN'],
    [{ baskets: [{ items: ['a'], at: '2026-01-01' }] }, 'baskets[0].at must be a time'],
    [{ baskets: [{ items: ['a', 7], at: 0 }] }, 'baskets[0].items must be product ids, got 7'],
    [{ baskets: [], items: [{ name: 'Tea' }] }, 'items[0].id must be a product id, got undefined'],
  ])('is refused by training, with a sentence: %j', (input, message) => {
    expect(() => trainRecommender(input as never)).toThrow(TypeError)
    expect(() => trainRecommender(input as never)).toThrow(message)
  })

  it.each([
    [{ now: Number.NaN }, 'now must be a time in ms since 1970, got NaN'],
    [{ listLength: 0 }, 'listLength must be a whole number from 1, got 0'],
    [{ maxBasketItems: 1.5 }, 'maxBasketItems must be a whole number from 1, got 1.5'],
  ])('is refused as an option of training: %j', (options, message) => {
    expect(() => trainRecommender({ baskets: [basket] }, options)).toThrow(message)
  })

  it.each([
    [{ kind: 'best', limit: 5 }, 'kind must be one of popular, bought-together, similar, next, complements, for-user'],
    [{ kind: 'popular', limit: 5, diversity: 2 }, 'diversity must be a number from 0 to 1, got 2'],
    [{ kind: 'toString', limit: 5 }, 'kind must be one of'],
    [{ kind: 'popular', limit: Number.NaN }, 'limit must be a whole number from 0, got NaN'],
    [{ kind: 'popular', limit: -1 }, 'limit must be a whole number from 0, got -1'],
    [{ kind: 'popular' }, 'limit must be a whole number from 0, got undefined'],
  ])('is refused as a query: %j', (query, message) => {
    expect(() => model().recommend(query as never)).toThrow(TypeError)
    expect(() => model().recommend(query as never)).toThrow(message)
    expect(() => recommendWithFallback(model(), query as never)).toThrow(TypeError)
  })

  it('is not what asks for nothing', () => {
    expect(model().recommend({ kind: 'popular', limit: 0 })).toEqual([])
  })
})

describe('training with an earlier model', () => {
  const later = { ...SHOP, baskets: [...SHOP.baskets, ...Array.from({ length: 9 }, () => basket(0, 'lamp'))] }

  it('counts anew', () => {
    const [first] = askAll({ kind: 'popular' }, trained(later, { earlier: trainRecommender(SHOP) }))
    expect(first!.id).toBe('lamp')
  })

  it('keeps how the signals are weighed, however old', () => {
    const random = sequence()
    const shop = Array.from({ length: 1_200 }, (_, n) => {
      const first = random(30)
      return basket(40 - n / 30, `p${first}`, `p${(first + 1) % 30}`, `p${random(30)}`)
    })
    const earlier = trainRecommender({ baskets: shop })
    const sectionsOf = (bytes: Uint8Array) => {
      const file = readModelFile(bytes, FORMAT, VERSION)
      return LEARNED.map((name) =>
        file.has(`rank.${name}.roots`) ? [...file.section(`rank.${name}.threshold`, 'f32')] : [],
      )
    }
    expect(sectionsOf(earlier).flat().length).toBeGreaterThan(0)
    expect(sectionsOf(trainRecommender({ baskets: shop.slice(0, 100) }, { earlier }))).toEqual(sectionsOf(earlier))
    expect(sectionsOf(trainRecommender({ baskets: shop.slice(0, 100) })).flat()).toEqual([])
  })

  it('refuses a file that is none', () => {
    expect(() => trainRecommender(SHOP, { earlier: new Uint8Array(8) })).toThrow(ModelFileError)
  })
})
