import { writeModelFile } from '../model-file.ts'
import { packStrings } from '../string-table.ts'
import { checkCount, checkTime, checkTrainingInput } from './check-input.ts'
import { coPurchaseLists } from './co-purchase.ts'
import { contentLists } from './content.ts'
import type { Basket, ItemInfo, TrainingInput } from './types.ts'

export const FORMAT = 'recommender'
export const VERSION = 1

const DAY_MS = 86_400_000
/** A sale counts half as much towards popularity after this many days. */
const HALF_LIFE_DAYS = 14
/** Sales that are older count alike. Beyond some 140 halvings they would be lost to a 32-bit number, and the item with them. */
const MAX_HALVINGS = 100
/** The days that the words "lately" and "in the last … days" speak of. */
export const RECENT_DAYS = 30

export interface TrainingOptions {
  /** When training takes place, ms since 1970. Default: the time of the last basket. */
  readonly now?: number
  /** Longest list of neighbours kept for an item. Default 50. */
  readonly listLength?: number
  /** Baskets with more items count as sales but not towards what is bought together. Default 200. */
  readonly maxBasketItems?: number
}

/**
 * Learns from a shop's baskets and catalogue, and returns the model file for `loadRecommender`. Any number of baskets
 * will do, none included. Deterministic: the same input gives the same bytes. Throws `TypeError` for a time or an id that is
 * none.
 */
export function trainRecommender(input: TrainingInput, options: TrainingOptions = {}): Uint8Array {
  checkTrainingInput(input)
  const { listLength = 50, maxBasketItems = 200 } = options
  checkCount('listLength', listLength, 1)
  checkCount('maxBasketItems', maxBasketItems, 1)
  const items = collectItems(input)
  const index = new Map(items.map(({ id }, position) => [id, position]))
  const baskets = input.baskets.map(({ items: ids }) => Uint32Array.from(new Set(ids.map((id) => index.get(id)!))))
  const last = input.baskets.reduce((latest, { at }) => Math.max(latest, at), 0)
  const now = options.now ?? last
  checkTime('now', now)

  const sales = countSales(baskets, input.baskets, items.length, last)
  const together = coPurchaseLists(baskets, items.length, { listLength, maxBasketItems })
  const alike = contentLists(items, { listLength })
  const ids = packStrings(items.map(({ id }) => id))
  const words = packStrings(alike.words)

  return writeModelFile(
    {
      format: FORMAT,
      version: VERSION,
      trainedAt: now,
      counts: { baskets: baskets.length, items: items.length },
      metrics: {},
    },
    {
      'ids.bytes': ids.bytes,
      'ids.offsets': ids.offsets,
      'sales.trend': sales.trend,
      'sales.recent': sales.recent,
      'together.offsets': together.offsets,
      'together.neighbours': together.neighbours,
      'together.scores': together.scores,
      'together.counts': together.together,
      'together.baskets': together.baskets,
      'alike.offsets': alike.offsets,
      'alike.neighbours': alike.neighbours,
      'alike.scores': alike.scores,
      'words.bytes': words.bytes,
      'words.offsets': words.offsets,
      'alike.wordOffsets': alike.wordOffsets,
      'alike.wordIds': alike.wordIds,
    },
  )
}

/** The catalogue, then whatever was sold without being in it; ids in code-unit order, so that the file is the same for any order of input. */
function collectItems(input: TrainingInput): ItemInfo[] {
  const items = new Map<string, ItemInfo>()
  for (const basket of input.baskets) for (const id of basket.items) if (!items.has(id)) items.set(id, { id })
  for (const item of input.items ?? []) items.set(item.id, item)
  return [...items.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** `trend`: sales halved every 14 days; `recent`: baskets of the last 30 days; both counted back from the last basket. */
function countSales(baskets: readonly Uint32Array[], times: readonly Basket[], itemCount: number, last: number) {
  const trend = new Float32Array(itemCount)
  const recent = new Uint32Array(itemCount)
  for (const [i, basket] of baskets.entries()) {
    const ageDays = (last - times[i]!.at) / DAY_MS
    const weight = 2 ** -Math.min(ageDays / HALF_LIFE_DAYS, MAX_HALVINGS)
    for (const item of basket) {
      trend[item]! += weight
      if (ageDays <= RECENT_DAYS) recent[item]!++
    }
  }
  return { trend, recent }
}
