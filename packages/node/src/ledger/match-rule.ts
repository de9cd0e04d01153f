import { merchantName } from '@tillwright/core/brain'
import type { CategoryMatch } from '@tillwright/core/contract'
import type { TransactionRow } from './transactions-store.ts'

export type Matchable = Pick<
  TransactionRow,
  'account_id' | 'amount_minor' | 'currency' | 'description' | 'merchant' | 'counterparty' | 'merchant_key'
>

/** Whether a transaction fits every line of a rule. */
export function fits(match: CategoryMatch, row: Matchable): boolean {
  const size = Math.abs(row.amount_minor)
  if (match.direction === 'in' && row.amount_minor <= 0) return false
  if (match.direction === 'out' && row.amount_minor >= 0) return false
  if (match.minMinor !== undefined && size < match.minMinor) return false
  if (match.maxMinor !== undefined && size > match.maxMinor) return false
  if (match.accountId !== undefined && match.accountId !== row.account_id) return false
  if (match.currency !== undefined && match.currency !== row.currency) return false
  if (match.merchant !== undefined && !isMerchant(match.merchant, row)) return false
  return match.text === undefined || textsOf(row).some((text) => text.includes(folded(match.text!)))
}

function isMerchant(wanted: string, row: Matchable): boolean {
  const key = merchantName(wanted)
  return key === '' ? textsOf(row).includes(folded(wanted)) : key === row.merchant_key
}

function textsOf({ description, merchant, counterparty }: Matchable): string[] {
  return [description, merchant ?? '', counterparty ?? ''].map(folded)
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}
