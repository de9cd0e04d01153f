import type { RouteParsed, RulePreview, TillwrightContract } from '@tillwright/core/contract'
import type * as z from 'zod/mini'
import { auditActor } from '../audit/actor.ts'
import type { DomainHandlers, TenantContext } from '../context.ts'
import type { RecommendationRulesService } from './service.ts'

type Preview = RouteParsed<TillwrightContract['recommendationRules']['preview']>

/** Answers a query with rules that are tried; the domain of recommendations does it. */
export type PreviewRules = (context: TenantContext, input: Preview) => Promise<z.input<typeof RulePreview>>

export function recommendationRulesHandlers(
  service: RecommendationRulesService,
  preview: PreviewRules,
): DomainHandlers<TillwrightContract['recommendationRules']> {
  return {
    list: async (_input, { db }) => ({ items: await service.list(db) }),
    create: (rule, context) => service.create(context.db, auditActor(context), rule),
    replace: ({ ruleId, ...rule }, context) => service.replace(context.db, auditActor(context), ruleId, rule),
    remove: ({ ruleId }, context) => service.remove(context.db, auditActor(context), ruleId),
    preview: (input, context) => preview(context, input),
    settings: (_input, { db }) => service.settings(db),
    setSettings: (settings, context) => service.setSettings(context.db, auditActor(context), settings),
  }
}
