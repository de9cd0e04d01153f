import type { Scores } from './scorer.ts'
import { softmaxInPlace } from './softmax.ts'

/**
 * How the parts' answers become one. Probabilities: softmax of `linearPower` times the linear part's logits and `networkPower` times the mean of the
 * networks' (a logarithmic pool: C. Genest and J. Zidek, "Combining probability distributions", 1986). Scope: `scopeOrigin + scopeLinear · a + scopeNetwork · b`, where a and b say
 * by how much the best intent's logit is above that of the class "out of scope" (or above 0, where training had no such examples).
 */
export interface Weighing {
  readonly linearPower: number
  readonly networkPower: number
  readonly scopeOrigin: number
  readonly scopeLinear: number
  readonly scopeNetwork: number
}

/** In the order in which the file keeps them. */
const NAMES = ['linearPower', 'networkPower', 'scopeOrigin', 'scopeLinear', 'scopeNetwork'] as const
export const WEIGHING_LENGTH: number = NAMES.length

export const UNWEIGHED: Weighing = {
  linearPower: 0.5,
  networkPower: 0.5,
  scopeOrigin: 0,
  scopeLinear: 1,
  scopeNetwork: 1,
}

export function packWeighing(weighing: Weighing): Float32Array {
  return Float32Array.from(NAMES, (name) => weighing[name])
}

export function unpackWeighing(numbers: Float32Array): Weighing {
  return Object.fromEntries(NAMES.map((name, i) => [name, numbers[i]])) as unknown as Weighing
}

/** What is made of an utterance's scores. */
export interface Judgement {
  /** Of each intent, given that it is one of them. */
  readonly probabilities: Float32Array
  /** Higher is likelier in scope. Log odds, where training had examples out of scope. */
  readonly scope: number
}

/** `intents` is the number of classes without "out of scope", which, where there is one, is the last. */
export function judge(scores: Scores, intents: number, weighing: Weighing): Judgement {
  const probabilities = new Float32Array(intents)
  for (let k = 0; k < intents; k++) probabilities[k] = pooled(scores, k, weighing)
  softmaxInPlace(probabilities)
  const { linear: fromLinear, network: fromNetworks } = leads(scores, intents)
  return {
    probabilities,
    scope: weighing.scopeOrigin + weighing.scopeLinear * fromLinear + weighing.scopeNetwork * fromNetworks,
  }
}

/** The logit of class `k` that all parts have together. */
export function pooled(scores: Scores, k: number, powers: Pick<Weighing, 'linearPower' | 'networkPower'>): number {
  return powers.linearPower * scores.linear[k]! + powers.networkPower * meanOfNetworks(scores, k)
}

/** 0 where there are no networks. */
export function meanOfNetworks({ networks }: Scores, k: number): number {
  let sum = 0
  for (const logits of networks) sum += logits[k]!
  return sum / Math.max(1, networks.length)
}

/** By how much the best intent is above "out of scope", in the linear part and on average over the networks. */
export function leads(scores: Scores, intents: number): { linear: number; network: number } {
  const { linear, networks } = scores
  const network = networks.reduce((sum, logits) => sum + lead(logits, intents), 0) / Math.max(1, networks.length)
  return { linear: lead(linear, intents), network }
}

function lead(logits: Float32Array | Float64Array, intents: number): number {
  let most = Number.NEGATIVE_INFINITY
  for (let k = 0; k < intents; k++) if (logits[k]! > most) most = logits[k]!
  return most - (logits.length > intents ? logits[intents]! : 0)
}
