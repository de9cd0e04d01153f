import type { Product } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import type { RecommendationPorts } from './ports.ts'

type Catalogue = ReadonlyMap<string, Product>

/** Changes that are on disk later than others with a later time: transactions last a while. */
const OVERLAP_MS = 60_000

/**
 * The catalogue by id. Where an earlier one is known, only what has changed since is read, and ids where something was
 * removed: a shop of 50,000 products changes one of them all day.
 */
export async function readCatalogue(
  { catalogue }: Pick<RecommendationPorts, 'catalogue'>,
  db: TenantDb,
  before: Catalogue | undefined,
): Promise<Catalogue> {
  if (!before || before.size === 0) return byId(await catalogue.all(db))
  const since = latestOf(before) - OVERLAP_MS
  const products = new Map(before)
  for (const product of await catalogue.changedSince(db, since)) products.set(product.id, product)
  if (products.size === (await catalogue.count(db))) return products
  const left = new Set(await catalogue.ids(db))
  for (const id of products.keys()) if (!left.has(id)) products.delete(id)
  // Written by a clock that was far behind: nothing but the whole catalogue tells.
  return products.size === left.size ? products : byId(await catalogue.all(db))
}

function byId(products: readonly Product[]): Map<string, Product> {
  return new Map(products.map((product) => [product.id, product]))
}

function latestOf(products: Catalogue): number {
  let latest = ''
  for (const { updatedAt } of products.values()) if (updatedAt > latest) latest = updatedAt
  return Date.parse(latest)
}
