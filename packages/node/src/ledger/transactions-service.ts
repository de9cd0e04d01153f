import {
  newId,
  type SavedFilter,
  type Transaction,
  type TransactionChange,
  type TransactionFilter,
  type TransactionInput,
  type TransactionSplit,
  type Transfer,
  type TransferInput,
} from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Clock, Random } from '../ports.ts'
import { entry, existingAccount, openAccount } from './accounts-service.ts'
import type { AccountRow } from './accounts-store.ts'
import { moveBalances } from './balances.ts'
import { dayOf } from './calendar.ts'
import { listCategories } from './categories-store.ts'
import { addFilter, deleteFilter, listFilters } from './filters-store.ts'
import { merchantKey, newTransaction } from './new-transaction.ts'
import { presentTransaction, presentTransactions } from './present-transaction.ts'
import type { Reach } from './reach.ts'
import { transactionQuery } from './transaction-query.ts'
import {
  deleteTransactions,
  findBySourceKey,
  findTransaction,
  insertTransactions,
  listTransactions,
  putSplits,
  sidesOf,
  splitsOf,
  type TransactionRow,
  type TransactionUpdate,
  updateTransaction,
} from './transactions-store.ts'

const MAX_FILTERS = 100

export interface TransactionsPorts {
  readonly clock: Clock
  readonly random: Random
  readonly audit: Pick<AuditService, 'record' | 'hold'>
  /** Puts new transactions of an account into categories, as far as rules and categoriser know. */
  readonly categorise: (tx: TenantDb, account: AccountRow, rows: readonly TransactionRow[]) => Promise<TransactionRow[]>
  /** Told in its transaction that a person chose a category. */
  readonly corrected: (tx: TenantDb) => Promise<void>
  /** Told of new transactions of an account, in their transaction. */
  readonly booked: (tx: TenantDb, account: AccountRow, rows: readonly TransactionRow[]) => Promise<void>
  /** Told of transactions that are about to go. */
  readonly removed: (tx: TenantDb, ids: readonly string[]) => Promise<void>
}

export type TransactionsService = ReturnType<typeof transactionsService>

export function transactionsService(ports: TransactionsPorts) {
  const { clock, random, audit } = ports

  /** A change of the ledger: alone in its tenant, from here to its end. */
  function change<T>({ db }: Reach, work: (tx: TenantDb, now: number) => Promise<T>): Promise<T> {
    return db.transaction(async (tx) => {
      await audit.hold(tx)
      return work(tx, clock())
    })
  }

  async function present(db: TenantDb, row: TransactionRow): Promise<Transaction> {
    return presentTransaction(row, (await splitsOf(db, row.split_count > 0 ? [row.id] : [])).get(row.id) ?? [])
  }

  /** Puts a new transaction on its account, with all that follows. */
  async function book(
    tx: TenantDb,
    reach: Reach,
    account: AccountRow,
    input: TransactionInput & { readonly transferId?: string },
    now: number,
  ): Promise<TransactionRow> {
    const { categoryId } = input
    const draft = {
      ...input,
      bookedOn: input.bookedOn ?? dayOf(now, reach.tenant.timeZone),
      sourceKey: input.externalId === undefined ? null : externalKey(input.externalId),
    }
    const fresh = newTransaction(newId('txn', clock, random), account, draft, now)
    if (categoryId) await existingCategory(tx, account.owner_id, categoryId)
    let row = fresh
    if (categoryId !== undefined) row = { ...fresh, ...chosen(categoryId, now) }
    else if (!input.transferId) [row = fresh] = await ports.categorise(tx, account, [fresh])
    await insertTransactions(tx, [row])
    await moveBalances(tx, [], [row], now)
    if (!input.transferId) await ports.booked(tx, account, [row])
    if (categoryId) await ports.corrected(tx)
    return row
  }

  async function existing(tx: TenantDb, reach: Reach, id: string): Promise<TransactionRow> {
    const row = await findTransaction(tx, reach.ownerId, id)
    if (!row) throw problem('not_found', `There is no transaction ${id}`)
    return row
  }

  return {
    async list(
      reach: Reach,
      { cursor, limit, ...filter }: TransactionFilter & { cursor?: string | undefined; limit: number },
    ) {
      const { db } = reach
      const place = cursor === undefined ? undefined : decodeCursor<[string, string]>(cursor, ['string', 'string'])
      const query = await transactionQuery(reach, filter)
      const after = place && { bookedOn: place[0], id: place[1] }
      const rows = await listTransactions(db, query, limit + 1, after)
      const shown = await presentTransactions(db, rows)
      return toPage(
        shown,
        limit,
        ({ bookedOn, id }) => [bookedOn, id],
        (each) => each,
      )
    },
    async get(reach: Reach, id: string): Promise<Transaction> {
      return present(reach.db, await existing(reach.db, reach, id))
    },
    create: (reach: Reach, input: TransactionInput): Promise<Transaction> =>
      change(reach, async (tx, now) => {
        const account = await openAccount(tx, reach.ownerId, input.accountId)
        const known = input.externalId && (await findBySourceKey(tx, account.id, externalKey(input.externalId)))
        if (known) {
          if (known.amount_minor === input.amountMinor) return present(tx, known)
          throw problem('conflict', `The account has another transaction with the externalId ${input.externalId}`)
        }
        const row = await book(tx, reach, account, input, now)
        await audit.record(tx, entry(reach, 'transaction.created', row.id, { account: account.id, source: row.source }))
        return present(tx, row)
      }),
    update: (reach: Reach, id: string, input: TransactionChange): Promise<Transaction> =>
      change(reach, async (tx, now) => {
        const before = await existing(tx, reach, id)
        refuseChange(before, input)
        const account = await existingAccount(tx, null, before.account_id)
        if (input.categoryId) await existingCategory(tx, account.owner_id, input.categoryId)
        const update = updateOf(before, input, now)
        const after = { ...before, ...update }
        await audit.record(tx, entry(reach, 'transaction.changed', id, { fields: Object.keys(input).sort().join(' ') }))
        await updateTransaction(tx, id, update, now)
        await moveBalances(tx, [before], [after], now)
        if (after.state === 'void' && before.state !== 'void') await ports.removed(tx, [id])
        if (input.categoryId) await ports.corrected(tx)
        return present(tx, { ...after, updated_at: now })
      }),
    remove: (reach: Reach, id: string): Promise<undefined> =>
      change(reach, async (tx, now) => {
        const row = await existing(tx, reach, id)
        const rows = row.transfer_id === null ? [row] : await sidesOf(tx, row.transfer_id)
        await audit.record(tx, entry(reach, 'transaction.removed', id, { account: row.account_id }))
        await ports.removed(
          tx,
          rows.map((each) => each.id),
        )
        await moveBalances(tx, rows, [], now)
        // What would come again from where it came from stays, as something that does not count.
        const kept = rows.some(({ source_key }) => source_key !== null)
        if (kept) for (const each of rows) await updateTransaction(tx, each.id, { state: 'void', needs_review: 0 }, now)
        else {
          await deleteTransactions(
            tx,
            rows.map((each) => each.id),
          )
        }
        return undefined
      }),
    split: (reach: Reach, id: string, splits: readonly TransactionSplit[]): Promise<Transaction> =>
      change(reach, async (tx, now) => {
        const row = await existing(tx, reach, id)
        if (row.transfer_id !== null) throw problem('conflict', 'A transfer is in no category, and has no parts')
        refuseParts(row, splits)
        const account = await existingAccount(tx, null, row.account_id)
        const categories = new Set(splits.map(({ categoryId }) => categoryId).filter((each) => each !== null))
        for (const categoryId of categories) await existingCategory(tx, account.owner_id, categoryId)
        await audit.record(tx, entry(reach, 'transaction.split', id, { parts: splits.length }))
        await putSplits(
          tx,
          id,
          splits.map(({ categoryId, amountMinor, note }, i) => ({
            transaction_id: id,
            line_no: i + 1,
            category_id: categoryId,
            amount_minor: amountMinor,
            note: note || null,
          })),
        )
        const whole = splits.length === 0 ? {} : { ...chosen(null, now), corrected_at: null }
        await updateTransaction(tx, id, { split_count: splits.length, ...whole }, now)
        return present(tx, await existing(tx, reach, id))
      }),
    transfer: (reach: Reach, input: TransferInput): Promise<Transfer> =>
      change(reach, async (tx, now) => {
        const from = await openAccount(tx, reach.ownerId, input.fromAccountId)
        const to = await openAccount(tx, reach.ownerId, input.toAccountId)
        const arrives = arrivingMinor(from, to, input)
        const known = input.externalId && (await findBySourceKey(tx, from.id, externalKey(input.externalId)))
        if (known) {
          const [out, into] = known.transfer_id === null ? [] : await sidesOf(tx, known.transfer_id)
          const isSame =
            out?.amount_minor === -input.amountMinor && into?.account_id === to.id && into.amount_minor === arrives
          if (!isSame)
            throw problem('conflict', `The account has something else with the externalId ${input.externalId}`)
          return { id: known.transfer_id!, from: await present(tx, out), to: await present(tx, into) }
        }
        const id = newId('trf', clock, random)
        await audit.record(tx, entry(reach, 'transfer.created', id, { from: from.id, to: to.id }))
        const side = (account: AccountRow, amountMinor: number, words: string): Promise<TransactionRow> => {
          const { bookedOn, note, externalId, description = words } = input
          const more = { ...(bookedOn ? { bookedOn } : {}), ...(externalId ? { externalId } : {}), note: note ?? null }
          const whole = { accountId: account.id, amountMinor, description, state: 'posted', source: 'manual' } as const
          return book(tx, reach, account, { ...whole, ...more, transferId: id }, now)
        }
        const out = await side(from, -input.amountMinor, `To ${to.name}`)
        const into = await side(to, arrives, `From ${from.name}`)
        return { id, from: await present(tx, out), to: await present(tx, into) }
      }),
    async filters({ db, holder }: Reach): Promise<SavedFilter[]> {
      return (await listFilters(db, holder)).map(({ id, name, filter }) => ({
        id,
        name,
        filter: JSON.parse(filter) as TransactionFilter,
      }))
    },
    async saveFilter({ db, holder }: Reach, name: string, filter: TransactionFilter): Promise<SavedFilter> {
      return db.transaction(async (tx) => {
        if ((await listFilters(tx, holder)).length >= MAX_FILTERS) {
          throw problem('conflict', `At most ${MAX_FILTERS} filters are kept: remove one`)
        }
        const id = newId('flt', clock, random)
        await addFilter(tx, holder, { id, name, filter: JSON.stringify(filter) })
        return { id, name, filter }
      })
    },
    async removeFilter({ db, holder }: Reach, id: string): Promise<undefined> {
      if (!(await db.transaction((tx) => deleteFilter(tx, holder, id)))) {
        throw problem('not_found', `There is no filter ${id}`)
      }
    },
    /** Marks within a change that is under way. */
    existing,
  }
}

/** Throws `not_found` where the owner of an account cannot see the category. */
export async function existingCategory(db: TenantDb, ownerId: string | null, id: string): Promise<void> {
  const categories = await listCategories(db, ownerId)
  // The shop's accounts take the tenant's categories, not somebody's own.
  const found = categories.find((each) => each.id === id && (each.owner_id === null || each.owner_id === ownerId))
  if (!found) throw problem('not_found', `There is no category ${id}`)
}

function externalKey(externalId: string): string {
  return `ext:${externalId}`
}

/** A category that a person chose: no more questions. */
function chosen(categoryId: string | null, now: number) {
  return {
    category_id: categoryId,
    categorised_by: 'person',
    confidence_ppm: null,
    needs_review: 0,
    suggestions: '[]',
    corrected_at: categoryId === null ? null : now,
  } as const
}

function refuseChange(row: TransactionRow, { amountMinor, state, categoryId }: TransactionChange): void {
  const isOther = amountMinor !== undefined && amountMinor !== row.amount_minor
  if (row.transfer_id !== null && (isOther || (state !== undefined && state !== row.state) || categoryId)) {
    throw problem('conflict', 'One side of a transfer is what the other is: remove it, and make another')
  }
  if (isOther && row.source !== 'manual' && row.source !== 'receipt') {
    throw problem('conflict', `The amount is what the ${row.source} says: make it void, or split it`)
  }
  if ((isOther || categoryId) && row.split_count > 0) {
    throw problem('conflict', 'The transaction has parts: put it together first, with no splits')
  }
}

function updateOf(before: TransactionRow, input: TransactionChange, now: number): TransactionUpdate {
  const words = {
    description: input.description ?? before.description,
    merchant: input.merchant === undefined ? before.merchant : input.merchant || null,
    counterparty: input.counterparty === undefined ? before.counterparty : input.counterparty || null,
  }
  const isVoid = input.state === 'void'
  return {
    ...words,
    merchant_key: merchantKey(words),
    ...(input.amountMinor === undefined ? {} : { amount_minor: input.amountMinor }),
    ...(input.bookedOn === undefined ? {} : { booked_on: input.bookedOn }),
    ...(input.valuedOn === undefined ? {} : { valued_on: input.valuedOn }),
    ...(input.state === undefined ? {} : { state: input.state }),
    ...(input.note === undefined ? {} : { note: input.note || null }),
    ...(input.attachments === undefined ? {} : { attachments: JSON.stringify(input.attachments) }),
    ...(isVoid ? { needs_review: 0 } : {}),
    ...(input.categoryId === undefined ? {} : chosen(input.categoryId, now)),
  }
}

function refuseParts(row: TransactionRow, splits: readonly TransactionSplit[]): void {
  if (splits.length === 0) return
  if (splits.length === 1) throw refusal('splits', 'must be none, or at least two')
  const sum = splits.reduce((total, { amountMinor }) => total + amountMinor, 0)
  if (sum !== row.amount_minor) throw refusal('splits', `must add up to ${row.amount_minor}, and add up to ${sum}`)
}

/** What arrives on the other account. */
function arrivingMinor(from: AccountRow, to: AccountRow, { amountMinor, toAmountMinor }: TransferInput): number {
  if (from.id === to.id) throw refusal('toAccountId', 'must be another account')
  if (from.owner_id !== to.owner_id) throw problem('conflict', 'A transfer is between accounts of one owner')
  if (from.currency !== to.currency) {
    if (toAmountMinor === undefined) throw refusal('toAmountMinor', `must say what arrives, in ${to.currency}`)
    return toAmountMinor
  }
  if (toAmountMinor !== undefined && toAmountMinor !== amountMinor) {
    throw refusal('toAmountMinor', `must be left out between two accounts in ${to.currency}`)
  }
  return amountMinor
}

function refusal(path: string, message: string): ProblemError {
  return new ProblemError('invalid_input', { errors: [{ path, message }] })
}
