import type { TenantDb } from '../db/open.ts'
import { problem } from '../http/problem-error.ts'
import { addToBalances } from './accounts-store.ts'
import type { TransactionState } from './tables.ts'

/** What a transaction means for its account. */
export interface Effect {
  readonly account_id: string
  readonly state: TransactionState
  readonly amount_minor: number
}

/**
 * Moves the balances of accounts from what was to what is, in the transaction of the change: balances are never worked out
 * later, so that they cannot drift. Accounts are taken in the order of their ids: two changes wait for each other, never each for the other.
 * Throws `conflict` where a balance would be more than can be kept exactly.
 */
export async function moveBalances(
  tx: TenantDb,
  before: readonly Effect[],
  after: readonly Effect[],
  now: number,
): Promise<void> {
  const moves = new Map<string, { posted: number; pending: number }>()
  const add = ({ account_id, state, amount_minor }: Effect, sign: 1 | -1) => {
    if (state === 'void') return
    const move = moves.get(account_id) ?? { posted: 0, pending: 0 }
    move[state] += sign * amount_minor
    moves.set(account_id, move)
  }
  for (const effect of before) add(effect, -1)
  for (const effect of after) add(effect, 1)
  for (const [accountId, move] of [...moves].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (move.posted === 0 && move.pending === 0) continue
    if (!Number.isSafeInteger(move.posted) || !Number.isSafeInteger(move.pending)) throw tooLarge()
    if (!(await addToBalances(tx, accountId, move, now))) throw tooLarge()
  }
}

function tooLarge() {
  return problem('conflict', `The balance would be beyond ${Number.MAX_SAFE_INTEGER}, which cannot be kept exactly`)
}
