import { done, failure, type Skill } from '../../skill.ts'
import { textArgument } from '../arguments.ts'
import type { Catalogue } from '../catalogue.ts'

/** Asks the page to take a product out of the cart. */
export function cartRemove(catalogue: Catalogue): Skill {
  return {
    name: 'cart-remove',
    who: 'any',
    async run(args, { db, page }) {
      const id = textArgument(args, 'product')
      const line = page.cart?.find(({ productId }) => productId === id)
      if (!line) return failure('not_found')
      const name = (await catalogue(db)).find((product) => product.id === id)?.name ?? line.productId
      const { productId, quantity } = line
      return done({ product: name }, { parts: [{ type: 'cart', change: 'remove', productId, name, quantity }] })
    },
  }
}
