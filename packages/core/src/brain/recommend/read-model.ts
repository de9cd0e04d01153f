import { ModelFileError } from '../errors.ts'
import type { ModelFile, Section } from '../model-file.ts'
import { unpackStrings } from '../string-table.ts'
import { bestSellersOf } from './best-sellers.ts'
import type { Trees } from './boost.ts'
import type { Knowledge } from './features.ts'
import type { Ranking } from './prior.ts'
import type { Learned } from './ranker.ts'

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
  readonly trees: Readonly<Record<Learned, Trees | null> & Partial<Record<Exclude<Ranking, Learned>, null>>>
}

export function readModel(file: ModelFile): Model {
  const ids = readStrings(file, 'ids')
  const count = ids.length
  const u32 = (name: string) => file.section(name, 'u32')
  const f32 = (name: string) => file.section(name, 'f32')
  const { lastBasketAt, returns } = (file.header.extra ?? {}) as { lastBasketAt: number; returns: readonly number[] }
  const counts = <Name extends string>(of: string, ...names: Name[]) => columns(names, (name) => u32(`${of}.${name}`))
  const shares = <Name extends string>(of: string, ...names: Name[]) => columns(names, (name) => f32(`${of}.${name}`))
  const sales = {
    ...counts('sales', 'count', 'recent'),
    ...shares('sales', 'fast', 'trend', 'slow', 'rise', 'firstAge', 'lastAge', 'basketSize', 'place'),
  }
  const pairs = {
    ...counts('pairs', 'offsets', 'neighbours', 'counts', 'baskets'),
    ...shares('pairs', 'cosine', 'lately', 'near', 'after'),
  }
  const lists = (name: string) => ({ ...counts(name, 'offsets', 'neighbours'), ...shares(name, 'scores') })
  const [alike, linear] = [lists('alike'), lists('linear')]
  const sessions = counts('sessions', 'offsets', 'items', 'holderOffsets', 'holders')
  const [words, wordOffsets, wordIds] = [readStrings(file, 'words'), u32('alike.wordOffsets'), u32('alike.wordIds')]

  const { offsets, neighbours, cosine, lately, near, after } = pairs
  const fits =
    Object.values(sales).every(({ length }) => length === count) &&
    pairs.baskets.length === count &&
    areLists(offsets, neighbours, count, count) &&
    [pairs.counts, cosine, lately, near, after].every(({ length }) => length === neighbours.length) &&
    [alike, linear].every(
      ({ offsets: starts, neighbours: others, scores }) =>
        areLists(starts, others, count, count) && scores.length === others.length,
    ) &&
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
    linear,
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
    },
  }
}

function columns<Name extends string, Column>(names: readonly Name[], read: (name: Name) => Column) {
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, Column>
}

function readTrees(file: ModelFile, ranking: Learned): Trees | null {
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
