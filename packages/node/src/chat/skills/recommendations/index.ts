import { RecommendationQuery } from '@tillwright/core/contract'
import * as z from 'zod/mini'
import type { ShopPorts } from '../../ports.ts'
import { found, none, type Skill } from '../../skill.ts'
import { ownCustomers } from '../own-orders.ts'
import { productCard } from '../product-card.ts'

const SHOWN = 6

/** Products that this shopper may like: by what they bought, if they are signed in, and by what this browser looked at. */
export function recommendations(ports: ShopPorts): Skill {
  return {
    name: 'recommendations',
    who: 'any',
    async run(_args, call) {
      const [customerId] = await ownCustomers(ports, call)
      const query = z.parse(RecommendationQuery, {
        kind: 'for-user',
        limit: SHOWN,
        language: call.language,
        placement: 'chat',
        ...(customerId === undefined ? {} : { customerId }),
        ...(call.visitorId === undefined ? {} : { visitorId: call.visitorId }),
      })
      const { items } = await ports.recommend(call.db, query)
      return items.length === 0 ? none() : found({ count: items.length }, { cards: items.map(productCard) })
    },
  }
}
