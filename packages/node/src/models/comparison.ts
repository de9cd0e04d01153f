import { compareProportions } from '@tillwright/core/brain'
import { type Model, type ModelComparison, newId } from '@tillwright/core/contract'
import type { AuditActor } from '../audit/actor.ts'
import type { TenantDb } from '../db/open.ts'
import { problem } from '../http/problem-error.ts'
import type { Clock, Random } from '../ports.ts'
import { addComparison, type ComparisonRow, endComparison, runningComparison } from './comparison-store.ts'
import type { ModelsPorts, ModelsService } from './service.ts'
import { findActiveModel, findModel } from './store.ts'

const MILLION = 1_000_000

/** What came of the answers of a model. */
export interface ModelOutcome {
  readonly shown: number
  readonly clicked: number
  readonly orders: number
}

export interface ComparisonPorts extends Pick<ModelsPorts, 'clock' | 'audit' | 'onChange'> {
  readonly clock: Clock
  readonly random: Random
  readonly models: Pick<ModelsService, 'activate'>
  /** Outcomes since an instant, by the first eight digits of the model's version. */
  readonly outcomesSince: (db: TenantDb, from: number) => Promise<ReadonlyMap<string, ModelOutcome>>
}

export type ComparisonsService = ReturnType<typeof comparisonsService>

/** Two models of a tenant that answer side by side, each its part of the visitors. */
export function comparisonsService(ports: ComparisonPorts) {
  const { clock, random, audit, onChange, models, outcomesSince } = ports

  async function running(db: TenantDb): Promise<ComparisonRow> {
    const row = await runningComparison(db)
    if (!row) throw problem('not_found', 'No models are compared just now')
    return row
  }

  async function present(db: TenantDb, row: ComparisonRow): Promise<ModelComparison> {
    const outcomes = await outcomesSince(db, row.startedAt)
    const armOf = (version: string) => {
      const { shown, clicked, orders } = outcomes.get(version.slice(0, 8)) ?? { shown: 0, clicked: 0, orders: 0 }
      // A click of an answer that was seen before the comparison began may come without its showing.
      return { modelVersion: version, shown, clicked: Math.min(clicked, shown), orders }
    }
    const [champion, challenger] = [armOf(row.champion), armOf(row.challenger)]
    const { difference, low, high } = compareProportions(
      { successes: champion.clicked, trials: champion.shown },
      { successes: challenger.clicked, trials: challenger.shown },
    )
    return {
      id: row.id,
      share: row.sharePpm / MILLION,
      startedAt: new Date(row.startedAt).toISOString(),
      champion,
      challenger,
      difference: { clickRate: difference, low, high },
      verdict: low > 0 ? 'better' : high < 0 ? 'worse' : 'undecided',
    }
  }

  return {
    /** The comparison under way, for those who answer. */
    current: runningComparison,
    async get(db: TenantDb): Promise<ModelComparison> {
      return present(db, await running(db))
    },
    async start(
      db: TenantDb,
      { id: actorId, caller }: AuditActor,
      { challenger, share }: { challenger: string; share: number },
    ): Promise<ModelComparison> {
      const row = await db.transaction(async (tx) => {
        const data = { challenger, share }
        // First: whoever writes the log waits here, so that two comparisons cannot begin at once.
        await audit.record(tx, { kind: 'model.comparison_started', actorId, subjectId: null, caller, data })
        const champion = await findActiveModel(tx)
        if (!champion || !(await findModel(tx, challenger)))
          throw problem('not_found', `There is no model ${challenger}`)
        if (champion.version === challenger) throw problem('conflict', 'That model answers already: name another one')
        if (await runningComparison(tx)) throw problem('conflict', 'Two models are compared already: end that first')
        const started: ComparisonRow = {
          id: newId('cmp', clock, random),
          champion: champion.version,
          challenger,
          sharePpm: Math.round(share * MILLION),
          startedAt: clock(),
        }
        await addComparison(tx, started)
        return started
      })
      onChange(db.tenantId)
      return present(db, row)
    },
    /** Ends the comparison; one of the two answers alone from now on, and follows trainings again. */
    async end(db: TenantDb, actor: AuditActor, winner: 'champion' | 'challenger'): Promise<Model> {
      const row = await running(db)
      await db.transaction((tx) => endComparison(tx, clock()))
      return models.activate(db, actor, row[winner], false)
    },
  }
}
