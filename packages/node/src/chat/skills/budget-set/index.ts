import type { LedgerPort } from '../../../ledger/ports.ts'
import { done, failure, type Skill } from '../../skill.ts'
import { moneyArgument, textArgument } from '../arguments.ts'
import { ownerOf } from '../ledger-owner.ts'

/** Sets what a category may take a month, after a yes. */
export function budgetSet(ledger: LedgerPort): Skill {
  return {
    name: 'budget-set',
    who: 'person',
    confirm: true,
    async run(args, call) {
      const categoryId = textArgument(args, 'category')
      const amount = moneyArgument(args, 'amount')
      if (categoryId === undefined || !amount) return failure('not_found')
      const { currency, amount: amountMinor } = amount
      const budget = await ledger.setBudget(ownerOf(call), call.actor, { categoryId, amountMinor, currency })
      return done({ category: budget.name, amount })
    },
  }
}
