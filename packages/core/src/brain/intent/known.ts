import { FNV_BASIS, hashEnd, hashStep } from './hash.ts'

const BITS = 1 << 16
const GRAM = 3
const BEGIN = 0x02
const END = 0x03
const WORD_SEED = FNV_BASIS ^ 0x1b873593
/** A word that was not seen is known all the same, as a slip or a form, where this share of its runs of letters was. */
const FAMILIAR_SHARE = 0.6

/** Which words, and runs of three letters in words, training saw: a Bloom filter with one hash, of 8 KiB. */
export function rememberWords(utterances: Iterable<readonly string[]>): Uint8Array {
  const bits = new Uint8Array(BITS / 8)
  for (const words of utterances) {
    for (const word of words) {
      setBit(bits, wordHash(word))
      for (let start = -1; start + GRAM <= word.length + 1; start++) setBit(bits, gramHash(word, start))
    }
  }
  return bits
}

/** The share of the words that are known, in [0, 1]; 0 where there are no words. */
export function knownShare(bits: Uint8Array, words: readonly string[]): number {
  let known = 0
  for (const word of words) if (isKnown(bits, word)) known++
  return words.length === 0 ? 0 : known / words.length
}

export const KNOWN_BYTES: number = BITS / 8

function isKnown(bits: Uint8Array, word: string): boolean {
  if (hasBit(bits, wordHash(word))) return true
  let grams = 0
  let seen = 0
  for (let start = -1; start + GRAM <= word.length + 1; start++) {
    grams++
    if (hasBit(bits, gramHash(word, start))) seen++
  }
  return grams > 1 && seen / grams >= FAMILIAR_SHARE
}

function wordHash(word: string): number {
  let hash = WORD_SEED
  for (let at = 0; at < word.length; at++) hash = hashStep(hash, word.charCodeAt(at))
  return hashEnd(hash) & (BITS - 1)
}

function gramHash(word: string, start: number): number {
  let hash = FNV_BASIS
  for (let at = start; at < start + GRAM; at++) {
    hash = hashStep(hash, at < 0 ? BEGIN : at < word.length ? word.charCodeAt(at) : END)
  }
  return hashEnd(hash) & (BITS - 1)
}

function setBit(bits: Uint8Array, bit: number): void {
  bits[bit >> 3]! |= 1 << (bit & 7)
}

function hasBit(bits: Uint8Array, bit: number): boolean {
  return (bits[bit >> 3]! & (1 << (bit & 7))) !== 0
}
