import { RecommendationQuery } from '@tillwright/core/contract'
import * as z from 'zod/mini'
import type { ShopPorts } from '../../ports.ts'
import { failure, found, none, type Skill } from '../../skill.ts'
import { textArgument } from '../arguments.ts'
import type { Catalogue } from '../catalogue.ts'
import { productCard } from '../product-card.ts'

const SHOWN = 6

/** What others bought with a product. */
export function boughtTogether(ports: ShopPorts, catalogue: Catalogue): Skill {
  return {
    name: 'bought-together',
    who: 'any',
    async run(args, { db, language }) {
      const id = textArgument(args, 'product')
      const product = (await catalogue(db)).find((each) => each.id === id)
      if (!product) return failure('not_found')
      const query = { kind: 'bought-together', items: [product.id], limit: SHOWN, language, placement: 'chat' }
      const { items } = await ports.recommend(db, z.parse(RecommendationQuery, query))
      if (items.length === 0) return none()
      return found({ count: items.length, product: product.name }, { cards: items.map(productCard) })
    },
  }
}
