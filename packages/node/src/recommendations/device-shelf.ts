import type { ScopedRule } from '@tillwright/core/brain'
import type { DeviceShelf } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import type { RecommendationPorts } from './ports.ts'
import type { Shelf, ShelfRule } from './shelf-content.ts'

/** Differs whenever what pages may know of the shelf does. */
export async function deviceStamp({ catalogue, rules }: RecommendationPorts, db: TenantDb): Promise<string> {
  return `${await catalogue.stamp(db)} ${await rules.stamp(db)}`
}

/** The shelf as pages may know it: no costs, no names of rules, nothing hidden or sold out. */
export function deviceShelf({ products, rules, settings }: Shelf, now: number): DeviceShelf {
  const left = rules.filter(({ scope: { until } }) => until === undefined || until > now)
  const wanted = new Set(left.flatMap(({ match, scope }) => [match, scope.context]).flatMap(attributeNames))
  const sellable = [...products.values()].filter(({ visible, inStock }) => visible && inStock)
  return {
    products: sellable.map(({ id, name, url, imageUrl, price, categories, brand, attributes = {} }) => {
      const shown = Object.entries(attributes).filter(([attribute]) => wanted.has(attribute))
      return {
        id,
        name,
        ...(url === undefined ? {} : { url }),
        ...(imageUrl === undefined ? {} : { imageUrl }),
        ...(price === undefined ? {} : { price }),
        ...(categories === undefined ? {} : { categories: [...categories] }),
        ...(brand === undefined ? {} : { brand }),
        ...(shown.length === 0 ? {} : { attributes: Object.fromEntries(shown) }),
      }
    }),
    rules: left.map(shownRule),
    settings: {
      diversity: settings.diversity,
      holdoutShare: settings.holdoutShare,
      holdoutShows: settings.holdoutShows,
    },
  }
}

function attributeNames(match: ScopedRule['match'] | undefined): string[] {
  return Object.keys(match?.attributes ?? {})
}

function shownRule({ id, action, match, factor, position, scope }: ShelfRule): DeviceShelf['rules'][number] {
  const { kinds, placements, context, from, until } = scope
  return {
    id,
    action,
    match: { ...match },
    ...(factor === undefined ? {} : { factor }),
    ...(position === undefined ? {} : { position }),
    ...(kinds === undefined ? {} : { kinds: [...kinds] }),
    ...(placements === undefined ? {} : { placements: [...placements] }),
    ...(context === undefined ? {} : { context: { ...context } }),
    ...(from === undefined ? {} : { from: new Date(from).toISOString() }),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
  }
}
