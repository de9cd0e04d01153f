import type { ConceptOf } from './concepts.ts'
import { FNV_BASIS, hashEnd, hashStep, hashString } from './hash.ts'
import { MAX_TOKENS } from './tokens.ts'

/** Ids a word has at most: one for itself, one for what it stands for, the rest for the runs of characters in it. */
export const IDS_PER_TOKEN = 16
const SHORTEST_GRAM = 3
const LONGEST_GRAM = 4
const BEGIN = 0x02
const END = 0x03
const WORD_SEED = FNV_BASIS ^ 0x2545f491
const CONCEPT_SEED = FNV_BASIS ^ 0x165667b1

/** An utterance as tokens that are sets of hashed ids; token t has `ids[offsets[t]]` to `ids[offsets[t + 1]]`. Overwritten by the next one. */
export interface TokenIds {
  count: number
  readonly offsets: Uint32Array
  readonly ids: Uint32Array
}

/** Hashes each word, its concept and its runs of 3 and 4 characters (its ends marked) into `buckets` places, a power of two. */
export function createTokenIds(buckets: number, conceptOf: ConceptOf): (words: readonly string[]) => TokenIds {
  const mask = buckets - 1
  const out: TokenIds = {
    count: 0,
    offsets: new Uint32Array(MAX_TOKENS + 1),
    ids: new Uint32Array(MAX_TOKENS * IDS_PER_TOKEN),
  }
  const { ids, offsets } = out
  return (words) => {
    let length = 0
    out.count = Math.min(words.length, MAX_TOKENS)
    for (let t = 0; t < out.count; t++) {
      const word = words[t]!
      const from = length
      ids[length++] = hashEnd(hashString(word, WORD_SEED)) & mask
      ids[length++] = hashEnd(hashString(conceptOf(word), CONCEPT_SEED)) & mask
      const unitAt = (at: number) => (at < 0 ? BEGIN : at < word.length ? word.charCodeAt(at) : END)
      for (let start = -1; start + SHORTEST_GRAM <= word.length + 1; start++) {
        let gram = FNV_BASIS
        for (let at = start; at < start + LONGEST_GRAM && at <= word.length; at++) {
          gram = hashStep(gram, unitAt(at))
          if (at - start + 1 >= SHORTEST_GRAM && length - from < IDS_PER_TOKEN) ids[length++] = hashEnd(gram) & mask
        }
      }
      offsets[t + 1] = length
    }
    return out
  }
}
