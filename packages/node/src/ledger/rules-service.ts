import {
  type CategoriserState,
  type CategoryMatch,
  type CategoryRule,
  type CategoryRuleInput,
  MAX_CATEGORY_RULES,
  newId,
} from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { TenantDb } from '../db/open.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Clock, Random } from '../ports.ts'
import { entry, existingAccount } from './accounts-service.ts'
import { listAccounts } from './accounts-store.ts'
import { applyFromOf, type Categorising } from './categorise.ts'
import { findCategoriser } from './categoriser-store.ts'
import type { Reach } from './reach.ts'
import {
  type CategoryRuleRow,
  deleteCategoryRule,
  insertCategoryRule,
  listCategoryRules,
  updateCategoryRule,
} from './rules-store.ts'
import { existingCategory } from './transactions-service.ts'
import { listTransactions, type TransactionRow, updateTransaction } from './transactions-store.ts'

const ROWS_PER_STEP = 500

export interface RulesPorts {
  readonly clock: Clock
  readonly random: Random
  readonly audit: Pick<AuditService, 'record' | 'hold'>
  readonly categorising: Categorising
}

export type RulesService = ReturnType<typeof rulesService>

export function rulesService({ clock, random, audit, categorising }: RulesPorts) {
  function change<T>({ db }: Reach, work: (tx: TenantDb, now: number) => Promise<T>): Promise<T> {
    return db.transaction(async (tx) => {
      await audit.hold(tx)
      return work(tx, clock())
    })
  }

  async function existing(tx: TenantDb, { ownerId }: Reach, id: string): Promise<CategoryRuleRow> {
    const row = (await listCategoryRules(tx, ownerId)).find((each) => each.id === id && each.owner_id === ownerId)
    if (!row) throw problem('not_found', `There is no rule ${id}`)
    return row
  }

  async function rowOf(
    tx: TenantDb,
    { ownerId }: Reach,
    id: string,
    input: CategoryRuleInput,
    now: number,
  ): Promise<CategoryRuleRow> {
    checkMatch(input.match)
    await existingCategory(tx, ownerId, input.categoryId)
    if (input.match.accountId !== undefined) await existingAccount(tx, ownerId, input.match.accountId)
    return {
      id,
      owner_id: ownerId,
      position: input.position,
      category_id: input.categoryId,
      enabled: input.enabled ? 1 : 0,
      match: JSON.stringify(input.match),
      updated_at: now,
    }
  }

  /** Asks again about one step of rows; returns how many have changed. */
  async function again(tx: TenantDb, reach: Reach, rows: readonly TransactionRow[], now: number): Promise<number> {
    const accounts = new Map((await listAccounts(tx, { ownerId: reach.ownerId })).map((each) => [each.id, each]))
    const byAccount = Map.groupBy(
      rows.filter(isOpen).map((row) => ({ ...row, ...NOTHING })),
      ({ account_id }) => account_id,
    )
    const before = new Map(rows.map((row) => [row.id, row]))
    let changed = 0
    for (const [accountId, open] of byAccount) {
      const account = accounts.get(accountId)
      if (!account) continue
      for (const row of await categorising.categorise(tx, account, open)) {
        const { category_id, categorised_by, confidence_ppm, needs_review, suggestions } = row
        const old = before.get(row.id)!
        if (
          old.category_id === category_id &&
          old.needs_review === needs_review &&
          old.categorised_by === categorised_by
        )
          continue
        await updateTransaction(
          tx,
          row.id,
          { category_id, categorised_by, confidence_ppm, needs_review, suggestions },
          now,
        )
        changed++
      }
    }
    return changed
  }

  return {
    async list({ db, ownerId }: Reach): Promise<CategoryRule[]> {
      return (await listCategoryRules(db, ownerId)).map(presentRule)
    },
    create: (reach: Reach, input: CategoryRuleInput): Promise<CategoryRule> =>
      change(reach, async (tx, now) => {
        const row = await rowOf(tx, reach, newId('crl', clock, random), input, now)
        const own = (await listCategoryRules(tx, reach.ownerId)).filter(({ owner_id }) => owner_id === reach.ownerId)
        if (own.length >= MAX_CATEGORY_RULES) {
          throw problem('conflict', `There are at most ${MAX_CATEGORY_RULES} rules: remove one that is not needed`)
        }
        await audit.record(tx, entry(reach, 'category_rule.created', row.id, {}))
        await insertCategoryRule(tx, row)
        return presentRule(row)
      }),
    replace: (reach: Reach, id: string, input: CategoryRuleInput): Promise<CategoryRule> =>
      change(reach, async (tx, now) => {
        await existing(tx, reach, id)
        const row = await rowOf(tx, reach, id, input, now)
        await audit.record(tx, entry(reach, 'category_rule.changed', id, {}))
        await updateCategoryRule(tx, row)
        return presentRule(row)
      }),
    remove: (reach: Reach, id: string): Promise<undefined> =>
      change(reach, async (tx) => {
        await existing(tx, reach, id)
        await audit.record(tx, entry(reach, 'category_rule.removed', id, {}))
        await deleteCategoryRule(tx, id)
        return undefined
      }),
    /** Step by step, each in a database transaction of its own: others write in between. */
    async apply(reach: Reach): Promise<{ looked: number; changed: number }> {
      const { db, ownerId } = reach
      let looked = 0
      let changed = 0
      await change(reach, (tx) => audit.record(tx, entry(reach, 'category_rules.applied', 'all', {})))
      for (let after: { bookedOn: string; id: string } | undefined; ; ) {
        const rows = await listTransactions(db, { ownerId, withoutTransfers: true }, ROWS_PER_STEP, after)
        if (rows.length === 0) return { looked, changed }
        changed += await change(reach, (tx, now) => again(tx, reach, rows, now))
        looked += rows.filter(isOpen).length
        const last = rows.at(-1)!
        after = { bookedOn: last.booked_on, id: last.id }
      }
    },
    async categoriser(db: TenantDb): Promise<CategoriserState> {
      const active = await findCategoriser(db)
      const categoriser = active && (await categorising.categoriserOf(db))
      if (!active || !categoriser)
        return { modelVersion: null, trainedAt: null, examples: 0, applyFrom: null, metrics: {} }
      const applyFrom = applyFromOf(categoriser)
      return {
        modelVersion: active.version,
        trainedAt: new Date(active.trainedAt).toISOString(),
        examples: active.exampleCount,
        applyFrom: applyFrom > 1 ? null : applyFrom,
        metrics: { ...categoriser.metrics },
      }
    },
  }
}

const NOTHING = {
  category_id: null,
  categorised_by: null,
  confidence_ppm: null,
  needs_review: 0,
  suggestions: '[]',
} as const

/** Whether no person has decided yet. */
function isOpen({ categorised_by, split_count }: TransactionRow): boolean {
  return categorised_by !== 'person' && split_count === 0
}

function checkMatch(match: CategoryMatch): void {
  const { minMinor, maxMinor } = match
  if (Object.values(match).every((line) => line === undefined)) {
    throw refusal('match', 'must have at least one line, such as text or merchant')
  }
  if (minMinor !== undefined && maxMinor !== undefined && minMinor > maxMinor) {
    throw refusal('match.maxMinor', 'must not be below minMinor')
  }
}

function refusal(path: string, message: string): ProblemError {
  return new ProblemError('invalid_input', { errors: [{ path, message }] })
}

function presentRule(row: CategoryRuleRow): CategoryRule {
  return {
    id: row.id,
    ownerId: row.owner_id,
    match: JSON.parse(row.match) as CategoryMatch,
    categoryId: row.category_id,
    position: row.position,
    enabled: row.enabled === 1,
    updatedAt: new Date(row.updated_at).toISOString(),
  }
}
