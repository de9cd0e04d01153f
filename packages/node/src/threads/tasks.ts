import { readOrders } from '../orders/read-orders.ts'
import { train } from '../recommendations/train.ts'

/** Everything that runs in a thread of its own, by name. */
export const tasks = {
  'orders.read': readOrders,
  'recommendations.train': train,
}

export type Tasks = typeof tasks
