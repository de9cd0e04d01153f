import type { TenantDb } from '../db/open.ts'
import { idleConversations, removeConversations } from './store.ts'
import { dropOldUnanswered } from './teaching-store.ts'

export type ChatSweep = (db: TenantDb, now: number) => Promise<number>

const AT_ONCE = 500
const DAY_MS = 86_400_000

/** Removes what has had its day: conversations, those of people who are gone, and questions that nobody taught from. */
export async function sweepConversations(db: TenantDb, now: number, retentionDays: number): Promise<number> {
  const before = now - retentionDays * DAY_MS
  return db.transaction(async (tx) => {
    const idle = await idleConversations(tx, before, AT_ONCE)
    const orphans = await tx.query
      .selectFrom('chat_conversations')
      .where('user_id', 'is not', null)
      .where('user_id', 'not in', (query) => query.selectFrom('users').select('id'))
      .limit(AT_ONCE)
      .select('id')
      .execute()
    const ids = [...new Set([...idle, ...orphans.map(({ id }) => id)])]
    return (await removeConversations(tx, ids)) + (await dropOldUnanswered(tx, before))
  })
}
