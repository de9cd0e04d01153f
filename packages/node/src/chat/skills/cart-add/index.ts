import { done, failure, type Skill } from '../../skill.ts'
import { numberArgument, textArgument } from '../arguments.ts'
import type { Catalogue } from '../catalogue.ts'

const MAX_QUANTITY = 99

/** Asks the page to put a product into the cart: carts are the shop's own. */
export function cartAdd(catalogue: Catalogue): Skill {
  return {
    name: 'cart-add',
    who: 'any',
    async run(args, { db }) {
      const id = textArgument(args, 'product')
      const product = (await catalogue(db)).find((each) => each.id === id)
      if (!product) return failure('not_found')
      if (!product.inStock) return failure('out_of_stock', { product: product.name })
      const wanted = Math.round(numberArgument(args, 'quantity') ?? 1)
      const quantity = Math.min(MAX_QUANTITY, Math.max(1, wanted))
      const { name } = product
      return done(
        { product: name, quantity },
        { parts: [{ type: 'cart', change: 'add', productId: product.id, name, quantity }] },
      )
    },
  }
}
