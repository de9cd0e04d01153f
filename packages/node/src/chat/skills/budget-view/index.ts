import type { JsonObject } from '@tillwright/core/brain'
import type { LedgerPort } from '../../../ledger/ports.ts'
import { money } from '../../present.ts'
import { found, none, type Skill } from '../../skill.ts'
import { textArgument } from '../arguments.ts'
import { ownerOf } from '../ledger-owner.ts'

/** What is left of this month's budget: of one category, or of all together. */
export function budgetView(ledger: LedgerPort): Skill {
  return {
    name: 'budget-view',
    who: 'person',
    async run(args, call) {
      const category = textArgument(args, 'category')
      const budgets = (await ledger.budgetsOf(ownerOf(call))).filter(
        ({ categoryId, currency }) =>
          (category === undefined || categoryId === category) && currency === call.tenant.currency,
      )
      const [first] = budgets
      if (!first) return none()
      const { currency } = first
      const sum = (part: 'budgetMinor' | 'spentMinor' | 'leftMinor') => ({
        amount: budgets.reduce((total, budget) => total + budget[part], 0),
        currency,
      })
      const bars = budgets.map(({ name, spentMinor, budgetMinor }) => ({
        label: name,
        value: spentMinor,
        text: `${money({ amount: spentMinor, currency })} / ${money({ amount: budgetMinor, currency })}`,
      }))
      const name: JsonObject = category === undefined ? {} : { category: first.name }
      return found(
        { count: budgets.length, ...name, limit: sum('budgetMinor'), spent: sum('spentMinor'), left: sum('leftMinor') },
        {
          cards: [
            { kind: 'chart', id: 'budgets', title: category === undefined ? 'Budgets' : first.name, data: { bars } },
          ],
        },
      )
    },
  }
}
