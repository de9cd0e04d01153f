import type { TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers } from '../context.ts'
import { queueImport } from '../imports/service.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { CustomersService } from './service.ts'

export const CUSTOMERS_IMPORT = 'customers.import'

export function customersHandlers(
  service: CustomersService,
  enqueue: Enqueue,
): DomainHandlers<TillwrightContract['customers']> {
  return {
    list: (input, { db }) => service.list(db, input),
    get: ({ customerId }, { db }) => service.get(db, customerId),
    upsert: ({ items }, { db }) => service.upsert(db, items),
    remove: ({ customerId }, { db }) => service.remove(db, customerId),
    import: ({ upload, ...options }, { db }) => queueImport(enqueue, db, CUSTOMERS_IMPORT, upload, options),
  }
}
