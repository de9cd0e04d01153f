import {
  MAX_RULES,
  newId,
  type RecommendationRule,
  RecommendationSettings,
  type RuleInput,
} from '@tillwright/core/contract'
import * as z from 'zod/mini'
import type { AuditActor } from '../audit/actor.ts'
import type { AuditService } from '../audit/service.ts'
import type { TenantDb } from '../db/open.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Clock, Random } from '../ports.ts'
import { addRule, countRules, deleteRule, listRules, noteChange, type RuleRow, readSettings, setRule } from './store.ts'

export interface RecommendationRulesPorts {
  readonly clock: Clock
  readonly random: Random
  readonly audit: Pick<AuditService, 'record'>
  /** Told of each tenant whose rules or settings have changed, after the change is on disk. */
  readonly onChange: (tenantId: number) => void
}

export type RecommendationRulesService = ReturnType<typeof recommendationRulesService>

/** What a shop holds where it set nothing. */
export const DEFAULT_SETTINGS: RecommendationSettings = z.parse(RecommendationSettings, {})

/** Rules and settings of a shop's recommendations. */
export function recommendationRulesService({ clock, random, audit, onChange }: RecommendationRulesPorts) {
  /** Makes a change, notes it for other processes and in the audit log, all or nothing. */
  async function change(
    db: TenantDb,
    { id: actorId, caller }: AuditActor,
    kind: string,
    data: Record<string, string | number | boolean>,
    work: (tx: TenantDb) => Promise<void>,
    settings?: RecommendationSettings,
  ): Promise<void> {
    await db.transaction(async (tx) => {
      await audit.record(tx, { kind, actorId, subjectId: null, caller, data })
      await work(tx)
      await noteChange(tx, JSON.stringify(DEFAULT_SETTINGS), settings && JSON.stringify(settings))
    })
    onChange(db.tenantId)
  }

  function rowOf(id: string, rule: RuleInput): RuleRow {
    checkRule(rule)
    return { id, data: JSON.stringify(rule), updatedAt: clock() }
  }

  return {
    async list(db: TenantDb): Promise<RecommendationRule[]> {
      return (await listRules(db)).map(present)
    },
    async create(db: TenantDb, actor: AuditActor, rule: RuleInput): Promise<RecommendationRule> {
      const row = rowOf(newId('rul', clock, random), rule)
      await change(db, actor, 'recommendation_rule.created', { rule: row.id, name: rule.name }, async (tx) => {
        if ((await countRules(tx)) >= MAX_RULES) {
          throw problem('conflict', `A shop has at most ${MAX_RULES} rules: remove one that has had its day`)
        }
        await addRule(tx, row)
      })
      return present(row)
    },
    async replace(db: TenantDb, actor: AuditActor, id: string, rule: RuleInput): Promise<RecommendationRule> {
      const row = rowOf(id, rule)
      await change(db, actor, 'recommendation_rule.changed', { rule: id, name: rule.name }, async (tx) => {
        if (!(await setRule(tx, row))) throw problem('not_found', `There is no rule ${id}`)
      })
      return present(row)
    },
    async remove(db: TenantDb, actor: AuditActor, id: string): Promise<undefined> {
      await change(db, actor, 'recommendation_rule.removed', { rule: id }, async (tx) => {
        if (!(await deleteRule(tx, id))) throw problem('not_found', `There is no rule ${id}`)
      })
    },
    async settings(db: TenantDb): Promise<RecommendationSettings> {
      const { data } = await readSettings(db)
      return data === null ? DEFAULT_SETTINGS : z.parse(RecommendationSettings, JSON.parse(data))
    },
    async setSettings(
      db: TenantDb,
      actor: AuditActor,
      settings: RecommendationSettings,
    ): Promise<RecommendationSettings> {
      await change(db, actor, 'recommendation_settings.changed', { ...settings }, async () => {}, settings)
      return settings
    },
    /** Differs whenever rules or settings do. */
    async stamp(db: TenantDb): Promise<string> {
      return String((await readSettings(db)).revision)
    },
  }
}

/** What one field means for another, which no schema says. */
export function checkRule({ action, match, from, until }: RuleInput): void {
  if (action === 'pin' && !match.ids) refuse('match.ids', 'must name the products that a pin puts there')
  const { minPriceMinor: min, maxPriceMinor: max } = match
  if (min !== undefined && max !== undefined && min > max)
    refuse('match.maxPriceMinor', 'must not be below minPriceMinor')
  if (from && until && Date.parse(from) >= Date.parse(until)) refuse('until', 'must be after from')
}

function refuse(path: string, message: string): never {
  throw new ProblemError('invalid_input', { errors: [{ path, message }] })
}

function present({ id, data, updatedAt }: RuleRow): RecommendationRule {
  return { ...(JSON.parse(data) as RuleInput), id, updatedAt: new Date(updatedAt).toISOString() }
}
