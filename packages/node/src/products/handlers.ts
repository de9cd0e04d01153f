import type { TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers } from '../context.ts'
import { queueImport } from '../imports/service.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { ProductsService } from './service.ts'

export const PRODUCTS_IMPORT = 'products.import'

export function productsHandlers(
  service: ProductsService,
  enqueue: Enqueue,
): DomainHandlers<TillwrightContract['products']> {
  return {
    list: (input, { db, principal }) => service.list(db, input, principal.kind === 'publishable'),
    get: ({ productId }, { db, principal }) => service.get(db, productId, principal.kind === 'publishable'),
    upsert: ({ items }, { db }) => service.upsert(db, items),
    remove: ({ productId }, { db }) => service.remove(db, productId),
    import: ({ upload, ...options }, { db }) => queueImport(enqueue, db, PRODUCTS_IMPORT, upload, options),
  }
}
