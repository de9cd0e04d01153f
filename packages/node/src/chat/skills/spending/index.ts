import type { LedgerPort } from '../../../ledger/ports.ts'
import { money } from '../../present.ts'
import { failure, found, none, type Skill } from '../../skill.ts'
import { datesArgument } from '../arguments.ts'
import { ownerOf } from '../ledger-owner.ts'
import { filterOf } from '../transactions/index.ts'

const SHOWN_BARS = 6

/** What was spent in a time, with a small chart of what on. */
export function spending(ledger: LedgerPort): Skill {
  return {
    name: 'spending',
    who: 'person',
    async run(args, call) {
      const dates = datesArgument(args, 'dates')
      if (!dates) return failure('not_found')
      const filter = filterOf(args)
      const by = filter.categoryId !== undefined ? 'merchant' : 'category'
      const period = { ...filter, from: dates.first, to: dates.last, direction: 'out' as const }
      const { items, totals } = await ledger.spendingOf(ownerOf(call), period, by)
      const own = totals.find(({ currency }) => currency === call.tenant.currency) ?? totals[0]
      if (!own || own.outMinor === 0) return none()
      const bars = items
        .filter((item) => item.currency === own.currency && item.outMinor > 0)
        .sort((a, b) => b.outMinor - a.outMinor)
        .slice(0, SHOWN_BARS)
        .map(({ label, outMinor }) => ({
          label,
          value: outMinor,
          text: money({ amount: outMinor, currency: own.currency }),
        }))
      const total = { amount: own.outMinor, currency: own.currency }
      const card = { kind: 'chart', id: 'spending', title: `${dates.first} – ${dates.last}`, data: { bars } }
      return found({ count: own.count, total, ...dates }, { cards: [card] })
    },
  }
}
