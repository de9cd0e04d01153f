import { ModelFileError } from '../errors.ts'
import { type ModelFile, readModelFile } from '../model-file.ts'
import { sha256 } from '../sha256.ts'
import { unpackStrings } from '../string-table.ts'
import { checkQuery } from './check-input.ts'
import type { Lists } from './lists.ts'
import { topIndexes } from './top.ts'
import { FORMAT, RECENT_DAYS, VERSION } from './train.ts'
import type { Reason, Recommendation, Recommender, RecommendQuery } from './types.ts'

/** An item's place in line and why it stands there. */
interface Candidate {
  readonly item: number
  readonly score: number
  readonly reason: () => Reason
}

interface Model {
  readonly ids: readonly string[]
  readonly index: ReadonlyMap<string, number>
  /** All items that were ever sold, best-selling of late first. */
  readonly bestSellers: readonly number[]
  readonly trend: Float32Array
  readonly recent: Uint32Array
  readonly together: Lists & { counts: Uint32Array; baskets: Uint32Array }
  readonly alike: Lists & { words: readonly string[]; wordOffsets: Uint32Array; wordIds: Uint32Array }
}

type Strategy = (model: Model, query: RecommendQuery) => Iterable<Candidate>

/** Each way of recommending, by its name. Candidates come best first. */
const STRATEGIES: Readonly<Record<RecommendQuery['kind'], Strategy>> = {
  popular,
  'bought-together': boughtTogether,
  similar,
}

/** Reads a model file. Throws `ModelFileError` when it is cut short, altered, or of another format or version. */
export function loadRecommender(bytes: Uint8Array): Recommender {
  const file = readModelFile(bytes, FORMAT, VERSION)
  const model = readModel(file)
  const { baskets = 0, items = 0 } = file.header.counts
  return {
    version: sha256(bytes),
    trainedAt: file.header.trainedAt,
    counts: { baskets, items },
    knows: (id) => model.index.has(id),
    recommend: (query) => recommend(model, query),
  }
}

function recommend(model: Model, query: RecommendQuery): Recommendation[] {
  checkQuery(query, STRATEGIES)
  const shown = new Set([...(query.items ?? []), ...(query.exclude ?? [])])
  const answer: Recommendation[] = []
  for (const { item, score, reason } of STRATEGIES[query.kind](model, query)) {
    if (answer.length >= query.limit) break
    const id = model.ids[item]!
    if (shown.has(id) || query.filter?.(id) === false) continue
    answer.push({ id, score, reason: reason() })
  }
  return answer
}

function* popular(model: Model): Iterable<Candidate> {
  for (const item of model.bestSellers) {
    const baskets = model.recent[item]!
    yield { item, score: model.trend[item]!, reason: () => ({ kind: 'popular', baskets, days: RECENT_DAYS }) }
  }
}

function boughtTogether(model: Model, query: RecommendQuery): Iterable<Candidate> {
  const { together, ids } = model
  return mergeLists(model, together, query, (from, at) => ({
    kind: 'bought-together',
    with: ids[from]!,
    together: together.counts[at]!,
    of: together.baskets[from]!,
  }))
}

function similar(model: Model, query: RecommendQuery): Iterable<Candidate> {
  const { alike, ids } = model
  return mergeLists(model, alike, query, (from, at) => ({
    kind: 'similar',
    with: ids[from]!,
    words: sharedWords(alike, from, alike.neighbours[at]!),
  }))
}

/** Sums the lists of all query items; the reason is the list that gave most. */
function mergeLists(
  model: Model,
  lists: Lists,
  query: RecommendQuery,
  explain: (from: number, at: number) => Reason,
): Candidate[] {
  const sums = new Map<number, { score: number; best: number; from: number; at: number }>()
  for (const id of new Set(query.items)) {
    const from = model.index.get(id)
    if (from === undefined) continue
    for (let at = lists.offsets[from]!; at < lists.offsets[from + 1]!; at++) {
      const item = lists.neighbours[at]!
      const score = lists.scores[at]!
      const sum = sums.get(item)
      if (!sum) sums.set(item, { score, best: score, from, at })
      else {
        sum.score += score
        if (score > sum.best) Object.assign(sum, { best: score, from, at })
      }
    }
  }
  return [...sums]
    .map(([item, { score, from, at }]) => ({ item, score, reason: () => explain(from, at) }))
    .sort((a, b) => b.score - a.score || model.trend[b.item]! - model.trend[a.item]! || a.item - b.item)
}

function sharedWords(alike: Model['alike'], a: number, b: number): string[] {
  const wordsOf = (item: number) => alike.wordIds.subarray(alike.wordOffsets[item], alike.wordOffsets[item + 1])
  const others = new Set(wordsOf(b))
  return [...wordsOf(a)].filter((word) => others.has(word)).map((word) => alike.words[word]!)
}

function readModel(file: ModelFile): Model {
  const ids = unpackStrings({ bytes: file.section('ids.bytes', 'u8'), offsets: file.section('ids.offsets', 'u32') })
  const trend = file.section('sales.trend', 'f32')
  const sold = ids.map((_, item) => item).filter((item) => trend[item]! > 0)
  const model: Model = {
    ids,
    index: new Map(ids.map((id, item) => [id, item])),
    bestSellers: topIndexes(sold, trend, sold.length),
    trend,
    recent: file.section('sales.recent', 'u32'),
    together: {
      ...readLists(file, 'together', ids.length),
      counts: file.section('together.counts', 'u32'),
      baskets: file.section('together.baskets', 'u32'),
    },
    alike: {
      ...readLists(file, 'alike', ids.length),
      words: unpackStrings({ bytes: file.section('words.bytes', 'u8'), offsets: file.section('words.offsets', 'u32') }),
      wordOffsets: file.section('alike.wordOffsets', 'u32'),
      wordIds: file.section('alike.wordIds', 'u32'),
    },
  }
  return model
}

function readLists(file: ModelFile, name: string, itemCount: number): Lists {
  const lists = {
    offsets: file.section(`${name}.offsets`, 'u32'),
    neighbours: file.section(`${name}.neighbours`, 'u32'),
    scores: file.section(`${name}.scores`, 'f32'),
  }
  const consistent =
    lists.offsets.length === itemCount + 1 &&
    lists.offsets.every((offset, i) => i === 0 || offset >= lists.offsets[i - 1]!) &&
    lists.offsets[itemCount] === lists.neighbours.length &&
    lists.scores.length === lists.neighbours.length &&
    lists.neighbours.every((item) => item < itemCount)
  if (!consistent) throw new ModelFileError(`The model file's lists "${name}" do not fit its ${itemCount} items`)
  return lists
}
