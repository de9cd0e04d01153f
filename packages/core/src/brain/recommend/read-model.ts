import { ModelFileError } from '../errors.ts'
import type { ModelFile, Section } from '../model-file.ts'
import { unpackStrings } from '../string-table.ts'
import { bestSellersOf } from './best-sellers.ts'
import type { Trees } from './boost.ts'
import type { Knowledge } from './features.ts'
import type { Ranking } from './prior.ts'

/** What a model file holds, ready to answer. */
export interface Model extends Knowledge {
  readonly ids: readonly string[]
  readonly index: ReadonlyMap<string, number>
  readonly words: readonly string[]
  /** Words of each item: `wordOffsets` has one entry more than there are items; ids point into `words`. */
  readonly wordOffsets: Uint32Array
  readonly wordIds: Uint32Array
  readonly returns: readonly number[]
  /** Orders behind the model. */
  readonly baskets: number
  readonly trees: Readonly<Record<Ranking, Trees | null>>
}

export function readModel(file: ModelFile): Model {
  const ids = readStrings(file, 'ids')
  const count = ids.length
  const u32 = (name: string) => file.section(name, 'u32')
  const f32 = (name: string) => file.section(name, 'f32')
  const { lastBasketAt, returns } = (file.header.extra ?? {}) as { lastBasketAt: number; returns: readonly number[] }
  const sales = {
    count: u32('sales.count'),
    recent: u32('sales.recent'),
    fast: f32('sales.fast'),
    trend: f32('sales.trend'),
    slow: f32('sales.slow'),
    rise: f32('sales.rise'),
    firstAge: f32('sales.firstAge'),
    lastAge: f32('sales.lastAge'),
    basketSize: f32('sales.basketSize'),
    place: f32('sales.place'),
  }
  const pairs = {
    offsets: u32('pairs.offsets'),
    neighbours: u32('pairs.neighbours'),
    counts: u32('pairs.counts'),
    cosine: f32('pairs.cosine'),
    lately: f32('pairs.lately'),
    near: f32('pairs.near'),
    after: f32('pairs.after'),
    baskets: u32('pairs.baskets'),
  }
  const alike = { offsets: u32('alike.offsets'), neighbours: u32('alike.neighbours'), scores: f32('alike.scores') }
  const sessions = {
    offsets: u32('sessions.offsets'),
    items: u32('sessions.items'),
    holderOffsets: u32('sessions.holderOffsets'),
    holders: u32('sessions.holders'),
  }
  const [words, wordOffsets, wordIds] = [readStrings(file, 'words'), u32('alike.wordOffsets'), u32('alike.wordIds')]

  const { offsets, neighbours, counts, cosine, lately, near, after } = pairs
  const fits =
    Object.values(sales).every(({ length }) => length === count) &&
    pairs.baskets.length === count &&
    areLists(offsets, neighbours, count, count) &&
    [counts, cosine, lately, near, after].every(({ length }) => length === neighbours.length) &&
    areLists(alike.offsets, alike.neighbours, count, count) &&
    alike.scores.length === alike.neighbours.length &&
    areLists(sessions.offsets, sessions.items, sessions.offsets.length - 1, count) &&
    areLists(sessions.holderOffsets, sessions.holders, count, sessions.offsets.length - 1) &&
    areLists(wordOffsets, wordIds, count, words.length) &&
    Number.isFinite(lastBasketAt) &&
    Array.isArray(returns)
  if (!fits) throw new ModelFileError(`The model file's lists do not fit its ${count} items`)
  return {
    itemCount: count,
    ids,
    index: new Map(ids.map((id, item) => [id, item])),
    sales,
    pairs,
    alike,
    sessions,
    words,
    wordOffsets,
    wordIds,
    bestSellers: bestSellersOf(sales.trend),
    now: lastBasketAt,
    returns,
    baskets: file.header.counts.baskets ?? 0,
    trees: {
      next: readTrees(file, 'next'),
      together: readTrees(file, 'together'),
      personal: readTrees(file, 'personal'),
      cold: readTrees(file, 'cold'),
    },
  }
}

function readTrees(file: ModelFile, ranking: Ranking): Trees | null {
  if (!file.has(`rank.${ranking}.roots`)) return null
  return {
    roots: file.section(`rank.${ranking}.roots`, 'u32'),
    feature: file.section(`rank.${ranking}.feature`, 'u8'),
    threshold: file.section(`rank.${ranking}.threshold`, 'f32'),
    left: file.section(`rank.${ranking}.left`, 'u32'),
  }
}

export function readStrings(file: ModelFile, name: string): string[] {
  return unpackStrings({ bytes: file.section(`${name}.bytes`, 'u8'), offsets: file.section(`${name}.offsets`, 'u32') })
}

/** Whether these are `count` lists of numbers below `limit`. */
function areLists(offsets: Section, values: Section, count: number, limit: number): boolean {
  return (
    offsets.length === count + 1 &&
    offsets.every((offset, i) => i === 0 || offset >= offsets[i - 1]!) &&
    offsets[count] === values.length &&
    values.every((value) => value < limit)
  )
}
