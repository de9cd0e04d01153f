import type { DialogueCard } from '@tillwright/core/brain'
import type { Transaction } from '@tillwright/core/contract'

/** A payment as a row. */
export function paymentCard({ id, merchant, counterparty, description, bookedOn, amount }: Transaction): DialogueCard {
  const title = merchant ?? counterparty ?? description
  return {
    kind: 'transaction',
    id,
    title,
    detail: bookedOn,
    price: amount,
    list: 'transactions',
    data: { at: `${bookedOn}T00:00:00Z` },
  }
}
