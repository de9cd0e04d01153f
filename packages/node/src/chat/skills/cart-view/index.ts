import type { DialogueCard } from '@tillwright/core/brain'
import { found, none, type Skill } from '../../skill.ts'
import type { Catalogue } from '../catalogue.ts'

/** What lies in the cart, as the page says, at the shop's prices of now. */
export function cartView(catalogue: Catalogue): Skill {
  return {
    name: 'cart-view',
    who: 'any',
    async run(_args, { db, page, tenant }) {
      const products = new Map((await catalogue(db)).map((product) => [product.id, product]))
      const lines = (page.cart ?? []).flatMap(({ productId, quantity }) => {
        const product = products.get(productId)
        return product ? [{ product, quantity }] : []
      })
      if (lines.length === 0) return none()
      const currency = lines.find(({ product }) => product.price)?.product.price?.currency ?? tenant.currency
      const priced = lines.filter(({ product }) => product.price?.currency === currency)
      const amount = priced.reduce((sum, { product, quantity }) => sum + product.price!.amount * quantity, 0)
      const count = lines.reduce((sum, { quantity }) => sum + quantity, 0)
      const cards = lines.map(
        ({ product: { id, name, price }, quantity }): DialogueCard => ({
          kind: 'row',
          id,
          title: name,
          detail: `× ${quantity}`,
          list: 'products',
          ...(price ? { price: { amount: price.amount * quantity, currency: price.currency } } : {}),
        }),
      )
      return found({ count, total: { amount, currency } }, { cards })
    },
  }
}
