import type { Recommendations, RecommendedProduct } from '@tillwright/core/contract'

const NAMES = [
  ['22423', 'Regency Cakestand 3 Tier', 1275],
  ['85123A', 'White Hanging Heart T-Light Holder', 295],
  ['47566', 'Party Bunting', 495],
  ['84879', 'Assorted Colour Bird Ornament', 169],
  ['22720', 'Set of 3 Cake Tins Pantry Design', 495],
  ['21212', 'Pack of 72 Retrospot Cake Cases', 55],
  ['22197', 'Popcorn Holder', 85],
  ['23203', 'Jumbo Bag Vintage Doily', 208],
  ['22960', 'Jam Making Set with Jars', 425],
  ['22469', 'Heart of Wicker Small', 165],
] as const

/** A canned answer of the server, with real products of the UCI Online Retail set. */
export function cannedRecommendations(change: Partial<Recommendations> = {}): Recommendations {
  return {
    recommendationId: 'rec_0123456789abcdefghijklmnop',
    kind: 'bought-together',
    items: NAMES.map((product, index) => cannedProduct(product, index)),
    source: 'server',
    modelVersion: 'f'.repeat(64),
    strategies: ['bought-together'],
    ...change,
  }
}

function cannedProduct([id, name, amount]: (typeof NAMES)[number], index: number): RecommendedProduct {
  const together = 40 - 3 * index
  return {
    id,
    name,
    url: `/product/${id}`,
    price: { amount, currency: 'GBP' },
    score: 1 - index / 20,
    reason: { kind: 'bought-together', with: '85123A', together, of: 96 },
    reasonText: `In ${together} of 96 baskets with White Hanging Heart T-Light Holder`,
  }
}
