import type { BillInterval } from '@tillwright/core/contract'
import type { BillRow } from './bills-store.ts'
import { daysBetween } from './calendar.ts'
import type { TransactionRow } from './transactions-store.ts'

/** How many days before or behind the due day a payment may be and still be that one's. */
const AROUND_DAYS: Readonly<Record<BillInterval, number>> = {
  once: 60,
  week: 3,
  'two-weeks': 6,
  month: 14,
  quarter: 40,
  year: 60,
}

/** Whether a transaction is the payment of what is due. */
export function pays(
  row: Pick<TransactionRow, 'amount_minor' | 'currency' | 'merchant_key' | 'account_id' | 'booked_on' | 'state'>,
  bill: BillRow,
): boolean {
  if (bill.state !== 'active' || bill.next_due_on === null || row.state === 'void') return false
  if (row.amount_minor >= 0 || row.currency !== bill.currency || row.merchant_key !== bill.merchant_key) return false
  if (bill.account_id !== null && bill.account_id !== row.account_id) return false
  const away = Math.abs(-row.amount_minor - bill.amount_minor)
  if (away * 100 > bill.amount_minor * bill.tolerance_percent) return false
  return Math.abs(daysBetween(bill.next_due_on, row.booked_on)) <= AROUND_DAYS[bill.every]
}
