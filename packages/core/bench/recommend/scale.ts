import { loadRecommender, trainRecommender } from '../../src/brain/index.ts'
import type { Bars } from './bars.ts'
import { cpuSeconds } from './evaluate.ts'
import type { Order } from './protocol.ts'

/** Lines of an order at scale, on average: 3 million orders have 8.1 million. */
const MEAN_LINES = 2.7
const LARGE = 3_000_000
/** Each product stands for so many at 3 million orders: 3,732 make some 49,000. */
const VARIANTS = 13

/**
 * Prints what lists and session index cost for 10^3 … 10^power orders, 3 million among them: each order is a run of one to five
 * products from a training basket, both drawn by a linear congruential generator (Numerical Recipes), lines 2.7 on average. Orders
 * belong to one of thirteen copies of the catalogue, so that there are some 49,000 products.
 */
export function runScale(train: readonly Order[], power: number, bars: Bars): void {
  const sizes = Array.from({ length: power - 2 }, (_, i) => 10 ** (i + 3))
  if (power >= 6) sizes.push(LARGE)
  console.log('\norders      lines       products    CPU s       RSS MB      model MiB   µs a line')
  const perLine: number[] = []
  for (const size of sizes.sort((a, b) => a - b)) {
    const baskets = resampled(train, size)
    const lines = baskets.reduce((sum, { items }) => sum + items.length, 0)
    const before = process.memoryUsage().rss
    const start = cpuSeconds()
    const bytes = trainRecommender({ baskets }, { ranking: false })
    const spent = cpuSeconds() - start
    const memory = Math.max(0, Math.round((process.memoryUsage().rss - before) / 2 ** 20))
    const { counts } = loadRecommender(bytes)
    perLine.push((spent * 1e6) / lines)
    const cells = [size, lines, counts.items, spent.toFixed(2), memory, (bytes.length / 2 ** 20).toFixed(1)]
    console.log([...cells, perLine.at(-1)!.toFixed(2)].map((cell) => String(cell).padEnd(12)).join(''))
    if (size !== LARGE) continue
    bars.most('3 million orders: training, CPU', spent, 5, ' s')
    bars.most('3 million orders: memory beside the orders', memory, 600, ' MB')
  }
  if (perLine.length > 1) bars.most('a line at most against fewest orders', perLine.at(-1)! / perLine[0]!, 1, ' ×')
}

function resampled(train: readonly Order[], size: number): { items: readonly string[]; at: number }[] {
  let state = 1
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const named = new Map<string, string[]>()
  const variantsOf = (id: string) => {
    let variants = named.get(id)
    if (!variants) named.set(id, (variants = Array.from({ length: VARIANTS }, (_, copy) => `${id}-${copy}`)))
    return variants
  }
  return Array.from({ length: size }, () => {
    const { items, at } = train[random(train.length)]!
    const length = 1 + random(2 * MEAN_LINES - 1)
    const start = random(Math.max(1, items.length - length + 1))
    const copy = random(VARIANTS)
    return { items: items.slice(start, start + length).map((id) => variantsOf(id)[copy]!), at }
  })
}
