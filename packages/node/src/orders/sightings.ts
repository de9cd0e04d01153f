/** Names of one product that are counted; a product with more has no name that means anything. */
const MAX_NAMES = 8

/** What order lines tell of a product that they name. */
export interface SightedProduct {
  readonly id: string
  readonly name: string
  readonly priceMinor: number | null
  readonly currency: string
}

interface Sighting {
  /** How often each name came, by the name's number. */
  readonly names: Map<number, number>
  soldAt: number
  priceMinor: number | null
  currency: string
}

/**
 * Gathers what order lines tell of the products they name: the most frequent name (of equals the first in code-unit
 * order), and the price of the latest sale. Products and names come as numbers of a dictionary of strings; when a new
 * dictionary begins, `settle` turns numbers into strings. Memory grows with the number of products, not of lines.
 */
export class ProductSightings {
  readonly #settled = new Map<
    string,
    { names: Map<string, number>; soldAt: number; priceMinor: number | null; currency: string }
  >()
  #seen: (Sighting | undefined)[] = []

  /** What one line says; `name` is -1 where the line has none, `soldAt` (ms since 1970) is NaN where it is no sale. */
  note(product: number, name: number, soldAt: number, priceMinor: number, currency: string): void {
    let sighting = this.#seen[product]
    if (!sighting) {
      sighting = { names: new Map(), soldAt: Number.NEGATIVE_INFINITY, priceMinor: null, currency: '' }
      this.#seen[product] = sighting
    }
    if (name >= 0) {
      const count = sighting.names.get(name)
      if (count !== undefined || sighting.names.size < MAX_NAMES) sighting.names.set(name, (count ?? 0) + 1)
    }
    if (soldAt >= sighting.soldAt) {
      sighting.soldAt = soldAt
      sighting.priceMinor = priceMinor
      sighting.currency = currency
    }
  }

  settle(strings: readonly string[]): void {
    for (const [index, sighting] of this.#seen.entries()) {
      if (!sighting) continue
      const id = strings[index]!
      const known = this.#settled.get(id) ?? { ...sighting, names: new Map<string, number>() }
      for (const [name, count] of sighting.names) {
        const text = strings[name]!
        known.names.set(text, (known.names.get(text) ?? 0) + count)
      }
      const { soldAt, priceMinor, currency } = sighting.soldAt >= known.soldAt ? sighting : known
      this.#settled.set(id, { names: known.names, soldAt, priceMinor, currency })
    }
    this.#seen = []
  }

  products(): SightedProduct[] {
    return [...this.#settled].map(([id, { names, priceMinor, currency }]) => ({
      id,
      name: mostFrequent(names) ?? id,
      priceMinor,
      currency,
    }))
  }
}

function mostFrequent(names: ReadonlyMap<string, number>): string | undefined {
  const [best] = [...names].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return best?.[0]
}
