/** One utterance and what it asks for. */
export interface IntentExample {
  readonly text: string
  /** `null`: out of scope, a question that must not be answered as one of the intents. */
  readonly intent: string | null
}

export interface ScoredIntent {
  readonly intent: string
  /** How likely this intent is, in [0, 1]. Over all intents and "out of scope" together they sum to one. */
  readonly confidence: number
}

export interface Classification {
  /** `null`: out of scope. */
  readonly intent: string | null
  /** Of the likeliest intent, also where it is not believed and `intent` is null. 0 where there is none. */
  readonly confidence: number
  /** The likeliest intents, best first; the first is `intent`, unless that is null. */
  readonly alternatives: readonly ScoredIntent[]
  /** How much it looks like what was trained on: comparable within one model, higher is more. See `thresholds.scopeFrom`. */
  readonly scope: number
}

/** Two intents that were mixed up where the right answer was known and kept from training. */
export interface Confusion {
  readonly intent: string
  readonly takenFor: string
  /** Of `of` held-out examples of `intent`. */
  readonly count: number
  readonly of: number
}

export interface IntentThresholds {
  /** Below this confidence it is better to ask. */
  readonly answerFrom: number
  /** Where the second and third choice together are at least this likely it is better to ask; Infinity where it never is. See `decide`. */
  readonly askFrom: number
  /** Below this `scope`, `classify` says `null`; −Infinity where training could not tell. */
  readonly scopeFrom: number
}

export interface IntentModel {
  /** SHA-256 of the model file, in hex. */
  readonly version: string
  /** When it was trained, ms since 1970; 0 where training was not told. */
  readonly trainedAt: number
  /** BCP 47, as training was told. */
  readonly language: string
  readonly intents: readonly string[]
  readonly counts: Readonly<Record<string, number>>
  /** On examples kept from training: `accuracy`, `calibrationError`, `outOfScopeCaught`, …; see `trainIntent`. */
  readonly metrics: Readonly<Record<string, number>>
  /** The pairs that are mixed up most, worst first. */
  readonly confused: readonly Confusion[]
  readonly thresholds: IntentThresholds
  /** What an utterance asks for. Any string will do; of a long one the first 64 words count. */
  classify(text: string): Classification
}
