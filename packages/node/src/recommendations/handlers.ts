import type { RecommendationQuery, TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers, TenantContext } from '../context.ts'
import { problem } from '../http/problem-error.ts'
import type { BatchesService } from './batches.ts'
import type { RecommendationsService } from './service.ts'

export function recommendationsHandlers(
  service: RecommendationsService,
  batches: BatchesService,
): DomainHandlers<TillwrightContract['recommendations']> {
  return {
    list: (input, { db }) => service.recommend(db, input),
    ask(query, context) {
      refuseToPages(query, context)
      return service.recommend(context.db, query)
    },
    device: ({ stamp }, { db }) => service.device(db, stamp),
    createBatch: ({ queries }, { db }) => batches.create(db, queries),
    batches: (input, { db }) => batches.list(db, input),
    batchStatistics: (_input, { db }) => batches.statistics(db),
    batch: ({ batchId }, { db }) => batches.get(db, batchId),
    retryBatch: ({ batchId }, { db }) => batches.retry(db, batchId),
    report: (range, { db, tenant }) => service.report(db, tenant, range),
  }
}

/** A page is anybody's: what a customer bought and what the shop hides are not for it. */
function refuseToPages({ customerId, allow = [] }: RecommendationQuery, { principal }: TenantContext): void {
  if (principal.kind !== 'publishable') return
  if (customerId !== undefined) {
    throw problem('wrong_key_kind', 'customerId is for secret keys: pages name visitorId or give history themselves')
  }
  if (allow.includes('hidden')) throw problem('wrong_key_kind', 'Hidden products are for secret keys')
}
