import type { Statement, StatementAccount } from '@tillwright/core/brain'
import { numberKey } from './accounts-service.ts'
import type { AccountRow } from './accounts-store.ts'

export type EntryStatus = 'new' | 'duplicate' | 'similar' | 'pending' | 'refused'

export interface PlannedEntry {
  readonly line: number
  /** Place of the account in the file. */
  readonly account: number
  readonly bookedOn: string
  readonly valuedOn: string | null
  readonly amountMinor: number
  readonly currency: string
  readonly description: string
  readonly counterparty: string | null
  readonly sourceKey: string
  readonly status: EntryStatus
}

/** What an account of the ledger has already, as far as a file can tell. */
export interface Known {
  readonly sourceKeys: ReadonlySet<string>
  /** `2026-03-31 -250` */
  readonly daysAndAmounts: ReadonlySet<string>
}

/** Where the entries of each account of a file go: by its number, else to the account that was named; `null`: nowhere yet. */
export function placeAccounts(
  { accounts }: Pick<Statement, 'accounts'>,
  own: readonly AccountRow[],
  named: AccountRow | null,
): (AccountRow | null)[] {
  return accounts.map(({ id, currency }) => {
    const key = numberKey(id)
    const sameNumber = own.filter(
      (each) =>
        key !== null &&
        each.number_key === key &&
        each.archived === 0 &&
        (currency === 'XXX' || each.currency === currency),
    )
    // A number that two accounts carry says nothing.
    if (named && sameNumber.some((each) => each.id === named.id)) return named
    return sameNumber.length === 1 ? sameNumber[0]! : named
  })
}

export function sourceKeyOf(fingerprint: string): string {
  return `stm:${fingerprint}`
}

/** What would become of each entry of one account of a file. */
export function planEntries(
  place: number,
  account: StatementAccount,
  fingerprints: readonly string[],
  target: { readonly row: Pick<AccountRow, 'currency'>; readonly known: Known } | null,
): PlannedEntry[] {
  return account.transactions.map((entry, i) => {
    const sourceKey = sourceKeyOf(fingerprints[i]!)
    const words = [entry.text, entry.counterparty, entry.reference].find((text) => text) ?? '—'
    return {
      line: entry.line,
      account: place,
      bookedOn: entry.bookedAt,
      valuedOn: entry.valuedAt,
      amountMinor: entry.amount,
      currency: entry.currency,
      description: words.slice(0, 500),
      counterparty: entry.counterparty.slice(0, 200) || null,
      sourceKey,
      status: statusOf(),
    }
    function statusOf(): EntryStatus {
      if (entry.isPending) return 'pending'
      if (!target) return 'new'
      if (entry.currency !== target.row.currency || Math.abs(entry.amount) > MAX_AMOUNT) return 'refused'
      if (target.known.sourceKeys.has(sourceKey)) return 'duplicate'
      return target.known.daysAndAmounts.has(`${entry.bookedAt} ${entry.amount}`) ? 'similar' : 'new'
    }
  })
}

const MAX_AMOUNT = 999_999_999_999_999
