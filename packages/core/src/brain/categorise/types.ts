export interface CategoryExample {
  /** The merchant as the statement or the receipt has it: `TESCO STORES 3858`. */
  readonly text: string
  readonly category: string
  /** Minor units; negative for money that goes out, or always positive, as long as it is the same everywhere. */
  readonly amount?: number
  /** Which account or card it was paid with. What is bought depends on it a good deal. */
  readonly account?: string
  /** Whatever else is known of it: `department:RV12`, `tax:standard`, `by:usr_7`. At most 8 count. */
  readonly facts?: readonly string[]
  /** When it was, ms since 1970. Newer examples count for more. */
  readonly at?: number
}

export interface CategoryInput {
  readonly text: string
  readonly amount?: number
  readonly account?: string
  readonly facts?: readonly string[]
}

export interface CategoryGuess {
  readonly category: string
  /** In [0, 1], meant literally: of guesses at 0.8, four in five are right. */
  readonly confidence: number
}

export interface Categorisation {
  /** The likeliest category; null for a text without a letter or digit, and where no category is known. */
  readonly category: string | null
  readonly confidence: number
  /** Likeliest first, the first being the category itself. */
  readonly alternatives: readonly CategoryGuess[]
}

export interface CategoryCorrection extends CategoryInput {
  /** What it is. It may be a category that training did not know. */
  readonly category: string
}

export interface Categoriser {
  /** SHA-256 of the model file. Corrections do not change it. */
  readonly version: string
  /** ms since 1970. */
  readonly trainedAt: number
  readonly categories: readonly string[]
  readonly counts: Readonly<Record<string, number>>
  readonly metrics: Readonly<Record<string, number>>
  /** From this confidence on, at most `mayBeWrong` of the held-out examples were wrong; above 1 where no confidence was enough. */
  readonly applyFrom: number
  /** Under 0.2 ms. */
  categorise(input: CategoryInput): Categorisation
  /**
   * Takes a correction to heart at once, for this merchant and, more, for this merchant on this account. It lives as long as this object: keep
   * corrections, pass them in when loading, and train on them with the next file.
   */
  learn(correction: CategoryCorrection): void
}
