import type { ProductMatch, RuleScope, ShelfItem, Situation } from './types.ts'

/** Whether a product is meant. */
export function matches(match: ProductMatch, item: ShelfItem): boolean {
  const { ids, categories, brands, attributes, minPriceMinor, maxPriceMinor } = match
  if (ids && !ids.includes(item.id)) return false
  if (categories && !categories.some((category) => item.categories?.includes(category))) return false
  if (brands && !(item.brand !== undefined && brands.includes(item.brand))) return false
  if (attributes && !hasAttributes(item, attributes)) return false
  if (minPriceMinor === undefined && maxPriceMinor === undefined) return true
  const amount = item.price?.amount
  return amount !== undefined && amount >= (minPriceMinor ?? 0) && amount <= (maxPriceMinor ?? Number.MAX_VALUE)
}

function hasAttributes({ attributes: own = {} }: ShelfItem, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => Object.hasOwn(own, name) && own[name] === value)
}

/** Whether a rule holds here and now. */
export function holds({ kinds, placements, context, from, until }: RuleScope, situation: Situation): boolean {
  const { kind, placement, items, now } = situation
  if (kinds && !kinds.includes(kind)) return false
  if (placements && !(placement !== undefined && placements.includes(placement))) return false
  if (context && !items.some((item) => matches(context, item))) return false
  return now >= (from ?? Number.NEGATIVE_INFINITY) && now < (until ?? Number.POSITIVE_INFINITY)
}
