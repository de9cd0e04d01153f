import type { Prior } from './features.ts'

/**
 * What is ranked: what comes next in a basket, what goes with a product, what a shopper has not bought yet (by the linear model;
 * `own` by the lists, where there is none), what goes with a product that was never sold.
 */
export type Ranking = 'next' | 'together' | 'personal' | 'own' | 'cold'

/** How signals are weighed by a shop of many orders: where its trees begin. Found on the first 80 % of UCI Online Retail. */
const LARGE: Readonly<Record<Ranking, Prior>> = {
  next: prior({
    cosine: 1,
    lately: 0.3,
    near: 1.2,
    after: 0.8,
    alike: 0.1,
    session: 0.3,
    trend: 1,
    rise: 0.05,
    bought: 0.1,
    own: 0.05,
  }),
  together: prior({
    cosine: 1.3,
    lately: 0.45,
    near: 0.45,
    after: 0.3,
    alike: 0.08,
    session: 0.3,
    trend: 2,
    rise: 0.15,
    bought: 0.15,
    own: 0.1,
  }),
  cold: prior({ cosine: 0.1, lately: 0.1, alike: 0.1, fast: 3, bought: 0.15, own: 0.1 }),
  personal: prior({ rise: 0.2, linear: 1 }),
  own: prior({ rise: 1, own: 1 }),
}

/** The same for a shop of few orders: names say more, counts less. */
const SMALL: Readonly<Record<Ranking, Prior>> = {
  next: { ...LARGE.next, cosine: 0.7, alike: 0.6 },
  together: { ...LARGE.together, cosine: 0.5, lately: 0.25, near: 0.25, alike: 0.5, trend: 3, rise: 0.2 },
  cold: { ...LARGE.cold, alike: 0.5 },
  personal: LARGE.personal,
  own: LARGE.own,
}
/** Orders at which a shop stands halfway between the two. */
const HALFWAY = 400

/** How signals are weighed by a shop of so many orders, before it learns better. */
export function priorFor(ranking: Ranking, baskets: number): Prior {
  const smallness = HALFWAY / (HALFWAY + baskets)
  const [small, large] = [SMALL[ranking], LARGE[ranking]]
  const weights = Object.entries(large).map(([name, weight]) => {
    const other = small[name as keyof Prior]
    return [name, weight + (other - weight) * smallness]
  })
  return Object.fromEntries(weights) as Prior
}

function prior(weights: Partial<Prior>): Prior {
  const none = {
    cosine: 0,
    lately: 0,
    near: 0,
    after: 0,
    alike: 0,
    session: 0,
    trend: 0,
    fast: 0,
    rise: 0,
    bought: 0,
    own: 0,
    linear: 0,
  }
  return { ...none, ...weights }
}

/** Products that are looked at closely for one answer. */
export const CANDIDATES = 200
/** Log-odds for one unit of the logarithm of the prior. */
const SLOPE = 1.3
const FLOOR = 1e-3

/** What the trees begin with. */
export function priorScore(value: number): number {
  return SLOPE * Math.log(value + FLOOR)
}
