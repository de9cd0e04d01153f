import type { Basket, TrainingInput } from '../recommend/types.ts'

const DAY_MS = 86_400_000
const START = Date.UTC(2026, 0, 1)
const [SHOPPERS, ORDERS, PRODUCTS] = [60, 6, 30]

/** The product that a shopper of this shop buys each time. */
export function favouriteOf(shopper: number): string {
  return `p${(shopper * 7) % PRODUCTS}`
}

export const NEWEST = START + ORDERS * 7 * DAY_MS

/** Shoppers who come once a week, and buy what they always buy, with something that changes: their past tells what comes next. */
export const REGULARS: TrainingInput = {
  baskets: Array.from({ length: SHOPPERS * ORDERS }, (_, i): Basket => {
    const [shopper, week] = [i % SHOPPERS, Math.floor(i / SHOPPERS)]
    const other = `p${(shopper * 11 + week * 13 + 5) % PRODUCTS}`
    return {
      items: ['bag', other, favouriteOf(shopper)],
      at: START + week * 7 * DAY_MS + shopper * 60_000,
      user: `u${shopper}`,
    }
  }),
}

export function pastOf(shopper: number): { id: string; at: number }[] {
  return REGULARS.baskets
    .filter(({ user }) => user === `u${shopper}`)
    .flatMap(({ items, at }) => items.map((id) => ({ id, at })))
}
