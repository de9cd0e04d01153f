import type { TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers } from '../context.ts'
import type { RecommendationsService } from './service.ts'

export function recommendationsHandlers(
  service: RecommendationsService,
): DomainHandlers<TillwrightContract['recommendations']> {
  return {
    list: (input, { db }) => service.recommend(db, input),
  }
}
