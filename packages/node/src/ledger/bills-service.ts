import { merchantName } from '@tillwright/core/brain'
import { type Bill, type BillChange, type BillInput, newId } from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { TenantDb } from '../db/open.ts'
import { problem } from '../http/problem-error.ts'
import type { JobContext } from '../jobs/runner.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { Clock, Random } from '../ports.ts'
import { entry, existingAccount } from './accounts-service.ts'
import type { AccountRow } from './accounts-store.ts'
import {
  activeBills,
  type BillPaymentRow,
  type BillRow,
  deleteBill,
  findBill,
  insertBill,
  insertPayment,
  listBills,
  paymentsOf,
  paymentsSince,
  removePaymentsBy,
  updateBill,
} from './bills-store.ts'
import { addDays, dayOf, nextDueDay } from './calendar.ts'
import { decimal } from './export-service.ts'
import { pays } from './match-bill.ts'
import type { Reach } from './reach.ts'
import { findRecurring } from './recurring.ts'
import { existingCategory } from './transactions-service.ts'
import { findTransaction, type TransactionRow } from './transactions-store.ts'

export const BILL_REMINDER = 'ledger.bill-reminder'

const MAX_BILLS = 500
const SHOWN_PAYMENTS = 12
/** How far back payments are looked at for what comes back: two of what comes once a year. */
const LOOK_BACK_DAYS = 800
const MAX_PAYMENTS = 20_000
const DAY_MS = 86_400_000
/** Reminders go out in the morning, by UTC. */
const REMINDER_HOUR_MS = 8 * 3_600_000

/** A mail that reminds of a bill, in words that are the same in every language. */
export interface BillReminder {
  readonly name: string
  /** `12.50 GBP` */
  readonly amount: string
  /** `2026-03-31` */
  readonly dueOn: string
}

export interface BillsPorts {
  readonly clock: Clock
  readonly random: Random
  readonly audit: Pick<AuditService, 'record' | 'hold'>
  readonly enqueue: Enqueue
  /** Mails the owner of a bill: a person, or (`null`) those who own the shop. */
  readonly remind: (tx: TenantDb, ownerId: string | null, reminder: BillReminder) => Promise<void>
}

export type BillsService = ReturnType<typeof billsService>

export function billsService({ clock, random, audit, enqueue, remind }: BillsPorts) {
  function change<T>({ db }: Reach, work: (tx: TenantDb, now: number) => Promise<T>): Promise<T> {
    return db.transaction(async (tx) => {
      await audit.hold(tx)
      return work(tx, clock())
    })
  }

  async function existing(db: TenantDb, { ownerId }: Pick<Reach, 'ownerId'>, id: string): Promise<BillRow> {
    const row = await findBill(db, ownerId, id)
    if (!row) throw problem('not_found', `There is no bill ${id}`)
    return row
  }

  /** Queues the reminder of what is due, for the morning that it says. */
  async function remindLater(tx: TenantDb, bill: BillRow): Promise<void> {
    const { id, next_due_on: dueOn, remind_days_before: days } = bill
    if (bill.state !== 'active' || dueOn === null || days === null) return
    const dueAt = Date.parse(`${dueOn}T00:00:00Z`)
    const now = clock()
    if (dueAt + DAY_MS <= now) return
    const delayMs = Math.max(0, dueAt - days * DAY_MS + REMINDER_HOUR_MS - now)
    await enqueue(tx, BILL_REMINDER, { billId: id, dueOn }, { dedupeKey: `${BILL_REMINDER}:${id}:${dueOn}`, delayMs })
  }

  /** Marks what is due as paid; what comes next is due from then on. */
  async function markPaid(
    tx: TenantDb,
    bill: BillRow,
    paidOn: string,
    transactionId: string | null,
    now: number,
  ): Promise<BillRow> {
    const due_on = bill.next_due_on!
    await insertPayment(tx, { bill_id: bill.id, due_on, paid_on: paidOn, transaction_id: transactionId })
    const next_due_on = nextDueDay(due_on, bill.every, bill.due_day)
    const state =
      next_due_on === null ? ('ended' as const) : bill.state === 'suggested' ? ('active' as const) : bill.state
    const after = { ...bill, next_due_on, state, updated_at: now }
    await updateBill(tx, bill.id, { next_due_on, state, updated_at: now })
    await remindLater(tx, after)
    return after
  }

  async function present(db: TenantDb, rows: readonly BillRow[]): Promise<Bill[]> {
    const payments = Map.groupBy(
      await paymentsOf(
        db,
        rows.map(({ id }) => id),
      ),
      ({ bill_id }) => bill_id,
    )
    return rows.map((row) => presentBill(row, payments.get(row.id) ?? []))
  }

  async function one(db: TenantDb, row: BillRow): Promise<Bill> {
    return (await present(db, [row]))[0]!
  }

  async function refuseUnknown(tx: TenantDb, ownerId: string | null, input: BillChange): Promise<void> {
    if (input.accountId) await existingAccount(tx, ownerId, input.accountId)
    if (input.categoryId) await existingCategory(tx, ownerId, input.categoryId)
  }

  async function refuseMore(tx: TenantDb, ownerId: string | null): Promise<void> {
    if ((await listBills(tx, { ownerId })).length >= MAX_BILLS) {
      throw problem('conflict', `There are at most ${MAX_BILLS} bills: remove one that has ended`)
    }
  }

  return {
    async list({ db, ownerId }: Reach, filter: { state?: BillRow['state'] | undefined; dueBy?: string | undefined }) {
      return present(db, await listBills(db, { ownerId, ...filter }))
    },
    async get(reach: Reach, id: string): Promise<Bill> {
      return one(reach.db, await existing(reach.db, reach, id))
    },
    create: (reach: Reach, input: BillInput): Promise<Bill> =>
      change(reach, async (tx, now) => {
        await refuseUnknown(tx, reach.ownerId, input)
        await refuseMore(tx, reach.ownerId)
        const row: BillRow = {
          id: newId('bil', clock, random),
          owner_id: reach.ownerId,
          name: input.name,
          merchant_key: billKey(input.name),
          amount_minor: input.amountMinor,
          currency: input.currency,
          tolerance_percent: input.tolerancePercent,
          every: input.every,
          due_day: Number(input.nextDueOn.slice(8)),
          next_due_on: input.nextDueOn,
          account_id: input.accountId ?? null,
          category_id: input.categoryId ?? null,
          remind_days_before: input.remindDaysBefore,
          reminded_for: null,
          state: 'active',
          source: 'entered',
          created_at: now,
          updated_at: now,
        }
        await audit.record(tx, entry(reach, 'bill.created', row.id, { every: row.every }))
        await insertBill(tx, row)
        await remindLater(tx, row)
        return one(tx, row)
      }),
    update: (reach: Reach, id: string, input: BillChange): Promise<Bill> =>
      change(reach, async (tx, now) => {
        const before = await existing(tx, reach, id)
        await refuseUnknown(tx, before.owner_id, input)
        await audit.record(tx, entry(reach, 'bill.changed', id, {}))
        const update = {
          ...(input.name === undefined ? {} : { name: input.name, merchant_key: billKey(input.name) }),
          ...(input.amountMinor === undefined ? {} : { amount_minor: input.amountMinor }),
          ...(input.tolerancePercent === undefined ? {} : { tolerance_percent: input.tolerancePercent }),
          ...(input.every === undefined ? {} : { every: input.every }),
          ...(input.nextDueOn === undefined
            ? {}
            : { next_due_on: input.nextDueOn, due_day: Number(input.nextDueOn.slice(8)) }),
          ...(input.accountId === undefined ? {} : { account_id: input.accountId }),
          ...(input.categoryId === undefined ? {} : { category_id: input.categoryId }),
          ...(input.remindDaysBefore === undefined ? {} : { remind_days_before: input.remindDaysBefore }),
          ...(input.state === undefined ? {} : { state: input.state }),
          updated_at: now,
        }
        await updateBill(tx, id, update)
        const after = { ...before, ...update }
        await remindLater(tx, after)
        return one(tx, after)
      }),
    remove: (reach: Reach, id: string): Promise<undefined> =>
      change(reach, async (tx) => {
        await existing(tx, reach, id)
        await audit.record(tx, entry(reach, 'bill.removed', id, {}))
        await deleteBill(tx, id)
        return undefined
      }),
    /** What is found and not known yet becomes a suggestion. */
    detect: (reach: Reach): Promise<Bill[]> =>
      change(reach, async (tx, now) => {
        const { ownerId } = reach
        const today = dayOf(now, reach.tenant.timeZone)
        const payments = await paymentsSince(tx, ownerId, addDays(today, -LOOK_BACK_DAYS), MAX_PAYMENTS)
        const all = await listBills(tx, { ownerId })
        const known = new Set(
          all.filter(({ owner_id }) => owner_id === ownerId).map((bill) => `${bill.merchant_key} ${bill.currency}`),
        )
        const fresh = findRecurring(payments, today)
          .filter(({ merchantKey, currency }) => !known.has(`${merchantKey} ${currency}`))
          .slice(0, Math.max(0, MAX_BILLS - all.length))
          .map(
            (found): BillRow => ({
              id: newId('bil', clock, random),
              owner_id: ownerId,
              name: found.name,
              merchant_key: found.merchantKey,
              amount_minor: found.amountMinor,
              currency: found.currency,
              tolerance_percent: Math.min(100, found.tolerancePercent),
              every: found.every,
              due_day: found.dueDay,
              next_due_on: found.nextDueOn,
              account_id: found.accountId,
              category_id: found.categoryId,
              remind_days_before: 3,
              reminded_for: null,
              state: 'suggested',
              source: 'detected',
              created_at: now,
              updated_at: now,
            }),
          )
        await audit.record(tx, entry(reach, 'bills.detected', 'all', { found: fresh.length }))
        for (const row of fresh) await insertBill(tx, row)
        return present(tx, fresh)
      }),
    pay: (
      reach: Reach,
      id: string,
      { transactionId, paidOn }: { transactionId?: string | undefined; paidOn?: string | undefined },
    ): Promise<Bill> =>
      change(reach, async (tx, now) => {
        const bill = await existing(tx, reach, id)
        if (bill.next_due_on === null) throw problem('conflict', 'Nothing is due any more')
        const row = transactionId && (await findTransaction(tx, reach.ownerId, transactionId))
        if (transactionId && !row) throw problem('not_found', `There is no transaction ${transactionId}`)
        await audit.record(tx, entry(reach, 'bill.paid', id, { dueOn: bill.next_due_on }))
        const day = paidOn ?? (row ? row.booked_on : dayOf(now, reach.tenant.timeZone))
        return one(tx, await markPaid(tx, bill, day, transactionId ?? null, now))
      }),
    /** Marks the bills as paid that new transactions of an account pay, in their transaction; the earliest first. */
    async booked(tx: TenantDb, account: AccountRow, rows: readonly TransactionRow[]): Promise<void> {
      if (!rows.some(({ amount_minor }) => amount_minor < 0)) return
      let bills = await activeBills(tx, account.owner_id)
      for (const row of rows.toSorted((a, b) => (a.booked_on < b.booked_on ? -1 : 1))) {
        const bill = bills.find((each) => pays(row, each))
        if (!bill) continue
        const after = await markPaid(tx, bill, row.booked_on, row.id, clock())
        bills = bills.map((each) => (each.id === bill.id ? after : each))
      }
    },
    /** Makes due again what was paid by transactions that go. */
    async removed(tx: TenantDb, transactionIds: readonly string[]): Promise<void> {
      for (const { bill_id, due_on } of await removePaymentsBy(tx, transactionIds)) {
        const bill = await findBill(tx, null, bill_id)
        if (!bill || (bill.next_due_on !== null && bill.next_due_on <= due_on)) continue
        const state = bill.state === 'ended' && bill.next_due_on === null ? 'active' : bill.state
        await updateBill(tx, bill_id, { next_due_on: due_on, state, updated_at: clock() })
      }
    },
    /** The work of a reminder: a mail where the same is still due, once. */
    async reminder({ billId, dueOn }: { billId: string; dueOn: string }, { db }: JobContext): Promise<object> {
      return db.transaction(async (tx) => {
        const bill = await findBill(tx, null, billId)
        const isDue = bill?.state === 'active' && bill.next_due_on === dueOn && bill.remind_days_before !== null
        if (!bill || !isDue || bill.reminded_for === dueOn) return { sent: false }
        await updateBill(tx, billId, { reminded_for: dueOn })
        const amount = `${decimal(bill.amount_minor, bill.currency)} ${bill.currency}`
        await remind(tx, bill.owner_id, { name: bill.name, amount, dueOn })
        return { sent: true }
      })
    },
  }
}

function billKey(name: string): string {
  return merchantName(name) || name.toLowerCase()
}

function presentBill(row: BillRow, payments: readonly BillPaymentRow[]): Bill {
  return {
    id: row.id,
    ownerId: row.owner_id,
    name: row.name,
    amount: { amount: row.amount_minor, currency: row.currency },
    tolerancePercent: row.tolerance_percent,
    every: row.every,
    nextDueOn: row.next_due_on,
    accountId: row.account_id,
    categoryId: row.category_id,
    remindDaysBefore: row.remind_days_before,
    state: row.state,
    source: row.source,
    payments: payments.slice(0, SHOWN_PAYMENTS).map(({ due_on, paid_on, transaction_id }) => ({
      dueOn: due_on,
      paidOn: paid_on,
      transactionId: transaction_id,
    })),
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  }
}
