import type { Ranked } from './rank.ts'

/** Never certain: nothing that was read from a picture is. */
const MOST = 0.995
const LEAST_SHARE = 1e-4

/** What tells how likely the first choice is right: numbers by name. */
export type Signs = Readonly<Record<string, number>>

/** Signs that every ranking gives. */
export function rankingSigns(ranked: Ranked<unknown>, extra: Signs = {}): Signs {
  const share = clip(ranked.probability)
  return { bias: 1, odds: Math.log(share / (1 - share)), lead: Math.log(share / clip(ranked.next)), ...extra }
}

/** In (0, 1): the logistic function of the weighted signs. Source: Platt 1999. */
export function confidenceOf(signs: Signs, weights: Readonly<Record<string, number>>): number {
  let sum = 0
  for (const [name, value] of Object.entries(signs)) sum += value * (weights[name] ?? 0)
  return Math.min(MOST, 1 / (1 + Math.exp(-sum)))
}

function clip(share: number): number {
  return Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, share))
}
