import type { ItemInfo } from '@tillwright/core/brain'
import type { Product, ProductInput, RouteInput, TillwrightContract, WriteSummary } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { problem } from '../http/problem-error.ts'
import type { Clock } from '../ports.ts'
import { isSameProduct, presentProduct, presentToShoppers, productRow } from './rows.ts'
import {
  addProducts,
  allItemInfo,
  allProducts,
  catalogueStamp,
  countProducts,
  deleteProduct,
  findProducts,
  listProducts,
  productIds,
  productsChangedSince,
  replaceProducts,
} from './store.ts'

/** What orders tell of a product that the catalogue does not have. */
export interface SightedProduct {
  readonly id: string
  readonly name: string
  readonly priceMinor: number | null
  readonly currency: string
}

type Listing = RouteInput<TillwrightContract['products']['list']> & { limit: number }

export type ProductsService = ReturnType<typeof productsService>

/** `onChange` is told of each tenant whose products have changed, after the change is on disk. */
export function productsService({ clock, onChange }: { clock: Clock; onChange: (tenantId: number) => void }) {
  async function write(tx: TenantDb, products: readonly ProductInput[]): Promise<WriteSummary> {
    const now = clock()
    const rows = new Map(products.map((product) => [product.id, productRow(product, now)]))
    const known = new Map((await findProducts(tx, [...rows.keys()])).map((row) => [row.id, row]))
    const changed = [...rows.values()].filter((row) => {
      const before = known.get(row.id)
      return !before || !isSameProduct(row, before)
    })
    await replaceProducts(tx, changed)
    const created = rows.size - known.size
    return { created, updated: changed.length - created, unchanged: products.length - changed.length }
  }

  return {
    async list(db: TenantDb, { cursor, limit, search = '', category }: Listing, visibleOnly: boolean) {
      const [afterId] = cursor === undefined ? [] : decodeCursor<[string]>(cursor, ['string'])
      const words = search.toLowerCase().split(/\s+/).filter(Boolean)
      const rows = await listProducts(db, { words, category, visibleOnly, afterId, limit: limit + 1 })
      return toPage(rows, limit, ({ id }) => [id], visibleOnly ? presentToShoppers : presentProduct)
    },
    async get(db: TenantDb, id: string, visibleOnly: boolean): Promise<Product> {
      const [row] = await findProducts(db, [id])
      if (!row || (visibleOnly && row.visible === 0)) throw problem('not_found', `There is no product ${id}`)
      return visibleOnly ? presentToShoppers(row) : presentProduct(row)
    },
    /** Creates or replaces products; a later one of the same id wins. */
    async upsert(db: TenantDb, products: readonly ProductInput[]): Promise<WriteSummary> {
      const summary = await db.transaction((tx) => write(tx, products))
      if (summary.created + summary.updated > 0) onChange(db.tenantId)
      return summary
    },
    async remove(db: TenantDb, id: string): Promise<undefined> {
      if (!(await db.transaction((tx) => deleteProduct(tx, id))))
        throw problem('not_found', `There is no product ${id}`)
      onChange(db.tenantId)
    },
    /** Adds what orders name and the catalogue lacks; what is there stays as it is. Part of the caller's transaction. */
    async addSighted(tx: TenantDb, products: readonly SightedProduct[]): Promise<void> {
      const now = clock()
      const rows = products.map(({ id, name, priceMinor, currency }) =>
        productRow({ id, name, ...(priceMinor === null ? {} : { price: { amount: priceMinor, currency } }) }, now),
      )
      if ((await addProducts(tx, rows)) > 0) onChange(tx.tenantId)
    },
    count: countProducts,
    /** The whole catalogue, hidden products and costs included. */
    async all(db: TenantDb): Promise<Product[]> {
      return (await allProducts(db)).map(presentProduct)
    },
    /** Products that were written at an instant or later, ms since 1970. */
    async changedSince(db: TenantDb, at: number): Promise<Product[]> {
      return (await productsChangedSince(db, at)).map(presentProduct)
    },
    ids: productIds,
    /** Differs whenever the catalogue does. */
    stamp: catalogueStamp,
    /** What training learns from. */
    async itemInfo(db: TenantDb): Promise<ItemInfo[]> {
      const rows = await allItemInfo(db)
      return rows.map(({ id, name, categories, brand }) => ({
        id,
        name,
        categories: JSON.parse(categories) as string[],
        ...(brand === null ? {} : { brand }),
      }))
    },
  }
}
