import type { JsonObject } from '@tillwright/core/brain'
import type { TransactionFilter } from '@tillwright/core/contract'
import type { LedgerPort } from '../../../ledger/ports.ts'
import { found, none, type Skill } from '../../skill.ts'
import { datesArgument, moneyArgument, textArgument } from '../arguments.ts'
import { ownerOf, sumOf } from '../ledger-owner.ts'
import { paymentCard } from '../payment-card.ts'

const SHOWN = 10
/** Payments that are counted. */
const COUNTED = 200

/** Payments of one's own, by account, time, shop, category and amount. */
export function transactions(ledger: LedgerPort): Skill {
  return {
    name: 'transactions',
    who: 'person',
    async run(args, call) {
      const all = await ledger.transactionsOf(ownerOf(call), { ...filterOf(args), limit: COUNTED })
      if (all.length === 0) return none()
      const { total } = sumOf(
        all.map(({ amount }) => amount),
        call.tenant.currency,
      )
      return found({ count: all.length, total: sizeOf(total) }, { cards: all.slice(0, SHOWN).map(paymentCard) })
    },
  }
}

/** What narrows payments, out of a flow's arguments. */
export function filterOf(args: JsonObject): TransactionFilter {
  const dates = datesArgument(args, 'dates')
  const accountId = textArgument(args, 'account')
  const merchant = textArgument(args, 'merchant')
  const categoryId = textArgument(args, 'category')
  const amount = moneyArgument(args, 'amount')?.amount
  return {
    ...(dates ? { from: dates.first, to: dates.last } : {}),
    ...(accountId ? { accountId } : {}),
    ...(merchant ? { merchant } : {}),
    ...(categoryId ? { categoryId } : {}),
    ...(amount === undefined ? {} : { minMinor: Math.abs(amount), maxMinor: Math.abs(amount) }),
  }
}

/** Money that went out is told without its sign. */
export function sizeOf<M extends { amount: number }>(money: M): M {
  return { ...money, amount: Math.abs(money.amount) }
}
