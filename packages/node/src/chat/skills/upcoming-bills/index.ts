import type { LedgerPort } from '../../../ledger/ports.ts'
import { found, none, type Skill } from '../../skill.ts'
import { datesArgument } from '../arguments.ts'
import { ownerOf, sumOf } from '../ledger-owner.ts'

/** Bills that are due soon, or until a day that is said. */
export function upcomingBills(ledger: LedgerPort): Skill {
  return {
    name: 'upcoming-bills',
    who: 'person',
    async run(args, call) {
      const bills = await ledger.upcomingBills(ownerOf(call), datesArgument(args, 'dates')?.last)
      if (bills.length === 0) return none()
      const { total } = sumOf(
        bills.map(({ amount }) => amount),
        call.tenant.currency,
      )
      const cards = bills.map(({ id, name, amount, nextDueOn }) => ({
        kind: 'bill',
        id,
        title: name,
        price: amount,
        list: 'bills',
        ...(nextDueOn === null ? {} : { detail: nextDueOn }),
      }))
      return found({ count: bills.length, total }, { cards })
    },
  }
}
