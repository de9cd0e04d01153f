import { confidenceOf, rankingSigns, type Signs } from './confidence.ts'
import type { Learnt, LearntField } from './learnt.ts'
import { type Ranked, rank } from './rank.ts'
import type { Fields } from './read-fields.ts'

export interface Chosen {
  readonly merchant: Ranked<Fields['merchant'][number]['value']> | null
  readonly date: Ranked<Fields['date'][number]['value']> | null
  readonly total: Ranked<Fields['total'][number]['value']> | null
}

/** The likeliest of each field's candidates. */
export function choose(fields: Fields, { weights }: Pick<Learnt, 'weights'>): Chosen {
  return {
    merchant: rank(fields.merchant, weights.merchant),
    date: rank(fields.date, weights.date),
    total: rank(fields.total, weights.total),
  }
}

/** What tells how sure a choice is, for the calibration. */
export function signsOf(chosen: Chosen, field: LearntField): Signs | null {
  const ranked = chosen[field]
  if (!ranked) return null
  const has = (feature: string) => (ranked.best.features.includes(feature) ? 1 : 0)
  if (field === 'merchant')
    return rankingSigns(ranked, { known: has('known'), near: has('near'), legal: has('ends-legally') })
  if (field === 'total') return rankingSigns(ranked, { named: has('*:total') || has('*:due'), pure: has('pure') })
  return rankingSigns(ranked)
}

/** How sure a choice is, in [0, 1]; 0 where there is none. */
export function sureness(chosen: Chosen, field: LearntField, { calibration }: Learnt): number {
  const signs = signsOf(chosen, field)
  return signs ? confidenceOf(signs, calibration[field]) : 0
}
