import type { TransactionFilter, TransactionSummary } from '@tillwright/core/contract'
import { ProblemError } from '../http/problem-error.ts'
import type { Clock } from '../ports.ts'
import { listAccounts } from './accounts-store.ts'
import { addDays, dayOf, daysBetween, monthOf } from './calendar.ts'
import { listCategories } from './categories-store.ts'
import type { Reach } from './reach.ts'
import { transactionQuery } from './transaction-query.ts'
import { type SummaryKey, type SummaryRow, summarise } from './transactions-store.ts'

export type SummariesService = ReturnType<typeof summariesService>

interface Totals {
  readonly inMinor: number
  readonly outMinor: number
  readonly count: number
}
const NONE: Totals = { inMinor: 0, outMinor: 0, count: 0 }

/** What came in and went out, by one thing, beside the same number of days before. */
export function summariesService({ clock }: { readonly clock: Clock }) {
  async function labels({ db, ownerId }: Reach, by: SummaryKey): Promise<ReadonlyMap<string, string>> {
    if (by === 'category') return new Map((await listCategories(db, ownerId)).map(({ id, name }) => [id, name]))
    if (by === 'account') return new Map((await listAccounts(db, { ownerId })).map(({ id, name }) => [id, name]))
    return new Map()
  }

  return {
    async summary(
      reach: Reach,
      { by, transfers, ...filter }: TransactionFilter & { readonly by: SummaryKey; readonly transfers: boolean },
    ): Promise<TransactionSummary> {
      const today = dayOf(clock(), reach.tenant.timeZone)
      const to = filter.to ?? (filter.from !== undefined && filter.from > today ? filter.from : today)
      const from = filter.from ?? `${monthOf(to)}-01`
      if (from > to)
        throw new ProblemError('invalid_input', { errors: [{ path: 'to', message: 'must not be before from' }] })
      const previous = { from: before(from, daysBetween(from, to) + 1), to: before(from, 1) }
      const query = { ...(await transactionQuery(reach, filter)), withoutTransfers: !transfers }
      const now = await summarise(reach.db, by, { ...query, from, to })
      const then = by === 'month' ? [] : await summarise(reach.db, by, { ...query, ...previous })
      // Months of the period before are other months: only the totals can be compared.
      const thenTotals = by === 'month' ? await summarise(reach.db, 'account', { ...query, ...previous }) : then
      const names = await labels(reach, by)
      const keyOf = ({ key, currency }: SummaryRow) => JSON.stringify([key, currency])
      const rows = merged(now, keyOf)
      const old = merged(then, keyOf)
      const items = [...new Set([...rows.keys(), ...old.keys()])].map((id) => {
        const [key, currency] = JSON.parse(id) as [string | null, string]
        const name = (rows.get(id) ?? old.get(id))!.name
        const label = key === null ? 'None' : (names.get(key) ?? name ?? key)
        return { key, label, currency, ...totals(rows.get(id)), previous: totals(old.get(id)) }
      })
      const sizeOf = ({ inMinor, outMinor }: Totals) => inMinor + outMinor
      items.sort((a, b) =>
        by === 'month' ? compare(a.key ?? '', b.key ?? '') : sizeOf(b) - sizeOf(a) || compare(a.label, b.label),
      )
      const inAll = merged(now, ({ currency }) => currency)
      const inAllThen = merged(thenTotals, ({ currency }) => currency)
      const currencies = [...new Set([...inAll.keys(), ...inAllThen.keys()])].sort()
      return {
        by,
        from,
        to,
        previous,
        items,
        totals: currencies.map((currency) => ({
          currency,
          ...totals(inAll.get(currency)),
          previous: totals(inAllThen.get(currency)),
        })),
      }
    },
  }
}

/** Days before a day; the calendar of the API begins with the year 0. */
function before(day: string, count: number): string {
  const earlier = Date.parse(`${day}T00:00:00Z`) - count * 86_400_000
  return earlier < FIRST_DAY ? '0000-01-01' : addDays(day, -count)
}

const FIRST_DAY = Date.parse('0000-01-01T00:00:00Z')

function merged(rows: readonly SummaryRow[], keyOf: (row: SummaryRow) => string): Map<string, SummaryRow> {
  const sums = new Map<string, SummaryRow>()
  for (const row of rows) {
    const id = keyOf(row)
    const sum = sums.get(id)
    sums.set(id, {
      ...row,
      name: sum?.name ?? row.name,
      inMinor: (sum?.inMinor ?? 0) + row.inMinor,
      outMinor: (sum?.outMinor ?? 0) + row.outMinor,
      count: (sum?.count ?? 0) + row.count,
    })
  }
  return sums
}

function totals(row: SummaryRow | undefined): Totals {
  return row ? { inMinor: row.inMinor, outMinor: row.outMinor, count: row.count } : NONE
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
