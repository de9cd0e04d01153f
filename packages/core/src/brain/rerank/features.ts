import type { Model } from '../recommend/read-model.ts'

const DAY_MS = 86_400_000
/** Products of the basket, and of what the visitor bought and looked at, that are compared with candidates: the latest. */
const MAX_BASKET = 20
const MAX_TOUCHED = 150
const NEAR_FADE = 0.6
const TOUCH_HALF_LIFE_DAYS = 60
const BOUGHT_HALF_LIFE_DAYS = 30
/** A look says less than a purchase. */
const VIEW_WEIGHT = 0.5
/** A look counts half after so many others. */
const VIEW_FADE = 0.9
const LEAST_SHARE = Math.exp(-10)
const RARE = 1e-5

/** What the network is told of a candidate, in this order. */
export const FEATURES = [
  'share',
  'rank',
  'cosineLast',
  'cosineMean',
  'cosineMost',
  'nearLast',
  'nearFaded',
  'backLast',
  'backMean',
  'trend',
  'growth',
  'rise',
  'count',
  'bought',
  'boughtTimes',
  'boughtLately',
  'boughtRate',
  'own',
  'ownMost',
  'ownLast',
  'ownBack',
  'viewed',
  'isTogether',
  'isPersonal',
  'basketLength',
  'historyLength',
] as const
export const FEATURE_COUNT = FEATURES.length

export interface Touch {
  readonly id: string
  /** ms since 1970. */
  readonly at: number
}

/** What is known of who asks, oldest first. */
export interface Visitor {
  readonly bought: readonly Touch[]
  readonly viewed: readonly Touch[]
}

export interface RerankQuestion extends Visitor {
  readonly kind: 'next' | 'bought-together' | 'for-user'
  readonly items: readonly string[]
  /** When it was asked, ms since 1970; default: after all that is known. */
  readonly at?: number
}

/** A list's candidates, best first. */
export type Listed = readonly { readonly id: string; readonly score: number }[]

/** Writes what is known of a list's candidates, row by row. Complexity: list neighbours of what the visitor touched. */
export function createFeatures({ index, pairs, sales, now: trainedTo }: Model) {
  const most = {
    trend: peak(sales.trend),
    fast: peak(sales.fast),
    slow: peak(sales.slow),
    count: peak(sales.count),
    rise: peak(sales.rise),
  }
  const numbers = (ids: readonly string[]) => ids.flatMap((id) => index.get(id) ?? [])
  const lowered = (value: number, highest: number) => Math.log(value / highest + RARE)

  /** Calls `found` for each candidate that stands in the list of `source`. */
  function neighbours(
    source: number,
    rows: ReadonlyMap<number, number>,
    found: (row: number, cosine: number, near: number) => void,
  ): void {
    for (let at = pairs.offsets[source]!; at < pairs.offsets[source + 1]!; at++) {
      const row = rows.get(pairs.neighbours[at]!)
      if (row !== undefined) found(row, pairs.cosine[at]!, pairs.near[at]!)
    }
  }

  return ({ kind, items, bought, viewed, at: askedAt }: RerankQuestion, listed: Listed): Float32Array => {
    const features = new Float32Array(listed.length * FEATURE_COUNT)
    const rows = new Map(listed.flatMap(({ id }, row) => (index.has(id) ? [[index.get(id)!, row] as const] : [])))
    const add = (name: (typeof FEATURES)[number], row: number, value: number) => {
      features[row * FEATURE_COUNT + COLUMN[name]]! += value
    }
    const raise = (name: (typeof FEATURES)[number], row: number, value: number) => {
      const at = row * FEATURE_COUNT + COLUMN[name]
      if (value > features[at]!) features[at] = value
    }

    const basket = [...new Set(numbers(items).reverse())].slice(0, MAX_BASKET)
    const breadth = Math.sqrt(basket.length || 1)
    for (const [back, source] of basket.entries()) {
      neighbours(source, rows, (row, cosine, near) => {
        if (back === 0) add('cosineLast', row, cosine)
        if (back === 0) add('nearLast', row, near)
        add('cosineMean', row, cosine / breadth)
        raise('cosineMost', row, cosine)
        add('nearFaded', row, near * NEAR_FADE ** back)
      })
    }

    const now = askedAt ?? Math.max(trainedTo, bought.at(-1)?.at ?? 0, viewed.at(-1)?.at ?? 0)
    const touched = touchedBy(bought, viewed, now)
    const norm = 1 / Math.sqrt(touched.size || 1)
    for (const [source, { weight, isLast }] of touched) {
      neighbours(source, rows, (row, cosine) => {
        add('own', row, weight * cosine * norm)
        raise('ownMost', row, weight * cosine)
        if (isLast) add('ownLast', row, cosine)
      })
    }
    const orders = new Set(bought.map(({ at }) => at)).size
    for (const { id, at } of bought) {
      const row = rows.get(index.get(id) ?? -1)
      if (row === undefined) continue
      raise('bought', row, 1)
      add('boughtTimes', row, 1)
      raise('boughtLately', row, 2 ** ((at - now) / DAY_MS / BOUGHT_HALF_LIFE_DAYS))
    }
    for (const [i, { id }] of viewed.entries()) {
      const row = rows.get(index.get(id) ?? -1)
      if (row !== undefined) raise('viewed', row, VIEW_FADE ** (viewed.length - 1 - i))
    }

    const asked = new Map(basket.map((item, back) => [item, back]))
    const top = listed[0]?.score || 1
    for (const [row, { id, score }] of listed.entries()) {
      const at = row * FEATURE_COUNT
      const write = (name: (typeof FEATURES)[number], value: number) => {
        features[at + COLUMN[name]] = value
      }
      write('share', Math.log(Math.max(LEAST_SHARE, score / top)))
      write('rank', Math.log2(1 + row))
      write('boughtRate', features[at + COLUMN.boughtTimes]! / (orders || 1))
      write('boughtTimes', Math.log2(1 + features[at + COLUMN.boughtTimes]!))
      write('isTogether', kind === 'bought-together' ? 1 : 0)
      write('isPersonal', kind === 'for-user' ? 1 : 0)
      write('basketLength', Math.log2(1 + basket.length))
      write('historyLength', Math.log2(1 + touched.size))
      const item = index.get(id)
      if (item === undefined) continue
      write('trend', lowered(sales.trend[item]!, most.trend))
      write('growth', lowered(sales.fast[item]!, most.fast) - lowered(sales.slow[item]!, most.slow))
      write('rise', sales.rise[item]! / most.rise)
      write('count', lowered(sales.count[item]!, most.count))
      // The candidate's own list names what the source's list had no room for.
      for (let pair = pairs.offsets[item]!; pair < pairs.offsets[item + 1]!; pair++) {
        const source = pairs.neighbours[pair]!
        const back = asked.get(source)
        if (back !== undefined) add('backMean', row, pairs.cosine[pair]! / breadth)
        if (back === 0) add('backLast', row, pairs.cosine[pair]!)
        const own = touched.get(source)
        if (own) add('ownBack', row, own.weight * pairs.cosine[pair]! * norm)
      }
    }
    return features
  }

  /** How much each product counts that the visitor bought or looked at: the latest ones, later ones more. */
  function touchedBy(bought: readonly Touch[], viewed: readonly Touch[], now: number) {
    const touched = new Map<number, { weight: number; isLast: boolean }>()
    const take = (touches: readonly Touch[], share: number, isLast: (at: number, back: number) => boolean) => {
      for (let i = touches.length - 1; i >= 0 && touched.size < MAX_TOUCHED; i--) {
        const { id, at } = touches[i]!
        const item = index.get(id)
        if (item === undefined || touched.has(item)) continue
        const weight = share * 2 ** ((at - now) / DAY_MS / TOUCH_HALF_LIFE_DAYS)
        touched.set(item, { weight, isLast: isLast(at, touches.length - 1 - i) })
      }
    }
    const lastOrder = bought.at(-1)?.at
    take(viewed, VIEW_WEIGHT, (_, back) => back === 0)
    take(bought, 1, (at) => viewed.length === 0 && at === lastOrder)
    return touched
  }
}

const COLUMN = Object.fromEntries(FEATURES.map((name, column) => [name, column])) as Readonly<
  Record<(typeof FEATURES)[number], number>
>

function peak(values: ArrayLike<number>): number {
  let most = 0
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]!)
  return most || 1
}
