import type { DialogueCard, Json, JsonObject, SkillResult } from '../brain/dialogue/types.ts'
import { searchProducts } from '../brain/search/index.ts'
import type { DeviceShelf, Recommendations, RecommendedProduct } from '../contract/recommendations.ts'

type Outcome = SkillResult extends infer R ? (R extends unknown ? Omit<R, 'callId'> : never) : never
type ShelfProduct = DeviceShelf['products'][number]

/** What skills on the device work with. */
export interface SkillWorld {
  /** Products that the shelf of this device holds. */
  readonly products: readonly ShelfProduct[]
  /** `null` where no model of recommendations is kept. */
  readonly recommend: ((query: { kind: 'for-user' | 'bought-together'; items: string[] }) => Recommendations) | null
  /** What was just said. */
  readonly text: string
}

/** Shown of one search. */
const SHOWN = 6

/** Skills that need no server, by the names that packs call them by. They answer as the server's do, from what is kept. */
export const DEVICE_SKILLS: Readonly<Record<string, (args: JsonObject, world: SkillWorld) => Outcome>> = {
  'product-search'(args, { products, text }) {
    const wanted = {
      maxMinor: amountOf(args.max),
      minMinor: amountOf(args.min),
      category: textOf(args.category),
    }
    const shelf = products.map((product) => ({ ...product, visible: true, inStock: true }))
    const fitting = searchProducts(shelf, textOf(args.text) ?? text, wanted, SHOWN)
    const named = products.filter(({ id }) => id === args.product)
    return shown(fitting.length > 0 ? fitting : named)
  },
  'product-compare'(args, { products }) {
    const [one, other] = [args.product, args.other].map((id) => products.find((product) => product.id === id))
    if (!one || !other) return { ok: false, code: 'not_found' }
    return { ...shown([one, other]), data: { outcome: 'found', product: one.name, other: other.name } }
  },
  recommendations: (_, { recommend }) => (recommend ? shown(recommend({ kind: 'for-user', items: [] }).items) : AWAY),
  'bought-together'(args, { products, recommend }) {
    const product = products.find(({ id }) => id === args.product)
    if (!product || !recommend) return AWAY
    const found = shown(recommend({ kind: 'bought-together', items: [product.id] }).items)
    return found.ok ? { ...found, data: { ...found.data, product: product.name } } : found
  },
}

/** The server may know better. */
const AWAY: Outcome = { ok: false, code: 'unavailable' }

function shown(products: readonly (ShelfProduct | RecommendedProduct)[]): Outcome {
  if (products.length === 0) return { ok: true, data: { outcome: 'none', count: 0 } }
  return { ok: true, data: { outcome: 'found', count: products.length }, cards: products.slice(0, SHOWN).map(card) }
}

function card(product: ShelfProduct | RecommendedProduct): DialogueCard {
  const { id, name, price, imageUrl, url } = product
  return {
    ...{ kind: 'product', id, title: name, list: 'products' },
    ...(price && { price }),
    ...(imageUrl && { imageUrl }),
    ...(url && { url }),
    ...('reasonText' in product && { detail: product.reasonText }),
  }
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function amountOf(value: Json | undefined): number | undefined {
  const { amount } = (value ?? {}) as { amount?: unknown }
  return typeof amount === 'number' ? amount : undefined
}
