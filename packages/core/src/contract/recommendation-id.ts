import type { RecommendationKind } from './recommendations.ts'

/** What an answer was, as its id tells: events name the id only, and what they tell of need not be looked up. */
export interface AnswerLabel {
  readonly kind: RecommendationKind
  /** First eight digits of the model's version; `null` where there was none. */
  readonly model: string | null
  /** Whether the visitor is one of those who are held out. */
  readonly isHeldOut: boolean
  readonly placement: string | null
}

const CODES: Readonly<Record<RecommendationKind, string>> = {
  popular: 'po',
  trending: 'tr',
  next: 'ne',
  'bought-together': 'bo',
  complements: 'co',
  similar: 'si',
  'for-user': 'fo',
  'buy-again': 'ag',
  'recently-viewed': 're',
}
const KINDS = new Map(Object.entries(CODES).map(([kind, code]) => [code, kind as RecommendationKind]))

const NO_MODEL = '00000000'
const LABELLED = /^rec_[0-9a-z]{26}-([a-z]{2})([ht])-([0-9a-f]{8})(?:-([a-z0-9][a-z0-9-]{0,39}))?$/

/** `rec_…-bot-1a2b3c4d-product-page`: kind, whether held out, model and place behind a fresh id. */
export function labelId(id: string, { kind, model, isHeldOut, placement }: AnswerLabel): string {
  const where = placement === null ? '' : `-${placement}`
  return `${id}-${CODES[kind]}${isHeldOut ? 'h' : 't'}-${model?.slice(0, 8) ?? NO_MODEL}${where}`
}

/** What an id says; `null` of one that is not ours, since shops may send any. */
export function readLabel(recommendationId: string): AnswerLabel | null {
  const [, code, group, model, placement] = LABELLED.exec(recommendationId) ?? []
  const kind = KINDS.get(code ?? '')
  if (!kind) return null
  return { kind, model: model === NO_MODEL ? null : model!, isHeldOut: group === 'h', placement: placement ?? null }
}
