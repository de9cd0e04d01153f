import type { Basket, TrainingInput } from './types.ts'

export const DAY_MS = 86_400_000
export const NOW = Date.UTC(2026, 0, 31)

/** A basket that was bought `daysAgo` days before the shop was looked at. */
export function basket(daysAgo: number, ...items: string[]): Basket {
  return { items, at: NOW - daysAgo * DAY_MS }
}

/**
 * A small shop whose numbers can be counted by hand. Tea is in 6 baskets: 4 with a cup, 2 with milk, 1 alone. The catalogue
 * has a saucer that nobody bought, and lacks the milk that was sold.
 */
export const SHOP: TrainingInput = {
  baskets: [
    basket(0, 'tea', 'cup'),
    basket(1, 'tea', 'cup', 'milk'),
    basket(2, 'cup', 'tea', 'tea'),
    basket(3, 'tea', 'milk'),
    basket(40, 'tea', 'cup'),
    basket(50, 'tea'),
    basket(60, 'lamp', 'bulb'),
  ],
  items: [
    { id: 'tea', name: 'Green tea', categories: ['Drinks'] },
    { id: 'cup', name: 'Blue cup', categories: ['Kitchen'] },
    { id: 'saucer', name: 'Blue saucer', categories: ['Kitchen'] },
    { id: 'lamp', name: 'Desk lamp', categories: ['Light'], brand: 'Lumen' },
    { id: 'bulb', name: 'Light bulb', brand: 'Lumen' },
  ],
}
