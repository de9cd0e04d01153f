import { newId } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import type { JobContext } from '../jobs/runner.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { Clock, Random } from '../ports.ts'
import { type AccountRow, findShopAccount, insertAccount } from './accounts-store.ts'
import { moveBalances } from './balances.ts'
import { dayOf } from './calendar.ts'
import { newTransaction } from './new-transaction.ts'
import { progressOf, rowsBySourceKey, setProgress } from './orders-store.ts'
import { insertTransactions, type TransactionRow, updateTransaction } from './transactions-store.ts'

export const LEDGER_ORDERS = 'ledger.orders'

const ORDERS_PER_STEP = 500
const PROGRESS = 'orders'
/** An order may reach the database a while after the time it carries: those that were written shortly before are looked at again. */
const OVERLAP_MS = 10 * 60_000

/** An order, as far as the ledger goes. */
export interface SoldOrder {
  /** Grows with each new order. */
  readonly key: number
  readonly id: string
  /** ms since 1970. */
  readonly placedAt: number
  readonly currency: string
  /** Negative where pieces came back. */
  readonly totalMinor: number
}

export interface OrdersJobPorts {
  readonly clock: Clock
  readonly random: Random
  /** Orders written since an instant, by their keys, after one. */
  readonly ordersSince: (db: TenantDb, since: number, afterKey: number, limit: number) => Promise<SoldOrder[]>
}

/** Queues what follows a change of orders, in its transaction: it happens if they do. */
export async function takeOrdersSoon(enqueue: Enqueue, tx: TenantDb): Promise<void> {
  await enqueue(tx, LEDGER_ORDERS, {}, { lane: LEDGER_ORDERS, dedupeKey: LEDGER_ORDERS })
}

/**
 * Takes the shop's orders over as transactions of its own accounts, one account for each currency. Doing it again changes nothing; the first
 * time it takes all there are.
 */
export function ordersJob({ clock, random, ordersSince }: OrdersJobPorts) {
  async function shopAccount(tx: TenantDb, currency: string, now: number): Promise<AccountRow> {
    const known = await findShopAccount(tx, currency)
    if (known) return known
    const account: AccountRow = {
      id: newId('acc', clock, random),
      owner_id: null,
      kind: 'shop',
      name: `Orders (${currency})`,
      currency,
      number: null,
      number_key: null,
      institution: null,
      opening_minor: 0,
      balance_minor: 0,
      pending_minor: 0,
      archived: 0,
      created_at: now,
      updated_at: now,
    }
    await insertAccount(tx, account)
    return account
  }

  async function take(tx: TenantDb, orders: readonly SoldOrder[], timeZone: string): Promise<void> {
    const now = clock()
    for (const [currency, own] of Map.groupBy(orders, (order) => order.currency)) {
      const account = await shopAccount(tx, currency, now)
      const known = await rowsBySourceKey(
        tx,
        account.id,
        own.map(({ id }) => keyOf(id)),
      )
      const added: TransactionRow[] = []
      const before: TransactionRow[] = []
      const after: TransactionRow[] = []
      for (const { id, placedAt, totalMinor } of own) {
        const bookedOn = dayOf(placedAt, timeZone)
        const row = known.get(keyOf(id))
        if (!row) {
          const draft = {
            bookedOn,
            amountMinor: totalMinor,
            description: `Order ${id}`,
            state: 'posted',
            source: 'order',
            externalId: id,
            sourceKey: keyOf(id),
          } as const
          // Orders have no merchant to be known by: they are all the shop's.
          added.push({ ...newTransaction(newId('txn', clock, random), account, draft, now), merchant_key: '' })
        } else if (row.amount_minor !== totalMinor || row.booked_on !== bookedOn) {
          const change = { amount_minor: totalMinor, booked_on: bookedOn }
          await updateTransaction(tx, row.id, change, now)
          before.push(row)
          after.push({ ...row, ...change })
        }
      }
      await insertTransactions(tx, added)
      await moveBalances(tx, before, [...after, ...added], now)
    }
  }

  return async (_payload: object, { db, tenant }: JobContext): Promise<object> => {
    const startedAt = clock()
    const since = (await progressOf(db, PROGRESS)) - OVERLAP_MS
    let taken = 0
    for (let afterKey = -1; ; ) {
      const orders = await ordersSince(db, since, afterKey, ORDERS_PER_STEP)
      if (orders.length === 0) break
      await db.transaction((tx) => take(tx, orders, tenant.timeZone))
      taken += orders.length
      afterKey = orders.at(-1)!.key
    }
    await db.transaction((tx) => setProgress(tx, PROGRESS, startedAt))
    return { orders: taken }
  }
}

function keyOf(orderId: string): string {
  return `ord:${orderId}`
}
