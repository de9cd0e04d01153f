import type { Order } from '@tillwright/core/contract'
import { ProblemError } from '../../http/problem-error.ts'
import type { ShopPorts } from '../ports.ts'
import type { SkillCall } from '../skill.ts'

const CUSTOMERS = 20

/**
 * The customers of the shop that somebody is: those with their address, and only once they have shown that it is theirs. None where nobody is
 * signed in.
 */
export async function ownCustomers(ports: ShopPorts, { db, user }: Pick<SkillCall, 'db' | 'user'>): Promise<string[]> {
  if (!user?.emailVerified) return []
  return (await ports.customers.idsOf(db, user.email)).slice(0, CUSTOMERS)
}

/** Their latest orders, the last one first. */
export async function ownOrders(
  ports: ShopPorts,
  call: Pick<SkillCall, 'db' | 'user'>,
  limit: number,
): Promise<Order[]> {
  const customers = await ownCustomers(ports, call)
  const pages = await Promise.all(customers.map((customerId) => ports.orders.list(call.db, { customerId, limit })))
  const ids = new Set(pages.flatMap(({ items }) => items.map(({ id }) => id)))
  const orders = await Promise.all([...ids].map((id) => ports.orders.get(call.db, id)))
  return orders.sort((a, b) => Date.parse(b.placedAt) - Date.parse(a.placedAt)).slice(0, limit)
}

/** An order by its number, if it is theirs. What is somebody else's is as if it were not. */
export async function ownOrder(
  ports: ShopPorts,
  call: Pick<SkillCall, 'db' | 'user'>,
  said: string,
): Promise<Order | undefined> {
  const customers = new Set(await ownCustomers(ports, call))
  const number = said.trim().replace(/^#/, '')
  for (const id of new Set([said.trim(), number, number.toUpperCase()])) {
    const order = await ports.orders.get(call.db, id).catch((error: unknown) => {
      if (error instanceof ProblemError && error.status === 404) return undefined
      throw error
    })
    if (order?.customerId !== undefined && customers.has(order.customerId)) return order
  }
  return undefined
}
