/** Two-sided 95 %. */
const Z = 1.959963984540054

/** How often something happened: `successes` of `trials`, both from 0, successes at most trials. */
export interface Proportion {
  readonly successes: number
  readonly trials: number
}

/** `b` minus `a`, with its 95 % interval. Without trials on both sides nothing is known: from −1 to 1. */
export interface Difference {
  readonly difference: number
  readonly low: number
  readonly high: number
}

/**
 * Wilson's score interval of a proportion, 95 %. Source: E. B. Wilson, JASA 22, 1927.
 */
export function wilson({ successes, trials }: Proportion): { readonly low: number; readonly high: number } {
  if (trials === 0) return { low: 0, high: 1 }
  const rate = successes / trials
  const spread = Z * Math.sqrt((rate * (1 - rate)) / trials + (Z * Z) / (4 * trials * trials))
  const middle = rate + (Z * Z) / (2 * trials)
  const scale = 1 + (Z * Z) / trials
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) }
}

/**
 * Difference of two independent proportions by Newcombe's hybrid score interval, which holds its 95 % for small samples
 * and for rates near 0 as well. Source: R. G. Newcombe, Statistics in Medicine 17, 1998, method 10.
 */
export function compareProportions(a: Proportion, b: Proportion): Difference {
  if (a.trials === 0 || b.trials === 0) return { difference: 0, low: -1, high: 1 }
  const [rateA, rateB] = [a.successes / a.trials, b.successes / b.trials]
  const [aroundA, aroundB] = [wilson(a), wilson(b)]
  const difference = rateB - rateA
  return {
    difference,
    low: difference - Math.hypot(rateB - aroundB.low, aroundA.high - rateA),
    high: difference + Math.hypot(aroundB.high - rateB, rateA - aroundA.low),
  }
}

/** Sums of a number over `count` people: of the number itself, and of its square. */
export interface Sums {
  readonly count: number
  readonly sum: number
  readonly squares: number
}

/**
 * Difference of two means, b − a, with Welch's standard error and the normal quantile: for hundreds of people and more.
 * With fewer than two on a side nothing is known, and the interval is infinite.
 */
export function compareMeans(a: Sums, b: Sums): Difference {
  if (a.count < 2 || b.count < 2) {
    return { difference: 0, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  }
  const difference = b.sum / b.count - a.sum / a.count
  const spread = Z * Math.sqrt(varianceOfMean(a) + varianceOfMean(b))
  return { difference, low: difference - spread, high: difference + spread }
}

function varianceOfMean({ count, sum, squares }: Sums): number {
  return Math.max(0, squares - (sum * sum) / count) / (count - 1) / count
}
