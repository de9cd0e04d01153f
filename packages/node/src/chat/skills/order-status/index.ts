import type { DialogueCard, DialogueItem } from '@tillwright/core/brain'
import type { Order } from '@tillwright/core/contract'
import type { ShopPorts } from '../../ports.ts'
import { failure, found, many, none, type Skill } from '../../skill.ts'
import { textArgument } from '../arguments.ts'
import { ownOrder, ownOrders } from '../own-orders.ts'

const SHOWN_ORDERS = 5
const SHOWN_LINES = 10

/** What became of an order of one's own: the one that is named, or the only one there is. */
export function orderStatus(ports: ShopPorts): Skill {
  return {
    name: 'order-status',
    who: 'person',
    async run(args, call) {
      const said = textArgument(args, 'order')
      if (said !== undefined) {
        const order = await ownOrder(ports, call, said)
        return order ? shown(order) : failure('not_found')
      }
      const orders = await ownOrders(ports, call, SHOWN_ORDERS)
      const [only, ...others] = orders
      if (!only) return none()
      if (others.length === 0) return shown(only)
      return { ...many('order', orders.map(orderItem)), cards: orders.map(orderCard) }
    },
  }
}

function shown(order: Order) {
  const { id, placedAt, total, kind } = order
  // Shops tell when an order was placed and what came back; of parcels on their way they tell nothing yet.
  const state = kind === 'return' ? 'returned' : 'recorded'
  return found(
    { count: 1, order: id, state, placedOn: placedAt.slice(0, 10), total },
    { cards: [orderCard(order)], items: [orderItem(order)] },
  )
}

export function orderItem({ id }: Order): DialogueItem {
  return { list: 'orders', id, name: `#${id}` }
}

function orderCard({ id, placedAt, total, lines, lineCount }: Order): DialogueCard {
  const shownLines = lines.slice(0, SHOWN_LINES).map(({ name, productId, quantity, unitPriceMinor }) => ({
    name: name ?? productId,
    quantity,
    unitPrice: { amount: unitPriceMinor, currency: total.currency },
  }))
  return {
    kind: 'order',
    id,
    title: `#${id}`,
    price: total,
    list: 'orders',
    data: { placedAt, lineCount, lines: shownLines },
  }
}
