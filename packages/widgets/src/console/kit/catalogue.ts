import type { ApiKey, Product } from '@tillwright/core/contract'

/** A product as the console shows it. */
export interface ProductCard {
  readonly id: string
  readonly name: string
  /** Absolute; `null` where there is none, or where it is not clear of which site it is. */
  readonly pictureUrl: string | null
  readonly price: Product['price'] | null
}

/** By id; `null`: the shop has no such product. What is not in it has not been looked up. */
export type ProductCards = Readonly<Record<string, ProductCard | null>>

interface Pictured extends Pick<Product, 'id' | 'name'> {
  readonly imageUrl?: string | undefined
  readonly price?: Product['price'] | undefined
}

/** `shopOrigin`: of addresses that are relative to the shop. */
export function cardOf({ id, name, imageUrl, price }: Pictured, shopOrigin: string | null): ProductCard {
  return { id, name: name || id, pictureUrl: absolute(imageUrl, shopOrigin), price: price ?? null }
}

function absolute(url: string | undefined, shopOrigin: string | null): string | null {
  if (url === undefined || /^https?:/.test(url)) return url ?? null
  return shopOrigin === null ? null : shopOrigin + url
}

/** Where the shop is, as far as its keys for pages say. */
export function shopOriginOf(keys: readonly Pick<ApiKey, 'kind' | 'revokedAt' | 'origins'>[]): string | null {
  const live = keys.filter(({ kind, revokedAt }) => kind === 'publishable' && revokedAt === null)
  return live.flatMap(({ origins }) => origins).find((origin) => /^https?:/.test(origin)) ?? null
}

/** Decimals of a currency: 2 of `GBP`, 0 of `JPY`. */
export function digitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}
