import type { Classification } from './types.ts'

export interface DecisionRules {
  /**
   * It asks where that may win at least this much: where the choices after the first are together at least this likely.
   * `model.thresholds.askFrom`.
   */
  readonly askFrom?: number
  /** Without `askFrom`: from this confidence the answer is given without asking. `model.thresholds.answerFrom`. Default 0. */
  readonly answerFrom?: number
  /** Whether asking back is allowed now; it should not be when this goal was asked about before. Default true. */
  readonly mayClarify?: boolean
  /** Most intents to choose from. Default 3. */
  readonly choices?: number
  /** Intents that are not worth offering: less likely than this share of the first. Default 0.02. */
  readonly leastShare?: number
}

export type Decision =
  | { readonly kind: 'answer'; readonly intent: string }
  /** At least two, likeliest first. */
  | { readonly kind: 'clarify'; readonly intents: readonly string[] }
  | { readonly kind: 'fall-back' }

/** What to do with a classification: act on it, ask which of a few was meant, or admit that it was not understood. */
export function decide(classification: Classification, rules: DecisionRules): Decision {
  const { askFrom, answerFrom = 0, mayClarify = true, choices = 3, leastShare = 0.02 } = rules
  const { intent, confidence, alternatives } = classification
  if (intent === null) return { kind: 'fall-back' }
  const isSure = askFrom === undefined ? confidence >= answerFrom : gainOfAsking(classification, choices) < askFrom
  if (isSure || !mayClarify) return { kind: 'answer', intent }
  const worth = alternatives.filter((one) => one.confidence >= leastShare * confidence).slice(0, choices)
  return worth.length < 2 ? { kind: 'answer', intent } : { kind: 'clarify', intents: worth.map((one) => one.intent) }
}

/**
 * How much likelier the right intent is reached when `choices` are offered than when the first is taken. Where the first is unlikely and all others are, too,
 * asking wins little; where two are close it wins most.
 */
export function gainOfAsking({ alternatives }: Pick<Classification, 'alternatives'>, choices = 3): number {
  return alternatives.slice(1, choices).reduce((sum, { confidence }) => sum + confidence, 0)
}
