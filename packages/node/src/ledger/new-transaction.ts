import { merchantName } from '@tillwright/core/brain'
import type { AccountRow } from './accounts-store.ts'
import type { TransactionRow } from './transactions-store.ts'

/** What is known of a transaction before anybody has put it into a category. */
export interface Draft {
  readonly bookedOn: string
  readonly valuedOn?: string | null | undefined
  readonly amountMinor: number
  readonly description: string
  readonly merchant?: string | null | undefined
  readonly counterparty?: string | null | undefined
  readonly state: TransactionRow['state']
  readonly source: TransactionRow['source']
  readonly externalId?: string | null | undefined
  readonly sourceKey?: string | null | undefined
  readonly statementId?: string | null | undefined
  readonly transferId?: string | null | undefined
  readonly note?: string | null | undefined
  readonly attachments?: readonly string[] | undefined
}

/** A row for a transaction of an account, of no category yet. */
export function newTransaction(
  id: string,
  account: Pick<AccountRow, 'id' | 'currency'>,
  draft: Draft,
  now: number,
): TransactionRow {
  return {
    id,
    account_id: account.id,
    booked_on: draft.bookedOn,
    valued_on: draft.valuedOn ?? null,
    amount_minor: draft.amountMinor,
    currency: account.currency,
    description: draft.description,
    merchant: draft.merchant || null,
    merchant_key: merchantKey(draft),
    counterparty: draft.counterparty || null,
    category_id: null,
    categorised_by: null,
    confidence_ppm: null,
    needs_review: 0,
    suggestions: '[]',
    state: draft.state,
    source: draft.source,
    external_id: draft.externalId ?? null,
    source_key: draft.sourceKey ?? null,
    statement_id: draft.statementId ?? null,
    transfer_id: draft.transferId ?? null,
    note: draft.note || null,
    attachments: JSON.stringify(draft.attachments ?? []),
    split_count: 0,
    corrected_at: null,
    created_at: now,
    updated_at: now,
  }
}

/** By what a merchant is known again: the name without numbers, places and legal form. */
export function merchantKey({
  merchant,
  counterparty,
  description,
}: Pick<Draft, 'merchant' | 'counterparty' | 'description'>): string {
  return merchantName(merchant || counterparty || description)
}
