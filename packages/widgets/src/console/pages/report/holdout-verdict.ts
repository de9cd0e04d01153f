import type { RecommendationReport } from '@tillwright/core/contract'

type Holdout = NonNullable<RecommendationReport['holdout']>

export type HoldoutVerdict =
  /** Nobody of one group has been here, or nobody has ordered: there is nothing to compare yet. */
  | { readonly kind: 'waiting'; readonly visitors: number }
  | {
      readonly kind: 'earns' | 'harms' | 'uncertain'
      /** Orders of a visitor against those of one held out: 0.05 is five per cent more. With its 95 % interval. */
      readonly change: number
      readonly low: number
      readonly high: number
      /** About how many more visitors it takes until the interval leaves zero, if what was seen so far is so; `null`: untold. */
      readonly moreVisitors: number | null
    }

/** Beyond so many the difference is too small to wait for. */
const MAX_MORE = 10_000_000

/**
 * What a comparison with visitors held out says. The half-width of an interval shrinks with the root of the visitors, so with a
 * difference of d and a half-width of h it takes n · (h/d)² visitors until the interval leaves zero.
 */
export function holdoutVerdict({ shown, heldOut, difference }: Holdout): HoldoutVerdict {
  const visitors = shown.visitors + heldOut.visitors
  const base = heldOut.visitors === 0 ? 0 : heldOut.orders / heldOut.visitors
  if (!difference || base === 0) return { kind: 'waiting', visitors }
  const { ordersPerVisitor, low, high } = difference
  const kind = low > 0 ? 'earns' : high < 0 ? 'harms' : 'uncertain'
  const relative = { change: ordersPerVisitor / base, low: low / base, high: high / base }
  if (kind !== 'uncertain') return { kind, ...relative, moreVisitors: null }
  const needed = visitors * ((high - low) / 2 / ordersPerVisitor) ** 2
  const more = needed - visitors
  return { kind, ...relative, moreVisitors: more > 0 && more <= MAX_MORE ? roughly(more) : null }
}

/** Two digits: `12,345` → `12,000`. */
function roughly(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1)
  return Math.max(1, Math.round(value / step)) * step
}
