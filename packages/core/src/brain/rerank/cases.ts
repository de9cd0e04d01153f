import type { Touch, Visitor } from './features.ts'

/** A question that a visitor answered by what they did next. */
export interface PastQuestion extends Visitor {
  readonly kind: 'next' | 'bought-together' | 'for-user'
  readonly items: readonly string[]
  /** ms since 1970. */
  readonly at: number
  /** What they chose. */
  readonly chosen: readonly string[]
}

/** Looks that are closer together than this belong to one visit. */
const VISIT_GAP_MS = 30 * 60_000

/**
 * The questions that a visitor's own purchases and looks have answered, newest first, `most` of them: of each order, which product was
 * added last, what went with its first one, and what of it was new to them; of each look in a visit, what they looked at next.
 */
export function pastQuestions({ bought, viewed }: Visitor, most: number): PastQuestion[] {
  const questions: PastQuestion[] = []
  for (const { touches, start } of groups(bought, 0).reverse()) {
    if (questions.length >= most) break
    const before = bought.slice(0, start)
    const earlier = viewed.filter(({ at }) => at < touches[0]!.at)
    const ids = [...new Set(touches.map(({ id }) => id))]
    const visitor = { at: touches[0]!.at, bought: before, viewed: earlier }
    if (ids.length > 1) {
      questions.push({ kind: 'next', items: ids.slice(0, -1), chosen: ids.slice(-1), ...visitor })
      questions.push({ kind: 'bought-together', items: ids.slice(0, 1), chosen: ids.slice(1), ...visitor })
    }
    if (start > 0 || earlier.length > 0) questions.push({ kind: 'for-user', items: [], chosen: ids, ...visitor })
  }
  const looks: PastQuestion[] = []
  for (const { touches, start } of groups(viewed, VISIT_GAP_MS).reverse()) {
    for (let at = touches.length - 1; at > 0 && looks.length < most; at--) {
      const earlier = viewed.slice(0, start + at)
      const visitor = {
        at: touches[at]!.at,
        bought: bought.filter((touch) => touch.at < touches[at]!.at),
        viewed: earlier,
      }
      const chosen = [touches[at]!.id]
      const items = touches.slice(0, at).map(({ id }) => id)
      if (items.includes(chosen[0]!)) continue
      looks.push({ kind: 'next', items, chosen, ...visitor })
      looks.push({ kind: 'bought-together', items: items.slice(-1), chosen, ...visitor })
    }
  }
  return [...looks.slice(0, most / 2), ...questions].slice(0, most)
}

/** Touches that follow one another within `gapMs`. */
function groups(touches: readonly Touch[], gapMs: number): { touches: Touch[]; start: number }[] {
  const found: { touches: Touch[]; start: number }[] = []
  for (const [i, touch] of touches.entries()) {
    const group = found.at(-1)
    if (group && touch.at - group.touches.at(-1)!.at <= gapMs) group.touches.push(touch)
    else found.push({ touches: [touch], start: i })
  }
  return found
}
