import { FNV_BASIS, hashEnd, hashStep, hashString } from '../intent/hash.ts'
import { tokens } from '../intent/tokens.ts'
import { merchantName } from './merchant-name.ts'
import type { CategoryInput } from './types.ts'

/** A payment as hashed features: the first `count` entries of each list. Overwritten by the next one. */
export interface PaymentFeatures {
  count: number
  readonly ids: Uint32Array
  readonly values: Float32Array
  /** 1 for a feature that only this merchant has: its name, and what is crossed with it. */
  readonly isOwn: Uint8Array
}

const SHORTEST_GRAM = 3
const LONGEST_GRAM = 5
const MOST_UNITS = 120
const MOST_FACTS = 8
/** Circumstances, and words, that are crossed with each other: all of all would be more than there is to learn them from. */
const MOST_CROSSED = 3
const MOST_CROSSED_WORDS = 8
const OWN = 1
const MAX_FEATURES = 1_024
/** Each kind of feature is brought to this length, so that many letters do not outweigh one account. */
const LENGTHS = { words: 1, letters: 1.4, amount: 0.3, circumstances: 1.3, crossed: 1, crossedWords: 0.7 } as const
/** Steps of an amount: two to an octave, in whole units of a currency with two decimals. */
const STEPS_AN_OCTAVE = 2
const MINOR = 100

/** Amounts that are told apart: half an octave each, money out apart from money in. */
export function amountStep(amount: number): string {
  const step = Math.floor(STEPS_AN_OCTAVE * Math.log2(Math.abs(amount) / MINOR + 1))
  return amount < 0 ? `-${step}` : `${step}`
}

/**
 * What the linear model sees: the words as written (with numbers: shops have them), pairs of them, the merchant's name, runs of 3 to 5
 * letters, the size of the amount, account and other facts, pairs of these, and each crossed with the name, the words and the amount. `buckets` is a power of two.
 */
export function createPaymentFeatures(buckets: number): (input: CategoryInput) => PaymentFeatures {
  const mask = buckets - 1
  const features: PaymentFeatures = {
    count: 0,
    ids: new Uint32Array(MAX_FEATURES),
    values: new Float32Array(MAX_FEATURES),
    isOwn: new Uint8Array(MAX_FEATURES),
  }
  const { ids, values, isOwn } = features

  const put = (hash: number, own: 0 | 1 = 0) => {
    if (features.count >= MAX_FEATURES) return
    isOwn[features.count] = own
    ids[features.count++] = hashEnd(hash) & mask
  }
  const finish = (from: number, length: number) => {
    values.fill(length / Math.sqrt(Math.max(1, features.count - from)), from, features.count)
    return features.count
  }

  return ({ text, amount, account, facts = [] }) => {
    features.count = 0
    const words = tokens(text)
    const name = merchantName(text)
    const [first = ''] = name.split(' ', 1)
    const step = amount === undefined ? undefined : amountStep(amount)
    put(hashString(`n:${name}`), OWN)
    put(hashString(`r:${words.join(' ')}`), OWN)
    put(hashString(`f:${first}`))
    words.forEach((word, i) => {
      put(hashString(`w:${word}`))
      if (i > 0) put(hashString(`b:${words[i - 1]} ${word}`))
    })
    let from = finish(0, LENGTHS.words)

    const spelled = ` ${words.join(' ')} `.slice(0, MOST_UNITS)
    for (let start = 0; start + SHORTEST_GRAM <= spelled.length; start++) {
      let hash = FNV_BASIS
      for (let at = start; at < spelled.length && at < start + LONGEST_GRAM; at++) {
        hash = hashStep(hash, spelled.charCodeAt(at))
        if (at - start + 1 >= SHORTEST_GRAM) put(hash)
      }
    }
    from = finish(from, LENGTHS.letters)

    if (step !== undefined) {
      put(hashString(`a:${step}`))
      put(hashString(`an:${step}:${first}`), OWN)
      put(hashString(`am:${step}:${name}`), OWN)
      from = finish(from, LENGTHS.amount)
    }
    const circumstances = [...(account === undefined ? [] : [`account:${account}`]), ...facts.slice(0, MOST_FACTS)]
    circumstances.forEach((one, i) => {
      put(hashString(`k:${one}`))
      for (const other of circumstances.slice(i + 1)) put(hashString(`kk:${one}:${other}`))
    })
    from = finish(from, LENGTHS.circumstances)
    for (const one of circumstances) {
      put(hashString(`kn:${one}:${name}`), OWN)
      put(hashString(`kf:${one}:${first}`), OWN)
      if (step !== undefined) put(hashString(`ka:${one}:${step}`))
    }
    from = finish(from, LENGTHS.crossed)
    for (const one of circumstances.slice(0, MOST_CROSSED)) {
      for (const word of words.slice(0, MOST_CROSSED_WORDS)) put(hashString(`kw:${one}:${word}`))
    }
    finish(from, LENGTHS.crossedWords)
    return features
  }
}
