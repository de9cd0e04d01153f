import type { LedgerPort } from '../../../ledger/ports.ts'
import { found, none, type Skill } from '../../skill.ts'
import { ownerOf, sumOf } from '../ledger-owner.ts'
import { paymentCard } from '../payment-card.ts'
import { sizeOf } from '../transactions/index.ts'

const SHOWN = 10

/** Payments that are not booked yet. */
export function pendingPayments(ledger: LedgerPort): Skill {
  return {
    name: 'pending-payments',
    who: 'person',
    async run(_args, call) {
      const all = await ledger.transactionsOf(ownerOf(call), { state: 'pending' })
      if (all.length === 0) return none()
      const { total } = sumOf(
        all.map(({ amount }) => amount),
        call.tenant.currency,
      )
      return found({ count: all.length, total: sizeOf(total) }, { cards: all.slice(0, SHOWN).map(paymentCard) })
    },
  }
}
