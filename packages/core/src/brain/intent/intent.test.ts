import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ModelFileError } from '../errors.ts'
import { writeModelFile } from '../model-file.ts'
import { sha256 } from '../sha256.ts'
import { DESK, ELSEWHERE } from './desk.suite.ts'
import { VERSION } from './format.ts'
import { type IntentLoadingOptions, loadIntent } from './load.ts'
import { MAX_TOKENS } from './tokens.ts'
import { type IntentTrainingOptions, trainIntent } from './train.ts'
import type { IntentExample } from './types.ts'

const EPOCHS = 12
const trained = (examples: readonly IntentExample[], options: IntentTrainingOptions = {}) =>
  trainIntent(examples, { epochs: EPOCHS, ...options })
const modelOf = (examples: readonly IntentExample[], options?: IntentTrainingOptions, loading?: IntentLoadingOptions) =>
  loadIntent(trained(examples, options), loading)

const file = trained(DESK)
const desk = loadIntent(file)
const guarded = modelOf([...DESK, ...ELSEWHERE])

describe('an intent model', () => {
  it.each([
    ['where is my parcel', 'order_status'],
    ['has the delivery been sent', 'order_status'],
    ['I would like to return these shoes', 'returns'],
    ['can I have a refund', 'returns'],
    ['are you open tomorrow', 'opening_hours'],
    ['what time do you open', 'opening_hours'],
    ['is there a promo code', 'discount'],
    ['the coupon was refused', 'discount'],
  ])('understands what it was not shown: %s', (text, intent) => {
    expect(desk.classify(text).intent).toBe(intent)
    expect(guarded.classify(text).intent).toBe(intent)
  })

  it.each([
    ['wher is my oder', 'order_status'],
    ['i want a refnd', 'returns'],
    ['openning hours', 'opening_hours'],
    ['discuont code', 'discount'],
  ])('understands slips of the fingers: %s', (text, intent) => {
    expect(desk.classify(text).intent).toBe(intent)
  })

  it('reads capitals, wide letters, accents and hidden characters as what they stand for', () => {
    const plain = desk.classify('what are your opening hours?')
    for (const same of [
      'WHAT ARE YOUR OPENING HOURS?',
      'ｗｈａｔ are your opening hours？',
      'what áre yöur opening hours?',
      'what are your op\u200bening ho\u00adurs?',
      '  what are\tyour\nopening   hours ?!',
      '\u202ewhat are your opening hours?',
    ]) {
      expect(desk.classify(same)).toEqual(plain)
    }
  })

  it('lists the likeliest intents, best first, and they share one certainty', () => {
    const { intent, confidence, alternatives } = desk.classify('where is my order')
    expect(alternatives[0]).toEqual({ intent, confidence })
    expect(alternatives.map((one) => one.intent).toSorted()).toEqual([...desk.intents])
    const confidences = alternatives.map((one) => one.confidence)
    expect(confidences).toEqual(confidences.toSorted((a, b) => b - a))
    expect(confidences.reduce((sum, one) => sum + one)).toBeCloseTo(1, 5)
  })

  it('leaves room for "none of these" where it was shown such', () => {
    const sure = guarded.classify('where is my order').alternatives.reduce((sum, one) => sum + one.confidence, 0)
    const odd = guarded
      .classify('tell me a joke about music')
      .alternatives.reduce((sum, one) => sum + one.confidence, 0)
    expect(sure).toBeGreaterThan(odd)
    expect(odd).toBeLessThan(0.7)
  })

  it('gives as many alternatives as it is told to', () => {
    expect(loadIntent(file, { alternatives: 2 }).classify('where is my order').alternatives).toHaveLength(2)
  })

  it('knows its file, its counts and how well it did on examples that it was not shown', () => {
    expect(desk.version).toBe(sha256(file))
    expect(desk.counts).toEqual({ intents: 4, classes: 4, examples: 32 })
    expect(desk.language).toBe('en')
    expect(desk.metrics).toMatchObject({ heldOut: 16 })
    expect(desk.metrics.accuracy).toBeGreaterThan(0.5)
    expect(guarded.metrics.heldOutOfScope).toBe(4)
    expect(guarded.counts).toMatchObject({ intents: 4, classes: 5 })
  })

  it('names the pairs that are mixed up, worst first', () => {
    const same = ['open the gate', 'open the door', 'please open it', 'can you open up', 'open now', 'open please']
    const twins = modelOf(
      [...same.map((text) => ({ text, intent: 'a' })), ...same.map((text) => ({ text, intent: 'b' })), ...DESK],
      { size: 'linear' },
    )
    const [worst] = twins.confused
    expect([worst!.intent, worst!.takenFor].toSorted()).toEqual(['a', 'b'])
    expect(worst!.count).toBeGreaterThan(0)
    expect(worst!.of).toBeGreaterThanOrEqual(worst!.count)
  })
})

describe('what is out of scope', () => {
  it.each(['', ' ', '\u200b\u200d', '\u0000\u0007', '... --- !!!'])('is an utterance without a word: %j', (text) => {
    expect(desk.classify(text)).toMatchObject({ intent: null, confidence: 0, alternatives: [] })
  })

  it.each(['zxqv jkwp vvbn', '👍👍👍', 'ありがとうございます', 'مرحبا كيف حالك'])(
    'is what has no known word: %s',
    (text) => {
      expect(desk.classify(text).intent).toBeNull()
    },
  )

  it('still has its likeliest intent, for who asks', () => {
    expect(desk.classify('zxqv jkwp vvbn').alternatives).toHaveLength(4)
  })

  it('scores lower than what is in scope, with examples of it', () => {
    const inside = ['where is my parcel now', 'I need a refund', 'when do you close', 'voucher code please']
    const outside = ['what is the capital of France', 'tell me a joke', 'play music', 'who won the match']
    const [low, high] = [inside, outside].map((texts) => texts.map((text) => guarded.classify(text).scope))
    expect(Math.min(...low!)).toBeGreaterThan(Math.max(...high!))
  })

  it('may be marked by a name instead of null', () => {
    const named = ELSEWHERE.map(({ text }) => ({ text, intent: 'oos' }))
    expect(trained([...DESK, ...named], { size: 'linear' })).toEqual(
      trained([...DESK, ...ELSEWHERE], { size: 'linear' }),
    )
    const other = ELSEWHERE.map(({ text }) => ({ text, intent: 'nonsense' }))
    const model = modelOf([...DESK, ...other], { size: 'linear', outOfScopeIntent: 'nonsense' })
    expect(model.intents).not.toContain('nonsense')
  })

  it('is found by a threshold that follows from how often it may be wrong', () => {
    const bytes = trained([...DESK, ...ELSEWHERE], { size: 'linear' })
    const [never, seldom, often] = [0, 0.1, 0.5].map(
      (mayGiveUp) => loadIntent(bytes, { mayGiveUp }).thresholds.scopeFrom,
    )
    expect(never).toBe(Number.NEGATIVE_INFINITY)
    expect(often).toBeGreaterThan(seldom!)
    const always = loadIntent(bytes, { mayGiveUp: 1 })
    expect(always.classify('where is my order').intent).toBeNull()
  })

  it('asks back the more, the more it may', () => {
    const [seldom, often] = [0.1, 0.6].map((mayAsk) => loadIntent(file, { mayAsk }).thresholds.answerFrom)
    expect(often).toBeGreaterThan(seldom!)
    expect(loadIntent(file, { mayAsk: 0 }).thresholds.answerFrom).toBe(0)
    const [rarely, usually] = [0.1, 0.6].map((mayAsk) => loadIntent(file, { mayAsk }).thresholds.askFrom)
    expect(usually).toBeLessThan(rarely!)
    expect(loadIntent(file, { mayAsk: 0 }).thresholds.askFrom).toBe(Number.POSITIVE_INFINITY)
    expect(loadIntent(file, { mayAsk: 1 }).thresholds.askFrom).toBe(Number.NEGATIVE_INFINITY)
  })
})

describe('aliases', () => {
  const aliases = { order_status: ['wismo', 'where the heck is it'], discount: ['bogof'] }
  const model = loadIntent(file, { aliases })

  it('mean their intent for certain', () => {
    expect(model.classify('WISMO?')).toMatchObject({ intent: 'order_status', confidence: 1 })
    expect(desk.classify('wismo').intent).not.toBe('order_status')
  })

  it('count the more, the more of the utterance they are', () => {
    const within = model.classify('any bogof')
    expect(within.intent).toBe('discount')
    expect(within.confidence).toBeGreaterThan(0.5)
    expect(within.confidence).toBeLessThan(1)
  })

  it('change nothing elsewhere', () => {
    expect(model.classify('what are your opening hours')).toEqual(desk.classify('what are your opening hours'))
    expect(model.classify('bogofs return')).toEqual(desk.classify('bogofs return'))
  })

  it('prefer the longer phrase', () => {
    const both = loadIntent(file, { aliases: { returns: ['big one'], discount: ['the big one'] } })
    expect(both.classify('the big one').intent).toBe('discount')
  })

  it('are refused for an intent that the model does not know', () => {
    expect(() => loadIntent(file, { aliases: { refunds: ['give it back'] } })).toThrow(
      'aliases must be of intents that the model knows, got refunds',
    )
  })

  it('may be of words: synonyms', () => {
    const slang = loadIntent(file, { synonyms: { parcel: ['pkg', 'brown box'], voucher: ['gubbins'] } })
    expect(slang.classify('has my pkg been sent yet')).toEqual(desk.classify('has my parcel been sent yet'))
    expect(slang.classify('has my brown box been sent yet')).toEqual(desk.classify('has my parcel been sent yet'))
    expect(slang.classify('the gubbins was refused').intent).toBe('discount')
  })
})

describe('few examples', () => {
  it('of nothing are enough to say that nothing is in scope', () => {
    const nothing = modelOf([], { size: 'linear' })
    expect(nothing.classify('hello')).toMatchObject({ intent: null, confidence: 0, alternatives: [] })
    expect(nothing.intents).toEqual([])
  })

  it('of things out of scope only give a model without intents', () => {
    expect(modelOf(ELSEWHERE, { size: 'linear' }).classify('play some jazz music').intent).toBeNull()
  })

  it('of one intent: what is worded alike is it, what is not is out of scope', () => {
    const one = modelOf(DESK.filter(({ intent }) => intent === 'returns'))
    expect(one.classify('I want a refund for the jacket').intent).toBe('returns')
    expect(one.classify('purple monkeys dancing under moonlight').intent).toBeNull()
  })

  it('of two intents, three each, or one each, tell them apart', () => {
    const pick = (count: number) =>
      ['returns', 'opening_hours'].flatMap((name) => DESK.filter(({ intent }) => intent === name).slice(0, count))
    for (const count of [1, 3]) {
      const two = modelOf(pick(count), { epochs: 30 })
      expect(two.classify('when do you open today').intent).toBe('opening_hours')
      expect(two.classify('want to send this jacket back').intent).toBe('returns')
    }
  })

  it('may be the same text under two intents, or under one many times', () => {
    const same = modelOf([
      { text: 'hello', intent: 'a' },
      { text: 'hello', intent: 'b' },
      { text: 'hello', intent: 'b' },
    ])
    expect(same.classify('hello').alternatives).toHaveLength(2)
  })

  it('may be without words, and are passed over', () => {
    expect(modelOf([...DESK, { text: '!!!', intent: 'returns' }], { size: 'linear' }).counts.examples).toBe(DESK.length)
  })

  it('may have awkward names', () => {
    const names = ['__proto__', 'constructor', ' ', 'é', '😀']
    const model = modelOf(
      names.flatMap((intent, n) => [`word${n} thing`, `word${n} stuff`].map((text) => ({ text, intent }))),
      { size: 'linear' },
    )
    expect(names.map((_, n) => model.classify(`word${n} thing`).alternatives[0]!.intent)).toEqual(names)
  })
})

describe('training', () => {
  it('gives the same bytes for the same examples and seed, and others for another seed', () => {
    const brief = () => sha256(trained(structuredClone(DESK), { epochs: 1 }))
    expect(brief()).toBe(brief())
    const [first, second] = [1, 2].map((seed) => sha256(trained(DESK, { seed, size: 'linear' })))
    expect(first).not.toBe(second)
  })

  it('leaves its input as it was', () => {
    const examples = structuredClone(DESK)
    trained(examples, { size: 'linear' })
    expect(examples).toEqual(DESK)
  })

  it('tells how far it is, from the start to the end', () => {
    const told: number[] = []
    trained(DESK, { epochs: 3, onProgress: (done) => told.push(done) })
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    expect(told.at(-1)).toBeCloseTo(1, 6)
    expect(told.length).toBeGreaterThan(20)
  })

  it('writes when it took place and in which language', () => {
    const model = modelOf(DESK, { size: 'linear', now: 1_795_000_000_000, language: 'de' })
    expect(model).toMatchObject({ trainedAt: 1_795_000_000_000, language: 'de' })
  })

  it.each([
    [[{ text: 7, intent: 'a' }], 'examples[0].text must be a string, got 7'],
    [[DESK[0], { text: 'x' }], 'examples[1].intent must be a name, or null for out of scope, got undefined'],
    [[{ text: 'x', intent: '' }], 'examples[0].intent must be a name'],
    ['text', 'examples must be a list'],
  ])('refuses what are no examples, with a sentence: %j', (examples, message) => {
    expect(() => trainIntent(examples as never)).toThrow(TypeError)
    expect(() => trainIntent(examples as never)).toThrow(message)
  })

  it.each([
    [{ seed: 0.5 }, 'seed must be a whole number'],
    [{ now: Number.NaN }, 'now must be a time in ms since 1970, got NaN'],
    [{ mayAsk: 1.2 }, 'mayAsk must be a share from 0 to 1, got 1.2'],
    [{ mayGiveUp: -1 }, 'mayGiveUp must be a share from 0 to 1'],
    [{ epochs: 0 }, 'epochs must be a whole number from 1'],
    [{ size: 'huge' }, 'size must be small, large or linear, got huge'],
  ])('refuses an option that is none: %j', (options, message) => {
    expect(() => trainIntent(DESK, options as never)).toThrow(message)
  })
})

describe('odd utterances', () => {
  it('are read to their 64th word and no further', () => {
    const words = Array.from({ length: MAX_TOKENS }, (_, n) => ['where', 'is', 'my', 'order'][n % 4]!)
    const long = words.join(' ')
    expect(desk.classify(`${long} and a refund for the voucher`)).toEqual(desk.classify(long))
  })

  it.each([
    ['10,000 letters', 'a'.repeat(10_000)],
    ['10,000 words', 'order '.repeat(10_000)],
    ['500 emoji', '🎉'.repeat(500)],
    ['right to left', 'أين طلبي '.repeat(200)],
    ['a letter that unfolds to eighteen', '\ufdfa'.repeat(10_000)],
    ['marks upon marks', `a${'\u0301'.repeat(9_000)}`],
    ['half a surrogate', '\ud83d where is my order'],
    ['script', '<script>alert(1)</script>'],
    ['a query', "'; DROP TABLE orders; --"],
  ])('are answered like others: %s', (_, text) => {
    const { confidence, alternatives } = desk.classify(text)
    expect(confidence).toBeGreaterThanOrEqual(0)
    expect(confidence).toBeLessThanOrEqual(1)
    for (const one of alternatives) expect(Number.isFinite(one.confidence)).toBe(true)
  })

  it('never throw, and are answered alike each time', () => {
    const units = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((codes) => String.fromCharCode(...codes))
    fc.assert(
      fc.property(units, (text) => {
        const answer = guarded.classify(text)
        expect(guarded.classify(text).scope).toBe(answer.scope)
        if (answer.intent !== null) expect(answer.alternatives[0]!.intent).toBe(answer.intent)
      }),
    )
  })

  it('do not colour the next one', () => {
    const before = desk.classify('where is my order')
    desk.classify('🎉'.repeat(500))
    desk.classify('')
    desk.classify('refund '.repeat(100))
    expect(desk.classify('where is my order')).toEqual(before)
  })
})

describe('an intent model’s file', () => {
  const small = trained(DESK, { size: 'linear' })
  const loading = (bytes: Uint8Array) => {
    try {
      loadIntent(bytes)
    } catch (error) {
      return error
    }
  }
  const STEP = Math.ceil(small.length / 60)

  it('is refused where it is cut short', () => {
    for (let length = 0; length < small.length; length += STEP) {
      expect(loading(small.subarray(0, length))).toBeInstanceOf(ModelFileError)
    }
  })

  it('is refused where a byte of it is altered', () => {
    for (let at = 0; at < small.length; at += STEP) {
      const altered = small.slice()
      altered[at]! ^= 0x10
      expect(loading(altered)).toBeInstanceOf(ModelFileError)
    }
  })

  it('is refused where it is of another format or version', () => {
    const header = { format: 'recommender', version: 1, trainedAt: 0, counts: {}, metrics: {} }
    expect(loading(writeModelFile(header, {}))).toMatchObject({
      message: expect.stringContaining(`Expected a intent model of version ${VERSION}, got recommender version 1`),
    })
    expect(loading(writeModelFile({ ...header, format: 'intent', version: 999 }, {}))).toBeInstanceOf(ModelFileError)
  })

  it('is refused where sections are missing or do not fit', () => {
    const header = { format: 'intent', version: VERSION, trainedAt: 0, counts: { classes: 1 }, metrics: {} }
    expect(loading(writeModelFile(header, {}))).toBeInstanceOf(ModelFileError)
    const names = { 'intents.bytes': new Uint8Array([97]), 'intents.offsets': new Uint32Array([0, 1]) }
    expect(loading(writeModelFile(header, names))).toBeInstanceOf(ModelFileError)
    const extra = { linearBuckets: 4096, networks: [], confused: [], mayAsk: 0.1, mayGiveUp: 0.1, language: 'en' }
    const short = { ...names, 'linear.idf': new Uint8Array(4096), 'linear.codes': new Uint8Array(9) }
    expect(loading(writeModelFile({ ...header, extra }, short))).toMatchObject({
      message: expect.stringContaining('linear.codes has 9 numbers where 2048 belong'),
    })
    expect(loading(writeModelFile({ ...header, extra: { ...extra, linearBuckets: 3 } }, names))).toBeInstanceOf(
      ModelFileError,
    )
  })
})
