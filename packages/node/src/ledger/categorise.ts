import { type Categoriser, decideCategory, loadCategoriser, trainCategoriser } from '@tillwright/core/brain'
import type { CategoryMatch } from '@tillwright/core/contract'
import { LRUCache } from 'lru-cache'
import type { TenantDb } from '../db/open.ts'
import type { AccountRow } from './accounts-store.ts'
import { listCategories } from './categories-store.ts'
import { correctionsSince, findCategoriser, readCategoriserFile } from './categoriser-store.ts'
import { exampleOf, inputOf } from './examples.ts'
import { fits } from './match-rule.ts'
import { listCategoryRules } from './rules-store.ts'
import type { TransactionRow } from './transactions-store.ts'

const CACHED_CATEGORISERS = 50
/** Corrections that count at once, before the next training. */
const MAX_CORRECTIONS = 2_000
/** With fewer held-out examples nothing is known of how sure is sure enough. */
const FEWEST_HELD_OUT = 20
const CAUTIOUS_APPLY_FROM = 0.9

interface Loaded {
  readonly version: string | null
  readonly categoriser: Categoriser
  /** Corrections up to here are learnt; those of that very millisecond by their ids. */
  learntThrough: number
  readonly learntThen: Set<string>
}

/** Chooses categories: rules first, then what the tenant's categoriser has learnt. */
export type Categorising = ReturnType<typeof categorising>

export function categorising() {
  const loaded = new LRUCache<number, Loaded>({ max: CACHED_CATEGORISERS })

  /** The tenant's categoriser, with every correction there is. */
  async function categoriserOf(tx: TenantDb): Promise<Categoriser> {
    const active = await findCategoriser(tx)
    let known = loaded.get(tx.tenantId)
    if (!known || known.version !== (active?.version ?? null)) {
      const file = (await readCategoriserFile(tx)) ?? trainCategoriser([])
      known = {
        version: active?.version ?? null,
        categoriser: loadCategoriser(file),
        learntThrough: active?.trainedAt ?? 0,
        learntThen: new Set(),
      }
      loaded.set(tx.tenantId, known)
    }
    for (const row of await correctionsSince(tx, known.learntThrough, MAX_CORRECTIONS)) {
      if (row.corrected_at! > known.learntThrough) known.learntThen.clear()
      known.learntThrough = row.corrected_at!
      const key = `${row.id} ${row.category_id}`
      if (known.learntThen.has(key)) continue
      known.learntThen.add(key)
      known.categoriser.learn(exampleOf(row))
    }
    return known.categoriser
  }

  /** New rows of an account, each with a category, with a question, or as it was. */
  async function categorise(
    tx: TenantDb,
    account: AccountRow,
    rows: readonly TransactionRow[],
  ): Promise<TransactionRow[]> {
    if (rows.length === 0) return []
    const visible = new Set(
      (await listCategories(tx, account.owner_id))
        .filter(({ owner_id }) => owner_id === null || owner_id === account.owner_id)
        .map(({ id }) => id),
    )
    if (visible.size === 0) return [...rows]
    const rules = (await listCategoryRules(tx, account.owner_id))
      .filter(({ enabled, category_id }) => enabled === 1 && visible.has(category_id))
      .map(({ match, category_id }) => ({ match: JSON.parse(match) as CategoryMatch, categoryId: category_id }))
    const categoriser = await categoriserOf(tx)
    return rows.map((row) => {
      const rule = rules.find(({ match }) => fits(match, row))
      return rule ? withCategory(row, rule.categoryId, 'rule', null) : guessed(row, categoriser, visible)
    })
  }

  return { categorise, categoriserOf }
}

/** A row as the categoriser sees it; only categories count that the account's owner can see. */
function guessed(row: TransactionRow, categoriser: Categoriser, visible: ReadonlySet<string>): TransactionRow {
  const answer = categoriser.categorise(inputOf(row))
  const alternatives = answer.alternatives.filter(({ category }) => visible.has(category))
  const [first] = alternatives
  if (!first) return row
  const applyFrom = applyFromOf(categoriser)
  const decision = decideCategory({ ...first, alternatives }, { applyFrom })
  if (decision.kind === 'apply') return withCategory(row, decision.category, 'model', first.confidence)
  if (decision.kind === 'leave') return row
  const suggestions = alternatives
    .slice(0, decision.categories.length)
    .map(({ category, confidence }) => ({ categoryId: category, confidence: Math.round(confidence * 1e6) / 1e6 }))
  return { ...row, needs_review: 1, suggestions: JSON.stringify(suggestions) }
}

/** From which confidence on a category applies itself. */
export function applyFromOf({ applyFrom, metrics }: Pick<Categoriser, 'applyFrom' | 'metrics'>): number {
  return (metrics.heldOut ?? 0) < FEWEST_HELD_OUT ? CAUTIOUS_APPLY_FROM : applyFrom
}

function withCategory(
  row: TransactionRow,
  categoryId: string,
  by: 'rule' | 'model',
  confidence: number | null,
): TransactionRow {
  return {
    ...row,
    category_id: categoryId,
    categorised_by: by,
    confidence_ppm: confidence === null ? null : Math.round(confidence * 1e6),
    needs_review: 0,
    suggestions: '[]',
  }
}
