import type { TenantDb } from '../db/open.ts'
import type { SightedProduct } from './sightings.ts'

/** What orders need of other domains; wired in `server.ts`. */
export interface OrderPorts {
  /** Adds products that lines name; leaves alone what exists. */
  addProducts(tx: TenantDb, products: readonly SightedProduct[]): Promise<void>
  /** Adds customers whom orders name; leaves alone whom it knows. */
  addCustomers(tx: TenantDb, customers: readonly { id: string; country: string | null }[]): Promise<void>
  /** Told in the transaction that changes orders, so that what follows (a training, for one) happens if they do. */
  ordersChanged(tx: TenantDb): Promise<void>
}
