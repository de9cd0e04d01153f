import type { LedgerPort } from '../../../ledger/ports.ts'
import { done, failure, type Skill } from '../../skill.ts'
import { moneyArgument, textArgument } from '../arguments.ts'
import { ownerOf } from '../ledger-owner.ts'
import { needsStepUp } from '../step-up.ts'
import { availableIn, payingAccount } from '../transfer/index.ts'

/** How far ahead a bill may be paid. */
const AHEAD_DAYS = 366
const DAY_MS = 86_400_000

/** Pays a bill of one's own, after a yes and, from a certain amount on, a fresh proof of who pays. */
export function payBill(ledger: LedgerPort, clock: () => number): Skill {
  return {
    name: 'pay-bill',
    who: 'person',
    confirm: true,
    async run(args, call) {
      const owner = ownerOf(call)
      const until = new Date(clock() + AHEAD_DAYS * DAY_MS).toISOString().slice(0, 10)
      const bills = await ledger.upcomingBills(owner, until)
      const bill = bills.find(({ id }) => id === textArgument(args, 'bill'))
      if (!bill) return failure('not_found')
      const amount = moneyArgument(args, 'amount') ?? bill.amount
      if (amount.amount <= 0 || amount.currency !== bill.amount.currency) return failure('denied')
      if (needsStepUp(amount, call)) return failure('step_up')
      const accounts = (await ledger.accountsOf(owner)).filter(({ archived }) => !archived)
      const from = accounts.find(({ id }) => id === bill.accountId) ?? payingAccount(accounts, amount)
      if (!from) return failure('unavailable')
      if (availableIn(from).amount < amount.amount) {
        return failure('insufficient_funds', { available: availableIn(from) })
      }
      const { transaction } = await ledger.payBill(owner, call.actor, bill.id, {
        accountId: from.id,
        amountMinor: amount.amount,
        externalId: call.callId,
      })
      return done({ bill: bill.name, amount, reference: transaction.id })
    },
  }
}
