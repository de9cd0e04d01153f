import type { ConceptOf } from './concepts.ts'
import { knownShare } from './known.ts'
import { createLinearFeatures } from './linear-features.ts'
import { classify, convolve, createPass, embed } from './network.ts'
import type { IntentParts } from './parts.ts'
import { createTokenIds } from './token-ids.ts'

/** What each part says of an utterance; overwritten by the next one. */
export interface Scores {
  /** A logit for each class. */
  readonly linear: Float32Array
  /** The same, of each network. */
  readonly networks: readonly Float64Array[]
  /** See `knownShare`. */
  known: number
}

export function createScorer(
  { classes, linear, networks, known }: IntentParts,
  conceptOf: ConceptOf,
): (words: readonly string[]) => Scores {
  const linearFeatures = createLinearFeatures(linear.buckets, conceptOf)
  const readers = networks.map(({ shape, weights }) => ({
    shape,
    weights,
    tokenIds: createTokenIds(shape.buckets, conceptOf),
    pass: createPass(shape),
  }))
  const scores: Scores = {
    linear: new Float32Array(classes),
    networks: readers.map(({ pass }) => pass.logits),
    known: 0,
  }
  return (words) => {
    scores.known = knownShare(known, words)
    const { count, ids, values } = linearFeatures(words, linear.idf)
    const logits = scores.linear
    logits.set(linear.bias)
    for (let at = 0; at < count; at++) {
      const value = values[at]!
      const base = ids[at]! * classes
      for (let k = 0; k < classes; k++) logits[k]! += value * linear.weights[base + k]!
    }
    for (const { shape, weights, tokenIds, pass } of readers) {
      const tokens = tokenIds(words)
      embed(shape, weights.embeddings, tokens.ids, tokens.offsets, 0, tokens.count, pass.tokens)
      convolve(shape, weights, tokens.count, pass)
      classify(shape, weights, pass)
    }
    return scores
  }
}
