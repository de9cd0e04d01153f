import type { Line } from './read-orders.ts'

/** All eligible lines of one invoice. */
export interface Order {
  readonly invoice: string
  /** Distinct products in the order of the file. */
  readonly items: readonly string[]
  readonly time: string
  /** ms since 1970. */
  readonly at: number
  readonly customer: string
}

export interface Case {
  /** Invoice or customer. */
  readonly key: string
  readonly items: readonly string[]
  readonly history: readonly { readonly id: string; readonly at: number }[]
  /** What must not be in the list. */
  readonly exclude: readonly string[]
  readonly relevant: ReadonlySet<string>
  /** The day of the basket, for the daily variant. */
  readonly day: string
}

export type Task = 'A' | 'A+' | 'B' | 'C' | 'C+' | 'X'

export interface Split {
  readonly train: readonly Order[]
  readonly test: readonly Order[]
  /** Baskets of each product in `train`. */
  readonly counts: ReadonlyMap<string, number>
  readonly cases: Readonly<Record<Task, readonly Case[]>>
}

const MAX_SCORED_ITEMS = 100

export function ordersOf(lines: readonly Line[]): Order[] {
  const byInvoice = new Map<string, { items: Set<string>; time: string; customer: string }>()
  for (const { invoice, item, time, customer } of lines) {
    const order = byInvoice.get(invoice)
    if (!order) byInvoice.set(invoice, { items: new Set([item]), time, customer })
    else {
      order.items.add(item)
      if (time < order.time) order.time = time
    }
  }
  return [...byInvoice]
    .map(([invoice, { items, time, customer }]) => ({
      invoice,
      items: [...items],
      time,
      at: Date.parse(`${time}Z`),
      customer,
    }))
    .sort((a, b) => compare(a.time, b.time) || compare(a.invoice, b.invoice))
}

/** The name that most lines give a product; of equals the smallest. */
export function namesOf(lines: readonly Line[]): Map<string, string> {
  const counts = new Map<string, Map<string, number>>()
  for (const { item, name } of lines) {
    let names = counts.get(item)
    if (!names) counts.set(item, (names = new Map()))
    names.set(name, (names.get(name) ?? 0) + 1)
  }
  return new Map(
    [...counts].map(([item, names]) => [item, [...names].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]))[0]![0]]),
  )
}

/**
 * Where training ends and the questions end, as shares of all orders: `val` tunes, `test` is for a frozen configuration.
 */
export const SPLITS = { val: [0.7, 0.8], test: [0.8, 1] } as const

/** Earlier days to tune on as well, all before the test: one stretch of time alone misleads. */
export const ORIGINS = [
  [0.4, 0.6],
  [0.5, 0.7],
  [0.55, 0.75],
  [0.6, 0.8],
  [0.65, 0.8],
  [0.7, 0.8],
] as const

/** Splits in time and makes the cases. */
export function splitOrders(orders: readonly Order[], [trained, asked]: readonly [number, number]): Split {
  // Whole per cents, so that no rounding of fractions moves a border.
  const place = (share: number) => Math.floor((orders.length * Math.round(share * 100)) / 100)
  const train = orders.slice(0, place(trained))
  const test = orders.slice(place(trained), place(asked))
  return { train, test, counts: countBaskets(train), cases: casesOf(train, test) }
}

export function countBaskets(orders: readonly Order[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { items } of orders) for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}

function casesOf(train: readonly Order[], test: readonly Order[]): Record<Task, Case[]> {
  const counts = countBaskets(train)
  const histories = historiesOf(train)
  const scored = test.filter(({ items }) => items.length >= 2 && items.length <= MAX_SCORED_ITEMS)
  const known = ({ customer }: Order) => (customer === '' ? [] : (histories.get(customer) ?? []))
  const next = (order: Order, history: Case['history']): Case => {
    const items = order.items.slice(0, -1)
    const relevant = new Set([order.items.at(-1)!])
    return { key: order.invoice, items, history, exclude: items, relevant, day: order.time.slice(0, 10) }
  }
  const together = (order: Order, history: Case['history']): Case => {
    const items = order.items.slice(0, 1)
    const relevant = new Set(order.items.slice(1))
    return { key: order.invoice, items, history, exclude: items, relevant, day: order.time.slice(0, 10) }
  }
  return {
    A: scored.map((order) => next(order, [])),
    'A+': scored.map((order) => next(order, known(order))),
    B: personalCases(test, histories, counts),
    C: scored.map((order) => together(order, [])),
    'C+': scored.map((order) => together(order, known(order))),
    X: scored.flatMap((order) => coldCases(order, counts)),
  }
}

/** What each customer bought, oldest first. */
export function historiesOf(orders: readonly Order[]): Map<string, { id: string; at: number }[]> {
  const histories = new Map<string, { id: string; at: number }[]>()
  for (const { customer, items, at } of orders) {
    if (customer === '') continue
    let history = histories.get(customer)
    if (!history) histories.set(customer, (history = []))
    for (const id of items) history.push({ id, at })
  }
  return histories
}

function personalCases(
  test: readonly Order[],
  histories: ReadonlyMap<string, Case['history']>,
  counts: ReadonlyMap<string, number>,
): Case[] {
  const bought = new Map<string, Set<string>>()
  for (const { customer, items } of test) {
    if (!histories.has(customer)) continue
    let later = bought.get(customer)
    if (!later) bought.set(customer, (later = new Set()))
    for (const item of items) if (counts.has(item)) later.add(item)
  }
  return [...bought]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([customer, later]) => {
      const history = histories.get(customer)!
      const exclude = [...new Set(history.map(({ id }) => id))].sort(compare)
      const relevant = new Set([...later].filter((item) => !history.some(({ id }) => id === item)))
      return relevant.size === 0 ? [] : [{ key: customer, items: [], history, exclude, relevant, day: '' }]
    })
}

function coldCases(order: Order, counts: ReadonlyMap<string, number>): Case[] {
  const relevant = new Set(order.items.filter((item) => counts.has(item)))
  if (relevant.size === 0) return []
  const cold = order.items.filter((item) => !counts.has(item))
  const day = order.time.slice(0, 10)
  return cold.map((item) => ({ key: order.invoice, items: [item], history: [], exclude: [item], relevant, day }))
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
