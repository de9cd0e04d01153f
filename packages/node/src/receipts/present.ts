import type { Receipt } from '@tillwright/core/contract'
import { digestOf, type IssuedContent } from './issue.ts'
import type { ReceiptRow } from './store.ts'

/** What was issued is not what is kept. */
export class AlteredReceiptError extends Error {
  override name = 'AlteredReceiptError'
}

export function issuedContent({ id, content, digest }: ReceiptRow): IssuedContent {
  if (digestOf(content) !== digest) throw new AlteredReceiptError(`What was issued as ${id} has been altered since`)
  return JSON.parse(content) as IssuedContent
}

/** A receipt as it stands today. Throws `AlteredReceiptError`. */
export function presentReceipt(row: ReceiptRow, credits: readonly ReceiptRow[]): Receipt {
  const { netMinor, taxMinor, totalMinor, ...content } = issuedContent(row)
  const money = (amount: number) => ({ amount, currency: row.currency })
  const due = credits.reduce((left, credit) => left + Number(credit.total_minor), totalMinor)
  return {
    ...content,
    id: row.id,
    state: credits.length === 0 ? 'issued' : due === 0 ? 'refunded' : 'partly_refunded',
    credits: credits.map(({ id, number, issued_at: issuedAt, total_minor: total }) => ({
      id,
      number,
      issuedAt: new Date(Number(issuedAt)).toISOString(),
      total: money(Number(total)),
    })),
    due: money(due),
    net: money(netMinor),
    tax: money(taxMinor),
    total: money(totalMinor),
    digest: row.digest,
  }
}
