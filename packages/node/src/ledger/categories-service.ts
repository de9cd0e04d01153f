import {
  type Category,
  type CategoryBudget,
  type CategoryInput,
  MAX_CATEGORIES,
  MAX_CATEGORY_DEPTH,
  newId,
} from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { TenantDb } from '../db/open.ts'
import { problem } from '../http/problem-error.ts'
import type { Clock, Random } from '../ports.ts'
import { entry } from './accounts-service.ts'
import { dayOf, lastDayOf, monthOf } from './calendar.ts'
import {
  type BudgetRow,
  type CategoryRow,
  deleteBudget,
  deleteCategory,
  insertCategory,
  listBudgets,
  listCategories,
  putBudget,
  updateCategory,
} from './categories-store.ts'
import { depthOf, withDescendants } from './category-tree.ts'
import type { Reach } from './reach.ts'
import { type SummaryRow, summarise } from './transactions-store.ts'

export interface CategoriesPorts {
  readonly clock: Clock
  readonly random: Random
  readonly audit: Pick<AuditService, 'record' | 'hold'>
}

export type CategoriesService = ReturnType<typeof categoriesService>

export function categoriesService({ clock, random, audit }: CategoriesPorts) {
  function change<T>({ db }: Reach, work: (tx: TenantDb, now: number) => Promise<T>): Promise<T> {
    return db.transaction(async (tx) => {
      await audit.hold(tx)
      return work(tx, clock())
    })
  }

  /** Whose budgets are meant: a person's own, or the shop's. */
  const ownerKey = ({ ownerId }: Reach) => ownerId ?? ''

  async function spentIn(reach: Reach, month: string): Promise<SummaryRow[]> {
    const { db, ownerId } = reach
    return summarise(db, 'category', {
      ownerId,
      only: ownerId === null ? 'shop' : undefined,
      from: `${month}-01`,
      to: lastDayOf(month),
      withoutTransfers: true,
    })
  }

  async function presentBudgets(reach: Reach, rows: readonly BudgetRow[], month: string): Promise<CategoryBudget[]> {
    const categories = await listCategories(reach.db, reach.ownerId)
    const names = new Map(categories.map(({ id, name }) => [id, name]))
    const spent = await spentIn(reach, month)
    return rows
      .filter(({ category_id }) => names.has(category_id))
      .map((row) => {
        const below = new Set(withDescendants(categories, row.category_id))
        const spentMinor = spent
          .filter(({ key, currency }) => key !== null && below.has(key) && currency === row.currency)
          .reduce((sum, { inMinor, outMinor }) => sum + outMinor - inMinor, 0)
        return {
          categoryId: row.category_id,
          name: names.get(row.category_id)!,
          currency: row.currency,
          month: row.month || null,
          budgetMinor: row.amount_minor,
          spentMinor,
          leftMinor: row.amount_minor - spentMinor,
        }
      })
  }

  const thisMonth = ({ tenant }: Reach) => monthOf(dayOf(clock(), tenant.timeZone))

  return {
    async list({ db, ownerId }: Reach): Promise<Category[]> {
      return (await listCategories(db, ownerId)).map(presentCategory)
    },
    create: (reach: Reach, input: CategoryInput): Promise<Category> =>
      change(reach, async (tx, now) => {
        const categories = await listCategories(tx, reach.ownerId)
        if (categories.length >= MAX_CATEGORIES) {
          throw problem('conflict', `There are at most ${MAX_CATEGORIES} categories: remove one that is not used`)
        }
        const row: CategoryRow = {
          id: newId('cat', clock, random),
          owner_id: reach.ownerId,
          parent_id: input.parentId ?? null,
          name: input.name,
          icon: input.icon || null,
          created_at: now,
          updated_at: now,
        }
        refuseParent(row, categories)
        await audit.record(tx, entry(reach, 'category.created', row.id, {}))
        await insertCategory(tx, row)
        return presentCategory(row)
      }),
    update: (reach: Reach, id: string, input: Partial<CategoryInput>): Promise<Category> =>
      change(reach, async (tx, now) => {
        const { row, categories } = await ownCategory(tx, reach, id)
        const update = {
          ...(input.name === undefined ? {} : { name: input.name }),
          ...(input.icon === undefined ? {} : { icon: input.icon || null }),
          ...(input.parentId === undefined ? {} : { parent_id: input.parentId }),
        }
        const after = { ...row, ...update, updated_at: now }
        refuseParent(after, categories)
        await audit.record(tx, entry(reach, 'category.changed', id, {}))
        await updateCategory(tx, id, update, now)
        return presentCategory(after)
      }),
    remove: (reach: Reach, id: string, moveTo: string | undefined): Promise<undefined> =>
      change(reach, async (tx, now) => {
        const { row, categories } = await ownCategory(tx, reach, id)
        if (moveTo === id) throw problem('conflict', 'What is in a category that goes has to go to another')
        const target = moveTo === undefined ? null : categories.find((each) => each.id === moveTo)
        // What everybody can see goes nowhere that is one person's.
        if (target === undefined || (target && row.owner_id === null && target.owner_id !== null)) {
          throw problem('not_found', `There is no category ${moveTo}`)
        }
        await audit.record(tx, entry(reach, 'category.removed', id, { moveTo: moveTo ?? null }))
        await deleteCategory(tx, row, moveTo ?? null, now)
        return undefined
      }),
    async budgets(reach: Reach, month = thisMonth(reach)): Promise<{ month: string; items: CategoryBudget[] }> {
      const rows = await listBudgets(reach.db, ownerKey(reach), month)
      // Those of the month come first: they stand in for what holds in every month.
      const seen = new Set<string>()
      const holding = rows.filter(({ category_id, currency }) => {
        const key = `${category_id} ${currency}`
        return !seen.has(key) && seen.add(key)
      })
      return { month, items: await presentBudgets(reach, holding, month) }
    },
    async setBudget(
      reach: Reach,
      id: string,
      { amountMinor, currency, month }: { amountMinor: number; currency: string; month?: string | undefined },
    ): Promise<CategoryBudget> {
      const row = {
        owner_key: ownerKey(reach),
        category_id: id,
        currency,
        month: month ?? '',
        amount_minor: amountMinor,
      }
      await change(reach, async (tx) => {
        await visibleCategory(tx, reach, id)
        await audit.record(tx, entry(reach, 'category.budget_set', id, { month: month ?? null }))
        await putBudget(tx, row)
      })
      return (await presentBudgets(reach, [row], month ?? thisMonth(reach)))[0]!
    },
    removeBudget: (
      reach: Reach,
      id: string,
      { currency = reach.tenant.currency, month }: { currency?: string | undefined; month?: string | undefined },
    ): Promise<undefined> =>
      change(reach, async (tx) => {
        await visibleCategory(tx, reach, id)
        await audit.record(tx, entry(reach, 'category.budget_removed', id, { month: month ?? null }))
        const row = { owner_key: ownerKey(reach), category_id: id, currency, month: month ?? '' }
        if (!(await deleteBudget(tx, row))) throw problem('not_found', `There is no such budget of ${id}`)
        return undefined
      }),
  }
}

async function visibleCategory(
  db: TenantDb,
  { ownerId }: Reach,
  id: string,
): Promise<{ row: CategoryRow; categories: CategoryRow[] }> {
  const categories = await listCategories(db, ownerId)
  const row = categories.find((each) => each.id === id)
  if (!row) throw problem('not_found', `There is no category ${id}`)
  return { row, categories }
}

/** One that the caller may change: of the tenant's, only those who may change everything. */
async function ownCategory(db: TenantDb, reach: Reach, id: string) {
  const found = await visibleCategory(db, reach, id)
  if (reach.ownerId !== null && found.row.owner_id !== reach.ownerId) {
    throw problem('forbidden', 'The category is everybody’s: changing it needs ledger:write')
  }
  return found
}

function refuseParent(row: CategoryRow, categories: readonly CategoryRow[]): void {
  const { id, parent_id } = row
  if (parent_id === null) return
  const parent = categories.find((each) => each.id === parent_id)
  if (!parent || (row.owner_id === null && parent.owner_id !== null)) {
    throw problem('not_found', `There is no category ${parent_id}`)
  }
  const tree = [...categories.filter((each) => each.id !== id), row]
  const deepest = Math.max(...withDescendants(tree, id).map((each) => depthOf(tree, each)))
  if (deepest === Number.POSITIVE_INFINITY) throw problem('conflict', 'A category cannot be below itself')
  if (deepest > MAX_CATEGORY_DEPTH) throw problem('conflict', `Categories nest at most ${MAX_CATEGORY_DEPTH} deep`)
}

function presentCategory(row: CategoryRow): Category {
  return {
    id: row.id,
    ownerId: row.owner_id,
    parentId: row.parent_id,
    name: row.name,
    icon: row.icon,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  }
}
