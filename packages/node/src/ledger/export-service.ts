import { minorDigits } from '@tillwright/core/brain'
import type { TransactionFilter } from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import { csvRow } from '../security/csv.ts'
import { entry } from './accounts-service.ts'
import { listAccounts } from './accounts-store.ts'
import { listCategories } from './categories-store.ts'
import type { Reach } from './reach.ts'
import { transactionQuery } from './transaction-query.ts'
import { listTransactions, type TransactionQuery, type TransactionRow } from './transactions-store.ts'

const ROWS_PER_READ = 1_000
const UTF8 = new TextEncoder()
const HEADER = [
  'id',
  'booked_on',
  'valued_on',
  'account',
  'amount',
  'currency',
  'amount_minor',
  'description',
  'merchant',
  'counterparty',
  'category',
  'state',
  'source',
  'external_id',
  'note',
]

export type ExportService = ReturnType<typeof exportService>

/** Transactions as a table, written while it is read. */
export function exportService({ audit }: { readonly audit: Pick<AuditService, 'record'> }) {
  return {
    async export(reach: Reach, filter: TransactionFilter) {
      const query = await transactionQuery(reach, filter)
      const accounts = new Map(
        (await listAccounts(reach.db, { ownerId: reach.ownerId })).map(({ id, name }) => [id, name]),
      )
      const categories = new Map((await listCategories(reach.db, reach.ownerId)).map(({ id, name }) => [id, name]))
      await reach.db.transaction((tx) => audit.record(tx, entry(reach, 'transactions.exported', 'all', {})))
      const rows = csvOf(reach, query, (row) => rowCells(row, accounts, categories))
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { done, value } = await rows.next()
          if (done) controller.close()
          else controller.enqueue(UTF8.encode(value))
        },
        async cancel() {
          await rows.return(undefined)
        },
      })
      return { body, type: 'text/csv', filename: 'transactions.csv' }
    },
  }
}

async function* csvOf(
  { db }: Reach,
  query: TransactionQuery,
  cells: (row: TransactionRow) => (string | number | null)[],
): AsyncGenerator<string> {
  yield csvRow(HEADER)
  for (let after: { bookedOn: string; id: string } | undefined; ; ) {
    const rows = await listTransactions(db, query, ROWS_PER_READ, after)
    const last = rows.at(-1)
    if (!last) return
    yield rows.map((row) => csvRow(cells(row))).join('')
    after = { bookedOn: last.booked_on, id: last.id }
  }
}

function rowCells(
  row: TransactionRow,
  accounts: ReadonlyMap<string, string>,
  categories: ReadonlyMap<string, string>,
): (string | number | null)[] {
  return [
    row.id,
    row.booked_on,
    row.valued_on,
    accounts.get(row.account_id) ?? row.account_id,
    // Exact: up to 15 digits a number is written as it is.
    Number(decimal(row.amount_minor, row.currency)),
    row.currency,
    row.amount_minor,
    row.description,
    row.merchant,
    row.counterparty,
    row.category_id && (categories.get(row.category_id) ?? row.category_id),
    row.state,
    row.source,
    row.external_id,
    row.note,
  ]
}

/** `-1250` in GBP is `-12.50`, in JPY `-1250`, in KWD `-1.250`. */
export function decimal(minor: number, currency: string): string {
  const digits = minorDigits(currency)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  return (minor < 0 ? '-' : '') + (digits === 0 ? whole : `${whole}.${text.slice(-digits)}`)
}
