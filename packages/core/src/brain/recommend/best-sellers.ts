import { topIndexes } from './top.ts'

/** Products that were ever sold, best-selling of late first. */
export function bestSellersOf(trend: Float32Array): number[] {
  const sold: number[] = []
  for (let item = 0; item < trend.length; item++) if (trend[item]! > 0) sold.push(item)
  return topIndexes(sold, trend, sold.length)
}
