import { failure, many, type Skill } from '../../skill.ts'
import { textArgument } from '../arguments.ts'
import type { Catalogue } from '../catalogue.ts'
import { productCard } from '../product-card.ts'
import { searchProducts } from '../search-products.ts'

const SHOWN = 5

/** Whether a product can be bought now: one that is named, or that what was said fits. */
export function productStock(catalogue: Catalogue): Skill {
  return {
    name: 'product-stock',
    who: 'any',
    async run(args, { db }) {
      const products = await catalogue(db)
      const id = textArgument(args, 'product')
      const fitting =
        id === undefined
          ? searchProducts(products, textArgument(args, 'text') ?? '', {}, SHOWN)
          : products.filter((product) => product.id === id)
      const [product, ...others] = fitting
      if (!product) return failure('not_found')
      if (others.length > 0) {
        return many(
          'product',
          fitting.map((each) => ({ list: 'products', id: each.id, name: each.name })),
        )
      }
      const { name, inStock, price } = product
      const outcome = inStock ? 'in-stock' : 'out-of-stock'
      const data = { outcome, count: 1, product: name, isInStock: inStock, ...(price ? { price } : {}) }
      return { ok: true, data, cards: [productCard(product)] }
    },
  }
}
