import type { TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers } from '../context.ts'
import { queueImport } from '../imports/service.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { OrdersService } from './service.ts'

export const ORDERS_IMPORT = 'orders.import'

export function ordersHandlers(service: OrdersService, enqueue: Enqueue): DomainHandlers<TillwrightContract['orders']> {
  return {
    list: (input, { db }) => service.list(db, input),
    get: ({ orderId }, { db }) => service.get(db, orderId),
    upsert: ({ items }, { db }) => service.upsert(db, items),
    import: ({ upload, ...options }, { db }) => queueImport(enqueue, db, ORDERS_IMPORT, upload, options),
  }
}
