import { bestSellersOf } from './best-sellers.ts'
import type { Knowledge } from './features.ts'
import { linearLists, noLinearLists } from './linear.ts'
import type { Lists } from './lists.ts'
import { basketCount, type Log, part } from './log.ts'
import { type PairOptions, pairLists } from './pairs.ts'
import { holdLines } from './repeats.ts'
import { countSales } from './sales.ts'
import { sessionIndex } from './sessions.ts'

export interface KnowledgeOptions extends PairOptions {
  /** Baskets whose like are looked for, the newest. */
  readonly maxSessions: number
  /** Whether to fit the linear model of what shoppers buy, which takes a second or two. */
  readonly linear: boolean
}

/** All that is counted in a log; `alike` is what the catalogue's words tell. */
export function knowledgeOf(log: Log, alike: Lists, options: KnowledgeOptions): Knowledge {
  const held = holdLines(log)
  const sales = countSales(log, held)
  const baskets = basketCount(log)
  const recent = baskets > options.maxSessions ? part(log, baskets - options.maxSessions, baskets) : log
  return {
    itemCount: log.itemCount,
    pairs: pairLists(log, options, held),
    alike,
    linear: options.linear ? linearLists(log, held) : noLinearLists(log.itemCount),
    sales,
    sessions: sessionIndex(recent),
    bestSellers: bestSellersOf(sales.trend),
    now: log.at[baskets - 1] ?? 0,
  }
}
