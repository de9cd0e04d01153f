import type { trainChat } from '../chat/train.ts'
import type { readStatementFile } from '../ledger/read-statement.ts'
import type { trainCategoriserFile } from '../ledger/train-categoriser.ts'
import type { readOrders } from '../orders/read-orders.ts'
import type { train } from '../recommendations/train.ts'

export interface Tasks {
  readonly 'ledger.read-statement': typeof readStatementFile
  readonly 'chat.train': typeof trainChat
  readonly 'ledger.train-categoriser': typeof trainCategoriserFile
  readonly 'orders.read': typeof readOrders
  readonly 'recommendations.train': typeof train
}

/** Everything that runs in a thread of its own, by name; a thread loads what it runs and nothing else. */
export const tasks: { readonly [T in keyof Tasks]: () => Promise<Tasks[T]> } = {
  'chat.train': async () => (await import('../chat/train.ts')).trainChat,
  'ledger.read-statement': async () => (await import('../ledger/read-statement.ts')).readStatementFile,
  'ledger.train-categoriser': async () => (await import('../ledger/train-categoriser.ts')).trainCategoriserFile,
  'orders.read': async () => (await import('../orders/read-orders.ts')).readOrders,
  'recommendations.train': async () => (await import('../recommendations/train.ts')).train,
}
