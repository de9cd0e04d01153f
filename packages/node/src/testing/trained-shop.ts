import type { Shop, TestSite } from './test-site.ts'

const DAY_MS = 86_400_000

export const PRODUCTS = [
  {
    id: 'tea',
    name: 'Green tea',
    categories: ['Drinks'],
    price: { amount: 450, currency: 'GBP' },
    costMinor: 400,
    url: '/tea',
  },
  {
    id: 'cup',
    name: 'Blue cup',
    categories: ['Kitchen'],
    brand: 'Clay',
    price: { amount: 900, currency: 'GBP' },
    costMinor: 90,
  },
  { id: 'saucer', name: 'Blue saucer', categories: ['Kitchen'] },
  { id: 'milk', name: 'Milk', categories: ['Fresh'], price: { amount: 120, currency: 'GBP' } },
  { id: 'lamp', name: 'Desk lamp', categories: ['Light'] },
]

/** Tea is in five baskets: three with a cup, one with milk; nobody bought the saucer. */
export const BASKETS = [['tea', 'cup'], ['cup', 'tea'], ['tea', 'cup', 'milk'], ['tea'], ['tea']]

/** An order of a day ago, or of `daysAgo`. */
export function orderOf(id: string, products: readonly string[], more: { customerId?: string; daysAgo?: number } = {}) {
  const { daysAgo = 1, ...rest } = more
  const lines = products.map((productId) => ({ productId, quantity: 1, unitPriceMinor: 100 }))
  return { id, placedAt: new Date(Date.now() - daysAgo * DAY_MS).toISOString(), currency: 'GBP', lines, ...rest }
}

/** A shop with `PRODUCTS`, whose model has learnt from `BASKETS`. */
export async function trainedShop(site: Pick<TestSite, 'newShop' | 'server'>): Promise<Shop> {
  const shop = await site.newShop()
  await shop.api.products.upsert({ items: PRODUCTS })
  await shop.api.orders.upsert({ items: BASKETS.map((basket, i) => orderOf(`A${i}`, basket)) })
  await site.server.tools.train(shop.tenant)
  return shop
}
