import type { Account, Money } from '@tillwright/core/contract'
import type { LedgerPort } from '../../../ledger/ports.ts'
import { done, failure, type Skill } from '../../skill.ts'
import { moneyArgument, textArgument } from '../arguments.ts'
import { accountNamed, ownerOf } from '../ledger-owner.ts'
import { needsStepUp } from '../step-up.ts'

/** Moves money between one's own accounts, after a yes and, from a certain amount on, a fresh proof of who asks. */
export function transfer(ledger: LedgerPort): Skill {
  return {
    name: 'transfer',
    who: 'person',
    confirm: true,
    async run(args, call) {
      const amount = moneyArgument(args, 'amount')
      if (!amount || amount.amount <= 0) return failure('denied')
      const owner = ownerOf(call)
      const accounts = (await ledger.accountsOf(owner)).filter(({ archived }) => !archived)
      const to = accountNamed(accounts, textArgument(args, 'payee'))
      if (!to) return failure('not_found')
      const named = textArgument(args, 'account')
      const from = named === undefined ? payingAccount(accounts, amount, to.id) : accountNamed(accounts, named)
      if (!from || from.id === to.id) return failure('not_found')
      const { currency } = amount
      if (from.currency !== currency || to.currency !== currency) return failure('unavailable')
      if (needsStepUp(amount, call)) return failure('step_up')
      if (availableIn(from).amount < amount.amount) {
        return failure('insufficient_funds', { available: availableIn(from) })
      }
      const { id: reference } = await ledger.transfer(owner, call.actor, {
        fromAccountId: from.id,
        toAccountId: to.id,
        amountMinor: amount.amount,
        externalId: call.callId,
      })
      return done({ amount, payee: to.name, reference })
    },
  }
}

/** The account in the right currency that has most. */
export function payingAccount(accounts: readonly Account[], { currency }: Money, except?: string): Account | undefined {
  return accounts
    .filter((account) => account.currency === currency && account.id !== except)
    .sort((a, b) => availableIn(b).amount - availableIn(a).amount)[0]
}

/** What is booked, less what is on its way out. */
export function availableIn({ balance, pending }: Account): Money {
  return { amount: balance.amount + Math.min(0, pending.amount), currency: balance.currency }
}
