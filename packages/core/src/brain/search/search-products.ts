/** What is looked at of a product. */
export interface SearchableProduct {
  readonly name: string
  readonly price?: { readonly amount: number } | undefined
  readonly categories?: readonly string[] | undefined
  readonly brand?: string | undefined
  readonly attributes?: Readonly<Record<string, string>> | undefined
  readonly description?: string | undefined
  readonly visible: boolean
  readonly inStock: boolean
}

/** What is wanted of a product, beside words. Minor units. */
export interface Wanted {
  readonly maxMinor?: number | undefined
  readonly minMinor?: number | undefined
  readonly category?: string | undefined
}

/** Words of a request that say nothing of the product. */
const FILLERS = new Set(
  `a an the i im i'm me my we you your for of to in on at with and or is are am do does did can could would will have has any some
  looking look find search show want need like get buy give gift present something anything thing things please one ones under over below above less
  more than cheaper about around between up from who that this it its what which come comes there got sell shop store product products item items
  pounds pound euros euro dollars dollar max maximum min budget`.split(/\s+/),
)

const NAME = 6
const CATEGORY = 4
const ATTRIBUTE = 4
const DESCRIPTION = 1.5
/** The part of the telling words that must be found somewhere. */
const LEAST_SHARE = 0.34

/**
 * Products by how well they fit what was said, the best first: words found in the name count most, then category, brand and attributes, then the
 * description; a word that few products have counts more (idf). Bounds of price and the category are kept strictly. Hidden products
 * never come; those out of stock come last. O(products × words).
 */
export function searchProducts<P extends SearchableProduct>(
  products: readonly P[],
  text: string,
  wanted: Wanted,
  limit: number,
): P[] {
  const words = [...new Set(wordsOf(text))].filter((word) => !FILLERS.has(word) && !/^\d+$/.test(word)).map(stem)
  const candidates = products.filter((product) => product.visible && fits(product, wanted)).map(indexed)
  if (words.length === 0)
    return candidates
      .map(({ product }) => product)
      .sort(inStockFirst)
      .slice(0, limit)
  const rarity = new Map(
    words.map((word) => {
      const having = candidates.filter((one) => one.fields.some(({ words: of }) => of.has(word))).length
      return [word, Math.log(1 + candidates.length / (1 + having))]
    }),
  )
  const scored = candidates.map((one) => {
    let score = 0
    let hits = 0
    for (const word of words) {
      const best = Math.max(0, ...one.fields.map(({ weight, words: of }) => (of.has(word) ? weight : 0)))
      if (best > 0) hits++
      score += best * rarity.get(word)!
    }
    return { product: one.product, score, share: hits / words.length }
  })
  return scored
    .filter(({ share, score }) => score > 0 && share >= LEAST_SHARE)
    .sort((a, b) => Number(b.product.inStock) - Number(a.product.inStock) || b.score - a.score)
    .slice(0, limit)
    .map(({ product }) => product)
}

/** The few products whose names share most with a text, for the engine to recognise. */
export function productsNamed<P extends SearchableProduct>(products: readonly P[], text: string, limit: number): P[] {
  const words = new Set(wordsOf(text).map(stem))
  const scored = products
    .filter(({ visible }) => visible)
    .map((product) => {
      const own = [...new Set(wordsOf(product.name).map(stem))]
      const shared = own.filter((word) => words.has(word)).length
      return { product, score: own.length === 0 ? 0 : shared / Math.sqrt(own.length) }
    })
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ product }) => product)
}

function fits({ price, categories = [] }: SearchableProduct, { maxMinor, minMinor, category }: Wanted): boolean {
  if (category !== undefined && !categories.some((one) => one.toLowerCase() === category.toLowerCase())) return false
  if (maxMinor === undefined && minMinor === undefined) return true
  if (!price) return false
  return price.amount <= (maxMinor ?? Number.POSITIVE_INFINITY) && price.amount >= (minMinor ?? 0)
}

function indexed<P extends SearchableProduct>(product: P) {
  const { name, categories = [], brand = '', attributes = {}, description = '' } = product
  const field = (weight: number, text: string) => ({ weight, words: new Set(wordsOf(text).map(stem)) })
  return {
    product,
    fields: [
      field(NAME, name),
      field(CATEGORY, [...categories, brand].join(' ')),
      field(ATTRIBUTE, Object.entries(attributes).flat().join(' ')),
      field(DESCRIPTION, description),
    ],
  }
}

function inStockFirst(a: SearchableProduct, b: SearchableProduct): number {
  return Number(b.inStock) - Number(a.inStock)
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
}

/** English plurals and the commonest endings. */
function stem(word: string): string {
  return word.replace(/(?:'s|ies|es|s|ing|ed|ers|er)$/, (ending) => (word.length - ending.length >= 3 ? '' : ending))
}
