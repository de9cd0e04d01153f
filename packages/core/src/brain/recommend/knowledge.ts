import { bestSellersOf } from './best-sellers.ts'
import type { Knowledge } from './features.ts'
import type { Lists } from './lists.ts'
import { basketCount, type Log, part } from './log.ts'
import { type PairOptions, pairLists } from './pairs.ts'
import { holdLines } from './repeats.ts'
import { countSales } from './sales.ts'
import { sessionIndex } from './sessions.ts'

/** All that is counted in a log; `alike` is what the catalogue's words tell. */
export function knowledgeOf(
  log: Log,
  alike: Lists,
  options: PairOptions & { readonly maxSessions: number },
): Knowledge {
  const held = holdLines(log)
  const sales = countSales(log, held)
  const baskets = basketCount(log)
  const recent = baskets > options.maxSessions ? part(log, baskets - options.maxSessions, baskets) : log
  return {
    itemCount: log.itemCount,
    pairs: pairLists(log, options, held),
    alike,
    sales,
    sessions: sessionIndex(recent),
    bestSellers: bestSellersOf(sales.trend),
    now: log.at[baskets - 1] ?? 0,
  }
}
