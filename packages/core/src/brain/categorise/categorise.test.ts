import { describe, expect, it } from 'vitest'
import { ModelFileError } from '../errors.ts'
import { seededRandom } from '../intent/random.ts'
import { type CategoryExample, decideCategory, loadCategoriser, trainCategoriser } from './index.ts'

const DAY_MS = 86_400_000
const SHOPS: Readonly<Record<string, readonly string[]>> = {
  fuel: ['SHELL KINGS', 'BP SNAX', 'ESSO PERRY BARR', 'TEXACO CITY'],
  food: ['TESCO STORES', 'ICELAND FOODS', 'ALDI', 'LIDL GB'],
  travel: ['TRAINLINE', 'VIRGIN TRAINS', 'NATIONAL EXPRESS', 'TFL TRAVEL'],
}

/** Payments in a small town: each with a shop's number, half of them on an account that buys one kind of thing only. */
function payments(count: number, seed = 1): CategoryExample[] {
  const random = seededRandom(seed)
  const kinds = Object.keys(SHOPS)
  return Array.from({ length: count }, (_, i) => {
    const category = kinds[Math.floor(random() * kinds.length)]!
    const shop = SHOPS[category]![Math.floor(random() * SHOPS[category]!.length)]!
    return {
      text: `${shop} ${Math.floor(random() * 9000)}`,
      category,
      amount: -Math.floor(random() * 9000) - 100,
      account: `card of ${category}`,
      at: i * DAY_MS,
    }
  })
}

const trained = trainCategoriser(payments(600))

describe('trainCategoriser and loadCategoriser', () => {
  it('knows shops again under other numbers, alone and with amount and account', () => {
    const model = loadCategoriser(trained)
    expect(model.categories).toEqual(['food', 'fuel', 'travel'])
    expect(model.categorise({ text: 'shell kings 12345' }).category).toBe('fuel')
    expect(model.categorise({ text: 'Tesco Stores 1', amount: -1250, account: 'card of food' })).toMatchObject({
      category: 'food',
    })
    expect(model.metrics.accuracy).toBeGreaterThan(0.95)
  })

  it('judges a shop that it never saw by its words, and by the account', () => {
    const model = loadCategoriser(trained)
    expect(model.categorise({ text: 'VIRGIN TRAINS EAST COAST' }).category).toBe('travel')
    expect(model.categorise({ text: 'QWXZ', account: 'card of fuel' }).category).toBe('fuel')
  })

  it('learns from facts what the merchant does not tell', () => {
    const random = seededRandom(3)
    const examples = Array.from({ length: 300 }, (): CategoryExample => {
      const category = random() < 0.5 ? 'books' : 'office'
      return {
        text: 'AMAZON UK MARKETPLACE',
        category,
        facts: ['tax:standard', `department:${category === 'books' ? 'library' : 'finance'}`],
      }
    })
    const model = loadCategoriser(trainCategoriser(examples))
    const ask = (...facts: string[]) => model.categorise({ text: 'AMAZON UK MARKETPLACE', facts }).category
    expect([ask('tax:standard', 'department:library'), ask('tax:standard', 'department:finance')]).toEqual([
      'books',
      'office',
    ])
    expect(ask('department:library')).toBe('books')
  })

  it('gives alternatives that add up to one, likeliest first', () => {
    const { alternatives, category, confidence } = loadCategoriser(trained).categorise({ text: 'TESCO PFS 3858' })
    expect(alternatives).toHaveLength(3)
    expect(alternatives[0]).toEqual({ category, confidence })
    expect(alternatives.map((one) => one.confidence)).toEqual(
      alternatives.map((one) => one.confidence).toSorted((a, b) => b - a),
    )
    expect(alternatives.reduce((sum, one) => sum + one.confidence, 0)).toBeCloseTo(1, 5)
    expect(loadCategoriser(trained, { alternatives: 1 }).categorise({ text: 'TESCO' }).alternatives).toHaveLength(1)
  })

  it('says null of what has no letter or digit, and without examples of everything', () => {
    expect(loadCategoriser(trained).categorise({ text: ' *** ' })).toEqual({
      category: null,
      confidence: 0,
      alternatives: [],
    })
    const empty = loadCategoriser(trainCategoriser([]))
    expect(empty.categorise({ text: 'TESCO' }).category).toBeNull()
    empty.learn({ text: 'TESCO 12', category: 'food' })
    expect(empty.categorise({ text: 'Tesco 13' })).toMatchObject({ category: 'food' })
  })

  it('lets newer examples count for more', () => {
    const old = Array.from(
      { length: 30 },
      (_, i): CategoryExample => ({ text: 'ARGOS', category: 'office', at: i * DAY_MS }),
    )
    const recent = Array.from(
      { length: 10 },
      (_, i): CategoryExample => ({ text: 'ARGOS', category: 'toys', at: (2_000 + i) * DAY_MS }),
    )
    expect(loadCategoriser(trainCategoriser([...old, ...recent])).categorise({ text: 'ARGOS' }).category).toBe('toys')
    expect(
      loadCategoriser(trainCategoriser([...old, ...recent], { halfLifeDays: 1e9 })).categorise({ text: 'ARGOS' })
        .category,
    ).toBe('office')
  })

  it('gives the same bytes for the same examples and seed', () => {
    const examples = payments(200)
    expect(trainCategoriser(examples)).toEqual(trainCategoriser(examples))
    expect(trainCategoriser(examples, { seed: 2 })).not.toEqual(trainCategoriser(examples))
  })

  it('tells how far it is, up to the end', () => {
    const told: number[] = []
    trainCategoriser(payments(300), { onProgress: (done) => told.push(done) })
    expect(told.at(-1)).toBe(1)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
  })

  it('refuses a file that was cut short, altered in one bit, or of another kind', () => {
    for (const length of [0, 8, 100, trained.length - 1])
      expect(() => loadCategoriser(trained.slice(0, length))).toThrow(ModelFileError)
    for (const at of [20, 200, trained.length - 9]) {
      const altered = trained.slice()
      altered[at]! ^= 1
      expect(() => loadCategoriser(altered)).toThrow(ModelFileError)
    }
  })

  it('refuses examples and options that cannot be used, and says which', () => {
    expect(() => trainCategoriser([{ text: 'x', category: '' }])).toThrow('examples[0].category must be a name')
    expect(() => trainCategoriser([{ text: 1 as never, category: 'a' }])).toThrow(
      'examples[0].text must be a string, got 1',
    )
    expect(() => trainCategoriser([{ text: 'x', category: 'a', amount: Number.NaN }])).toThrow(
      'examples[0].amount must be a number of minor units',
    )
    expect(() => trainCategoriser([null as never])).toThrow('examples[0] must be')
    expect(() => trainCategoriser([{ text: 'x', category: 'a', facts: 'y' as never }])).toThrow(
      'examples[0].facts must be a list of strings, got y',
    )
    expect(() => trainCategoriser([], { halfLifeDays: 0 })).toThrow('halfLifeDays must be above 0')
    expect(() => trainCategoriser([], { mayBeWrong: 2 })).toThrow('mayBeWrong must be a share')
    expect(() => loadCategoriser(trained).learn({ text: 'x', category: '' })).toThrow(
      'correction.category must be a name',
    )
  })
})

describe('learn', () => {
  it('takes one correction to heart for the merchant, whatever its number, and leaves others alone', () => {
    const model = loadCategoriser(trained)
    const other = model.categorise({ text: 'BP SNAX 1' })
    model.learn({ text: 'SHELL KINGS 587', category: 'food' })
    expect(model.categorise({ text: 'SHELL KINGS 999' })).toMatchObject({ category: 'food' })
    expect(model.categorise({ text: 'BP SNAX 1' })).toEqual(other)
  })

  it('takes categories that training did not know', () => {
    const model = loadCategoriser(trained, { corrections: [{ text: 'Corner Café', category: 'coffee' }] })
    expect(model.categories).toContain('coffee')
    expect(model.categorise({ text: 'CORNER CAFE 2' })).toMatchObject({ category: 'coffee' })
  })

  it('believes an account before the merchant at large, and the last word before the first', () => {
    const model = loadCategoriser(trained)
    model.learn({ text: 'AMAZON', category: 'food', account: 'hers' })
    model.learn({ text: 'AMAZON', category: 'travel', account: 'his' })
    expect(model.categorise({ text: 'AMAZON', account: 'hers' }).category).toBe('food')
    expect(model.categorise({ text: 'AMAZON', account: 'his' }).category).toBe('travel')
    model.learn({ text: 'AMAZON', category: 'fuel', account: 'hers' })
    expect(model.categorise({ text: 'AMAZON', account: 'hers' }).category).toBe('fuel')
  })

  it('grows surer with each correction that agrees', () => {
    const model = loadCategoriser(trainCategoriser([]))
    const sure = [1, 2, 3].map(() => {
      model.learn({ text: 'LENTA', category: 'food' })
      return model.categorise({ text: 'LENTA' }).confidence
    })
    expect(sure[0]).toBeLessThan(sure[1]!)
    expect(sure[1]).toBeLessThan(sure[2]!)
  })
})

describe('decideCategory', () => {
  const answer = {
    category: 'food',
    confidence: 0.6,
    alternatives: [
      { category: 'food', confidence: 0.6 },
      { category: 'fuel', confidence: 0.3 },
      { category: 'travel', confidence: 0.1 },
    ],
  }

  it('applies from the threshold on, asks below it, and leaves what it knows nothing of', () => {
    expect(decideCategory(answer, { applyFrom: 0.6 })).toEqual({ kind: 'apply', category: 'food' })
    expect(decideCategory(answer, { applyFrom: 0.7 })).toEqual({ kind: 'ask', categories: ['food', 'fuel', 'travel'] })
    expect(decideCategory(answer, { applyFrom: 2, choices: 2 })).toEqual({ kind: 'ask', categories: ['food', 'fuel'] })
    expect(decideCategory(answer, { applyFrom: 0.9, askFrom: 0.7 })).toEqual({ kind: 'leave' })
    expect(decideCategory({ category: null, confidence: 0, alternatives: [] }, { applyFrom: 0 })).toEqual({
      kind: 'leave',
    })
  })

  it('follows a threshold from which on the held-out examples were right', () => {
    const model = loadCategoriser(trained)
    expect(model.applyFrom).toBeLessThanOrEqual(1)
    expect(model.metrics.appliedRight).toBeGreaterThanOrEqual(0.9)
    expect(
      decideCategory(model.categorise({ text: 'SHELL KINGS 1', amount: -4000, account: 'card of fuel' }), {
        applyFrom: model.applyFrom,
      }).kind,
    ).toBe('apply')
    const noise = payments(200).map((one, i) => ({ ...one, category: String(i % 7) }))
    expect(loadCategoriser(trainCategoriser(noise, { mayBeWrong: 0.01 })).applyFrom).toBeGreaterThan(1)
  })
})
