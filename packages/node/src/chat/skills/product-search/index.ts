import { found, none, type Skill } from '../../skill.ts'
import { moneyArgument, textArgument } from '../arguments.ts'
import type { Catalogue } from '../catalogue.ts'
import { productCard } from '../product-card.ts'
import { searchProducts } from '../search-products.ts'

const SHOWN = 6

/** Products by need, price, category and attributes: "a gift under £20 for a coffee drinker". */
export function productSearch(catalogue: Catalogue): Skill {
  return {
    name: 'product-search',
    who: 'any',
    async run(args, { db, text }) {
      const wanted = {
        maxMinor: moneyArgument(args, 'max')?.amount,
        minMinor: moneyArgument(args, 'min')?.amount,
        category: textArgument(args, 'category'),
      }
      const products = await catalogue(db)
      const named = products.find(({ id }) => id === textArgument(args, 'product'))
      const fitting = searchProducts(products, textArgument(args, 'text') ?? text, wanted, SHOWN)
      const all = named && fitting.length === 0 ? [named] : fitting
      return all.length === 0 ? none() : found({ count: all.length }, { cards: all.map(productCard) })
    },
  }
}
