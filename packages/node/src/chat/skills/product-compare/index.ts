import { failure, found, type Skill } from '../../skill.ts'
import { textArgument } from '../arguments.ts'
import type { Catalogue } from '../catalogue.ts'
import { productCard } from '../product-card.ts'

/** Two products beside each other. */
export function productCompare(catalogue: Catalogue): Skill {
  return {
    name: 'product-compare',
    who: 'any',
    async run(args, { db }) {
      const products = await catalogue(db)
      const named = (argument: string) => products.find(({ id }) => id === textArgument(args, argument))
      const product = named('product')
      const other = named('other')
      if (!product?.price || !other?.price) return failure('not_found')
      return found(
        { count: 2, product: product.name, other: other.name, price: product.price, otherPrice: other.price },
        { cards: [productCard(product), productCard(other)] },
      )
    },
  }
}
