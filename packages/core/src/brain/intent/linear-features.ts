import type { ConceptOf } from './concepts.ts'
import { FNV_BASIS, hashEnd, hashStep, hashString } from './hash.ts'
import { MAX_TOKENS } from './tokens.ts'

const SHORTEST_GRAM = 3
const LONGEST_GRAM = 5
const SPACE = 0x20
/** Keeps words apart from characters that spell the same. */
const WORD_SEED = FNV_BASIS ^ 0x5bd1e995
const CONCEPT_SEED = FNV_BASIS ^ 0x27d4eb2f
/** Words are few beside characters; each kind is brought to length one before they are joined with these weights. */
const WORD_WEIGHT = Math.SQRT1_2
const CHARACTER_WEIGHT = Math.SQRT1_2
const MAX_FEATURES = 16_384

/** An utterance as hashed n-grams: the first `count` entries of `ids` and `values`. Overwritten by the next one. */
export interface SparseFeatures {
  count: number
  readonly ids: Uint32Array
  readonly values: Float32Array
}

/**
 * Counts words, what they stand for, pairs of neighbours of both, and runs of 3 to 5 characters (across words too) in `buckets` hashed places, a power
 * of two; one bit of the hash is the sign, so that collisions cancel on average (K. Weinberger et al., "Feature hashing", 2009).
 * Counts are damped (1 + ln n), multiplied by `idf`, and each kind is scaled to length one.
 */
export function createLinearFeatures(
  buckets: number,
  conceptOf: ConceptOf,
): (words: readonly string[], idf: Float32Array) => SparseFeatures {
  const mask = buckets - 1
  const slots = new Int32Array(2 * buckets).fill(-1)
  const features: SparseFeatures = {
    count: 0,
    ids: new Uint32Array(MAX_FEATURES),
    values: new Float32Array(MAX_FEATURES),
  }
  const { ids, values } = features
  const units = new Uint16Array(MAX_FEATURES)
  let kind = 0

  const count = (hash: number) => {
    const mixed = hashEnd(hash)
    const id = mixed & mask
    const slot = slots[kind * buckets + id]!
    const one = mixed >>> 31 === 0 ? 1 : -1
    if (slot >= 0) values[slot]! += one
    else if (features.count < MAX_FEATURES) {
      slots[kind * buckets + id] = features.count
      ids[features.count] = id
      values[features.count++] = one
    }
  }

  const finish = (from: number, weight: number, idf: Float32Array) => {
    let squares = 0
    for (let i = from; i < features.count; i++) {
      const id = ids[i]!
      const value = values[i]!
      slots[kind * buckets + id] = -1
      const size = Math.abs(value)
      const damped = size === 0 ? 0 : Math.sign(value) * (1 + Math.log(size)) * idf[id]!
      values[i] = damped
      squares += damped * damped
    }
    const scale = squares > 0 ? weight / Math.sqrt(squares) : 0
    for (let i = from; i < features.count; i++) values[i]! *= scale
  }

  return (words, idf) => {
    features.count = 0
    kind = 0
    let previous = 0
    let previousConcept = 0
    for (let i = 0; i < words.length && i < MAX_TOKENS; i++) {
      const word = words[i]!
      const hash = hashString(word, WORD_SEED)
      const concept = hashString(conceptOf(word), CONCEPT_SEED)
      count(hash)
      count(concept)
      if (i > 0) {
        count(Math.imul(previous, 31) ^ hash)
        count(Math.imul(previousConcept, 31) ^ concept)
      }
      previous = hash
      previousConcept = concept
    }
    const afterWords = features.count
    finish(0, WORD_WEIGHT, idf)

    kind = 1
    let length = 0
    units[length++] = SPACE
    for (let i = 0; i < words.length && i < MAX_TOKENS; i++) {
      const word = words[i]!
      for (let at = 0; at < word.length; at++) units[length++] = word.charCodeAt(at)
      units[length++] = SPACE
    }
    for (let start = 0; start + SHORTEST_GRAM <= length; start++) {
      let hash = FNV_BASIS
      const end = Math.min(length, start + LONGEST_GRAM)
      for (let at = start; at < end; at++) {
        hash = hashStep(hash, units[at]!)
        if (at - start + 1 >= SHORTEST_GRAM) count(hash)
      }
    }
    finish(afterWords, CHARACTER_WEIGHT, idf)
    return features
  }
}
