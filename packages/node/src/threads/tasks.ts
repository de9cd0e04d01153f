import type { readOrders } from '../orders/read-orders.ts'
import type { train } from '../recommendations/train.ts'

export interface Tasks {
  readonly 'orders.read': typeof readOrders
  readonly 'recommendations.train': typeof train
}

/** Everything that runs in a thread of its own, by name; a thread loads what it runs and nothing else. */
export const tasks: { readonly [T in keyof Tasks]: () => Promise<Tasks[T]> } = {
  'orders.read': async () => (await import('../orders/read-orders.ts')).readOrders,
  'recommendations.train': async () => (await import('../recommendations/train.ts')).train,
}
