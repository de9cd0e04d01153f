import type { OrderSummary } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import type { SightedProduct } from './sightings.ts'

/** A new sale: what was sold at a price, in the order of its lines. */
export interface SoldBasket {
  readonly items: readonly string[]
  /** ms since 1970. */
  readonly at: number
  readonly user?: string
}

/** What orders need of other domains; wired in `server.ts`. */
export interface OrderPorts {
  /** Adds products that lines name; leaves alone what exists. */
  addProducts(tx: TenantDb, products: readonly SightedProduct[]): Promise<void>
  /** Adds customers whom orders name; leaves alone whom it knows. */
  addCustomers(tx: TenantDb, customers: readonly { id: string; country: string | null }[]): Promise<void>
  /** Told of orders that came in one by one, in their transaction; those of imports are not among them. */
  ordersCreated(tx: TenantDb, orders: readonly OrderSummary[]): Promise<void>
  /** Told in the transaction that changes orders, so that what follows (a training, for one) happens if they do. */
  ordersChanged(tx: TenantDb): Promise<void>
  /** Told of new sales that came in one by one, once they are on disk. */
  sold(tenantId: number, baskets: readonly SoldBasket[]): void
}
