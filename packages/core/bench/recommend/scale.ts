import { loadRecommender, trainRecommender } from '../../src/brain/index.ts'
import { cpuSeconds } from './evaluate.ts'
import type { Order } from './protocol.ts'

/** Lines of an order at scale, on average: 3 million orders have 8.1 million. */
const MEAN_LINES = 2.7

/**
 * Prints what lists and session index cost for 10^3 … 10^power orders, 3 million among them: each order is a run of one to five
 * products from a training basket, both drawn by a linear congruential generator (Numerical Recipes), lines 2.7 on average.
 */
export function runScale(train: readonly Order[], power: number): void {
  const sizes = Array.from({ length: power - 2 }, (_, i) => 10 ** (i + 3))
  if (power >= 6) sizes.push(3_000_000)
  console.log('orders      lines       CPU s    RSS MB   model MiB')
  for (const size of sizes.sort((a, b) => a - b)) {
    const baskets = resampled(train, size)
    const lines = baskets.reduce((sum, { items }) => sum + items.length, 0)
    const before = process.memoryUsage().rss
    const start = cpuSeconds()
    const bytes = trainRecommender({ baskets }, { ranking: false })
    const spent = cpuSeconds() - start
    const memory = Math.round((process.memoryUsage().rss - before) / 2 ** 20)
    loadRecommender(bytes)
    const cells = [size, lines, spent.toFixed(2), memory, (bytes.length / 2 ** 20).toFixed(1)]
    console.log(cells.map((cell) => String(cell).padEnd(10)).join('  '))
  }
}

function resampled(train: readonly Order[], size: number): { items: readonly string[]; at: number }[] {
  let state = 1
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  return Array.from({ length: size }, () => {
    const { items, at } = train[random(train.length)]!
    const length = 1 + random(2 * MEAN_LINES - 1)
    const start = random(Math.max(1, items.length - length + 1))
    return { items: items.slice(start, start + length), at }
  })
}
