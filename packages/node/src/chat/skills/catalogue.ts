import type { Product } from '@tillwright/core/contract'
import { LRUCache } from 'lru-cache'
import type { TenantDb } from '../../db/open.ts'
import type { ShopPorts } from '../ports.ts'

const HELD_TENANTS = 20

/** The products that shoppers may see. */
export type Catalogue = (db: TenantDb) => Promise<readonly Product[]>

/** Keeps catalogues at hand until they change: a search looks at every product. */
export function createCatalogue({ all, stamp }: ShopPorts['products']): Catalogue {
  const held = new LRUCache<number, { stamp: string; products: Promise<readonly Product[]> }>({ max: HELD_TENANTS })
  return async (db) => {
    const now = await stamp(db)
    const known = held.get(db.tenantId)
    if (known?.stamp === now) return known.products
    const products = all(db).then((some) => some.filter(({ visible }) => visible).map(withoutCost))
    held.set(db.tenantId, { stamp: now, products })
    products.catch(() => held.delete(db.tenantId))
    return products
  }
}

/** What a piece costs the shop is not for shoppers. */
function withoutCost({ costMinor: _cost, ...product }: Product): Product {
  return product
}
