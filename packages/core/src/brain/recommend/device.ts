import { ModelFileError } from '../errors.ts'
import { type ModelFile, readModelFile, type Section, writeModelFile } from '../model-file.ts'
import { packStrings } from '../string-table.ts'
import { bestSellersOf } from './best-sellers.ts'
import { FORMAT, VERSION } from './format.ts'
import type { PairLists } from './pairs.ts'
import { type Model, readModel, readStrings } from './read-model.ts'
import { topIndexes } from './top.ts'

/** Neighbours kept of a product by what is bought together, and as many by what is close in the basket. */
const LIST_LENGTH = 9
/** Weights have four bits, as shares of the greatest of a list, whose own eight bits are a share of one. */
const LEVELS = 15
const BYTE = 255
/** Sales are kept as logarithms: the greatest at the top of eight bits. */
const SALES_COLUMNS = ['fast', 'trend', 'slow', 'rise'] as const

/**
 * The part of a model file that a browser needs: products, how they sell, and two short lists of neighbours with weights of four
 * bits. `loadRecommender` reads it like the whole; it has no words, no past baskets and no trees, so that answers are those
 * of the lists; exporting it again changes nothing. About 200 KB after gzip for some 3,700 products. Throws `ModelFileError` as `loadRecommender` does.
 */
export function exportDevice(bytes: Uint8Array): Uint8Array {
  const file = readModelFile(bytes, FORMAT, VERSION)
  if (isDeviceFile(file)) return bytes
  const model = readModel(file)
  const { sales } = model
  const { lists, tops } = packLists(model)
  const sections: Record<string, Section> = {
    ...prefixed('ids', packStrings(model.ids)),
    'device.lists': lists,
    'device.tops': tops,
  }
  const peaks: Record<string, number> = {}
  for (const name of SALES_COLUMNS) {
    const peak = sales[name].reduce((most, value) => Math.max(most, value), 0)
    peaks[name] = peak
    sections[`device.${name}`] = Uint8Array.from(sales[name], (value) => (value > 0 ? 1 + toLog(value, peak) : 0))
  }
  for (const name of ['count', 'recent'] as const) sections[`device.${name}`] = sales[name]
  sections['device.baskets'] = model.pairs.baskets
  const { trainedAt, counts, metrics, extra } = file.header
  return writeModelFile(
    { format: FORMAT, version: VERSION, trainedAt, counts, metrics, extra: { ...extra, device: true, peaks } },
    sections,
  )
}

function isDeviceFile({ header }: ModelFile): boolean {
  return (header.extra as { device?: boolean } | undefined)?.device === true
}

/** Reads what `exportDevice` wrote. */
export function readDeviceModel(file: ModelFile): Model {
  const ids = readStrings(file, 'ids')
  const count = ids.length
  const { lastBasketAt, returns, peaks } = file.header.extra as {
    lastBasketAt: number
    returns: readonly number[]
    peaks: Readonly<Record<string, number>>
  }
  const column = (name: (typeof SALES_COLUMNS)[number]) =>
    Float32Array.from(file.section(`device.${name}`, 'u8'), (value) =>
      value === 0 ? 0 : fromLog(value - 1, peaks[name]!),
    )
  const counts = (name: string) => Uint32Array.from(file.section(`device.${name}`, 'u32'))
  const zeros = new Float32Array(count)
  const sales = {
    count: counts('count'),
    recent: counts('recent'),
    fast: column('fast'),
    trend: column('trend'),
    slow: column('slow'),
    rise: column('rise'),
    firstAge: zeros,
    lastAge: zeros,
    basketSize: zeros,
    place: zeros,
  }
  const pairs = {
    ...unpackLists(file.section('device.lists', 'u8'), file.section('device.tops', 'u8'), count),
    baskets: counts('baskets'),
  }
  const none = new Uint32Array(count + 1)
  const empty = new Uint32Array(0)
  const noLists = { offsets: none, neighbours: empty, scores: new Float32Array(0) }
  return {
    itemCount: count,
    ids,
    index: new Map(ids.map((id, item) => [id, item])),
    sales,
    pairs,
    alike: noLists,
    linear: noLists,
    sessions: {
      offsets: new Uint32Array(1),
      items: empty,
      holderOffsets: none,
      holders: empty,
    },
    words: [],
    wordOffsets: none,
    wordIds: empty,
    bestSellers: bestSellersOf(sales.trend),
    now: lastBasketAt,
    returns,
    baskets: file.header.counts.baskets ?? 0,
    trees: { next: null, together: null },
  }
}

/** Per product: how many neighbours, then each as its distance from the one before, its two weights, and the baskets of both. */
function packLists({ pairs, itemCount }: Model): { lists: Uint8Array; tops: Uint8Array } {
  const bytes: number[] = []
  const tops = new Uint8Array(itemCount * 2)
  for (let item = 0; item < itemCount; item++) {
    const start = pairs.offsets[item]!
    const places = Array.from({ length: pairs.offsets[item + 1]! - start }, (_, i) => start + i)
    const kept = new Set([
      ...topIndexes(places, pairs.cosine, LIST_LENGTH),
      ...topIndexes(places, pairs.near, LIST_LENGTH),
    ])
    const list = [...kept].sort((a, b) => pairs.neighbours[a]! - pairs.neighbours[b]!)
    const peaks = [pairs.cosine, pairs.near].map((scores) => Math.max(0, ...list.map((at) => scores[at]!)))
    for (const [i, peak] of peaks.entries()) tops[item * 2 + i] = Math.ceil(Math.min(1, peak) * BYTE)
    bytes.push(list.length)
    let before = -1
    for (const at of list) {
      const [cosine, near] = [pairs.cosine, pairs.near].map((scores, i) =>
        Math.round((LEVELS * scores[at]!) / (peaks[i] || 1)),
      )
      pushNumber(bytes, pairs.neighbours[at]! - before - 1)
      bytes.push((cosine! << 4) | near!)
      pushNumber(bytes, pairs.counts[at]!)
      before = pairs.neighbours[at]!
    }
  }
  return { lists: Uint8Array.from(bytes), tops }
}

function unpackLists(bytes: Uint8Array, tops: Uint8Array, itemCount: number): Omit<PairLists, 'baskets'> {
  const offsets = new Uint32Array(itemCount + 1)
  const neighbours: number[] = []
  const counts: number[] = []
  const cosine: number[] = []
  const near: number[] = []
  let at = 0
  const number = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!
      value |= (byte & 127) << shift
      if (!(byte & 128)) return value
    }
  }
  for (let item = 0; item < itemCount; item++) {
    let neighbour = -1
    for (let left = bytes[at++]!; left > 0; left--) {
      neighbour += number() + 1
      if (neighbour >= itemCount) throw new ModelFileError(`The model file's lists do not fit its ${itemCount} items`)
      neighbours.push(neighbour)
      const weights = bytes[at++]!
      cosine.push(((weights >> 4) / LEVELS) * (tops[item * 2]! / BYTE))
      near.push(((weights & 15) / LEVELS) * (tops[item * 2 + 1]! / BYTE))
      counts.push(number())
    }
    offsets[item + 1] = neighbours.length
  }
  const closeness = Float32Array.from(near)
  const together = Float32Array.from(cosine)
  return {
    offsets,
    neighbours: Uint32Array.from(neighbours),
    counts: Uint32Array.from(counts),
    cosine: together,
    lately: together,
    near: closeness,
    after: new Float32Array(near.length),
  }
}

/** Seven bits a byte, the lowest first; all but the last have the eighth set. */
function pushNumber(bytes: number[], value: number): void {
  let rest = value
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128)
  bytes.push(rest)
}

/** Sixteen halvings in 254 steps. */
const HALVINGS = 16
const STEPS = 254

function toLog(value: number, peak: number): number {
  return Math.round(STEPS * Math.max(0, 1 + Math.log2(value / peak) / HALVINGS))
}

function fromLog(step: number, peak: number): number {
  return peak * 2 ** ((step / STEPS - 1) * HALVINGS)
}

function prefixed(name: string, arrays: object): Record<string, Section> {
  return Object.fromEntries(Object.entries(arrays).map(([key, array]) => [`${name}.${key}`, array as Section]))
}
