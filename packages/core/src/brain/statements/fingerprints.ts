import { sha256 } from '../sha256.ts'
import type { StatementAccount, StatementTransaction } from './types.ts'

/** Half of a SHA-256: no two of all transactions in the world share one by chance. */
const LENGTH = 32

/**
 * A fingerprint for each transaction of an account, in their order; the same each time that the same entry comes in a file, unique within the
 * file. What the bank knows an entry by counts, together with day and amount, since not all banks keep it unique; without that, day, amount,
 * names and text, without regard to case and spaces. Entries that are equal in all of it are numbered, so that two equal purchases of one
 * day are two, in every file that has both. Compare within one account: the account itself is not part of it.
 */
export function fingerprintsOf({ transactions }: Pick<StatementAccount, 'transactions'>): string[] {
  const seen = new Map<string, number>()
  return transactions.map((transaction) => {
    const content = contentOf(transaction)
    const ordinal = (seen.get(content) ?? 0) + 1
    seen.set(content, ordinal)
    return sha256(new TextEncoder().encode(`${content}\n${ordinal}`)).slice(0, LENGTH)
  })
}

function contentOf({
  bookedAt,
  amount,
  currency,
  bankId,
  counterparty,
  text,
  reference,
}: StatementTransaction): string {
  const facts = bankId !== null ? ['id', bankId] : ['text', folded(`${counterparty} ${text} ${reference ?? ''}`)]
  return JSON.stringify([bookedAt, amount, currency, ...facts])
}

/** Banks wrap, pad and capitalise the same text anew in each export. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
}
