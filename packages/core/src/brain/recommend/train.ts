import { readModelFile, type Section, writeModelFile } from '../model-file.ts'
import { packStrings } from '../string-table.ts'
import { checkCount, checkTime, checkTrainingInput } from './check-input.ts'
import { type ContentLists, contentLists } from './content.ts'
import type { Knowledge } from './features.ts'
import { FORMAT, VERSION } from './format.ts'
import { knowledgeOf } from './knowledge.ts'
import { basketCount, type Log, part, readShop } from './log.ts'
import { LEARNED, learnRanking } from './ranker.ts'
import { readModel } from './read-model.ts'
import type { TrainingInput } from './types.ts'

export interface TrainingOptions {
  /** When training takes place, ms since 1970. Default: the time of the last basket. */
  readonly now?: number
  /** Longest list of neighbours kept for an item. Default 200. */
  readonly listLength?: number
  /** Baskets with more items count as sales but not towards what is bought together. Default 200. */
  readonly maxBasketItems?: number
  /**
   * Whether to learn from the shop's own last baskets how its signals are weighed. Costs most of a training; without it the
   * same signals are weighed as is good for a shop of few orders. Default true.
   */
  readonly ranking?: boolean
  /**
   * An earlier model file of the same shop, whose weighing of the signals is kept instead of learned anew: what sells changes by the
   * day, how to read it does not. Saves most of a training. Throws `ModelFileError` where it is of another format or version.
   * Default: none.
   */
  readonly earlier?: Uint8Array
  /** Kept in the file, as `offlineMetrics` measured it. Default: none. */
  readonly metrics?: Readonly<Record<string, number>>
}

/** The last share of the baskets, which ranking is learned from with what was known before them; more of a small shop. */
const LEARNING_SHARE = 0.2
const MAX_LEARNING_SHARE = 0.3
const LEARNING_BASKETS = 600
/** Shops with fewer baskets weigh their signals by the prior alone. */
const FEWEST_BASKETS = 1_000
/** Baskets behind ranking, at most, the newest: a larger shop needs no more to weigh its signals. */
const MAX_RANKING_BASKETS = 30_000
const MAX_CASES = 5_000
/** Baskets whose like are looked for; older ones are in the counts alone. */
const MAX_SESSIONS = 300_000
const ALIKE_LENGTH = 50

/**
 * Learns from a shop's baskets and catalogue, and returns the model file for `loadRecommender`. Any number of baskets
 * will do, none included. Deterministic: the same input gives the same bytes. Throws `TypeError` for a time or an id that is
 * none.
 */
export function trainRecommender(input: TrainingInput, options: TrainingOptions = {}): Uint8Array {
  checkTrainingInput(input)
  const { listLength = 200, maxBasketItems = 200, ranking = true } = options
  checkCount('listLength', listLength, 1)
  checkCount('maxBasketItems', maxBasketItems, 1)
  const { items, log, returns } = readShop(input)
  const baskets = basketCount(log)
  const now = options.now ?? log.at[baskets - 1] ?? 0
  checkTime('now', now)

  const alike = contentLists(items, { listLength: Math.min(listLength, ALIKE_LENGTH) })
  const pairs = { listLength, maxBasketItems }
  const knowledge = knowledgeOf(log, alike, { ...pairs, maxSessions: MAX_SESSIONS, linear: ranking })
  return writeModelFile(
    {
      format: FORMAT,
      version: VERSION,
      trainedAt: now,
      counts: { baskets, items: items.length },
      metrics: { ...options.metrics },
      extra: { lastBasketAt: knowledge.now, returns },
    },
    {
      ...stringSections(
        'ids',
        items.map(({ id }) => id),
      ),
      ...knowledgeSections(knowledge),
      ...contentSections(alike),
      ...(options.earlier ? keptSections(options.earlier) : ranking ? rankingSections(log, alike, pairs) : {}),
    },
  )
}

/** The trees of an earlier model file. */
function keptSections(bytes: Uint8Array): Record<string, Section> {
  const { trees } = readModel(readModelFile(bytes, FORMAT, VERSION))
  return Object.fromEntries(
    LEARNED.flatMap((ranking) =>
      Object.entries(trees[ranking] ?? {}).map(([name, array]) => [`rank.${ranking}.${name}`, array as Section]),
    ),
  )
}

/** Learns each ranking on the last stretch, from what was known before it. */
function rankingSections(
  log: Log,
  alike: ContentLists,
  pairs: { listLength: number; maxBasketItems: number },
): Record<string, Section> {
  const count = basketCount(log)
  if (count < FEWEST_BASKETS) return {}
  const recent = part(log, Math.max(0, count - MAX_RANKING_BASKETS), count)
  const total = basketCount(recent)
  const share = Math.min(MAX_LEARNING_SHARE, Math.max(LEARNING_SHARE, LEARNING_BASKETS / total))
  const start = Math.floor(total * (1 - share))
  const before = knowledgeOf(part(recent, 0, start), alike, { ...pairs, maxSessions: MAX_SESSIONS, linear: false })
  const sections: Record<string, Section> = {}
  for (const ranking of LEARNED) {
    const trees = learnRanking(ranking, { log: recent, start, before }, { maxCases: MAX_CASES })
    for (const [name, array] of Object.entries(trees ?? {})) sections[`rank.${ranking}.${name}`] = array
  }
  return sections
}

function knowledgeSections({ pairs, sales, sessions, linear }: Knowledge): Record<string, Section> {
  return {
    ...prefixed('sales', sales),
    ...prefixed('pairs', pairs),
    ...prefixed('sessions', sessions),
    ...prefixed('linear', linear),
  }
}

function contentSections({ words, wordOffsets, wordIds, ...lists }: ContentLists): Record<string, Section> {
  return { ...prefixed('alike', { ...lists, wordOffsets, wordIds }), ...stringSections('words', words) }
}

function stringSections(name: string, strings: readonly string[]): Record<string, Section> {
  return prefixed(name, packStrings(strings))
}

function prefixed(name: string, arrays: object): Record<string, Section> {
  return Object.fromEntries(Object.entries(arrays).map(([key, array]) => [`${name}.${key}`, array as Section]))
}
