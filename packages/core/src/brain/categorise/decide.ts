import type { Categorisation } from './types.ts'

export interface CategoryRules {
  /** From this confidence on a category is applied without asking: `categoriser.applyFrom`. */
  readonly applyFrom: number
  /** Most categories to choose from. Default 3. */
  readonly choices?: number
  /** Below this confidence of the first, a question would offer nothing but guesses. Default 0.05. */
  readonly askFrom?: number
}

export type CategoryDecision =
  | { readonly kind: 'apply'; readonly category: string }
  /** Likeliest first. */
  | { readonly kind: 'ask'; readonly categories: readonly string[] }
  | { readonly kind: 'leave' }

/** What to do with a categorisation: take it, offer the likeliest to choose from, or leave the payment without a category. */
export function decideCategory(
  { category, confidence, alternatives }: Categorisation,
  rules: CategoryRules,
): CategoryDecision {
  const { applyFrom, choices = 3, askFrom = 0.05 } = rules
  if (category === null || confidence < Math.min(askFrom, applyFrom)) return { kind: 'leave' }
  if (confidence >= applyFrom) return { kind: 'apply', category }
  return { kind: 'ask', categories: alternatives.slice(0, choices).map((one) => one.category) }
}
