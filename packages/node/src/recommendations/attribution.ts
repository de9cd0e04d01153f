import { type AnswerLabel, readLabel } from '@tillwright/core/contract'

export interface Click {
  readonly recommendationId: string
  /** ms since 1970. */
  readonly at: number
  readonly productId: string
  /** Whatever tells who it was: random ids of browser and visit, the customer's. */
  readonly who: readonly string[]
}

export interface Purchase {
  readonly orderId: string
  readonly at: number
  readonly who: readonly string[]
  readonly totalMinor: number
  /** What each product came to, in minor units. */
  readonly amounts: ReadonlyMap<string, number>
}

export interface Earned {
  shown: number
  clicked: number
  orders: number
  revenueMinor: number
  lastClickOrders: number
  lastClickRevenueMinor: number
}

export interface Attribution {
  readonly total: Earned
  readonly byKind: ReadonlyMap<string, Earned>
  readonly byPlacement: ReadonlyMap<string, Earned>
  readonly byModel: ReadonlyMap<string, Earned>
}

/**
 * Counts what came of answers.
 *
 * Strict: an order counts for an answer when the same person clicked one of its products in that answer, at most `windowMs`
 * before the order; it earns what these products came to, each to the last answer in which it was clicked. Last click: an
 * order counts whole for the answer that was clicked last before it within the window, whatever was bought. O(n log n).
 */
export function attribute(
  shownIds: Iterable<string>,
  clicks: readonly Click[],
  purchases: readonly Purchase[],
  windowMs: number,
): Attribution {
  const books = newBooks()
  for (const id of new Set(shownIds)) for (const book of books.of(id)) book.shown++
  for (const id of new Set(clicks.map(({ recommendationId }) => recommendationId))) {
    for (const book of books.of(id)) book.clicked++
  }
  const clicksOf = groupByPerson(clicks)
  for (const { at, who, amounts, totalMinor } of purchases) {
    const before = [...new Set(who.flatMap((key) => clicksOf.get(key) ?? []))]
      .filter((click) => click.at <= at && click.at > at - windowMs)
      .sort((a, b) => a.at - b.at)
    const last = before.at(-1)
    if (!last) continue
    for (const book of books.of(last.recommendationId)) {
      book.lastClickOrders++
      book.lastClickRevenueMinor += totalMinor
    }
    const answerOf = new Map(before.map(({ productId, recommendationId }) => [productId, recommendationId]))
    const earned = new Map<string, number>()
    for (const [productId, recommendationId] of answerOf) {
      const amount = amounts.get(productId)
      if (amount !== undefined) earned.set(recommendationId, (earned.get(recommendationId) ?? 0) + amount)
    }
    for (const books_ of groupBooks([...earned], books)) {
      books_.book.orders++
      books_.book.revenueMinor += books_.amount
    }
  }
  return books
}

/** One order counts once in each book, also where several answers that are written in it share the order. */
function groupBooks(earned: readonly (readonly [string, number])[], books: ReturnType<typeof newBooks>) {
  const amounts = new Map<Earned, number>()
  for (const [id, amount] of earned) {
    for (const book of books.of(id)) amounts.set(book, (amounts.get(book) ?? 0) + amount)
  }
  return [...amounts].map(([book, amount]) => ({ book, amount }))
}

function groupByPerson(clicks: readonly Click[]): Map<string, Click[]> {
  const grouped = new Map<string, Click[]>()
  for (const click of clicks) {
    for (const key of click.who) {
      const known = grouped.get(key)
      if (known) known.push(click)
      else grouped.set(key, [click])
    }
  }
  return grouped
}

function newBooks() {
  const total = nothing()
  const byKind = new Map<string, Earned>()
  const byPlacement = new Map<string, Earned>()
  const byModel = new Map<string, Earned>()
  function of(id: string): Earned[] {
    const label: AnswerLabel | null = readLabel(id)
    const placement = label?.placement
    return [
      total,
      page(byKind, label?.kind ?? 'unknown'),
      page(byModel, label ? (label.model ?? 'none') : 'unknown'),
      ...(placement ? [page(byPlacement, placement)] : []),
    ]
  }
  return { total, byKind, byPlacement, byModel, of }
}

function page(book: Map<string, Earned>, name: string): Earned {
  let earned = book.get(name)
  if (!earned) {
    earned = nothing()
    book.set(name, earned)
  }
  return earned
}

function nothing(): Earned {
  return { shown: 0, clicked: 0, orders: 0, revenueMinor: 0, lastClickOrders: 0, lastClickRevenueMinor: 0 }
}
