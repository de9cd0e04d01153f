import type { TenantDb } from '../db/open.ts'
import { deleteUsers, removedBefore } from './erase-store.ts'
import { RESTORE_MS } from './users-service.ts'

const BATCH_PEOPLE = 100

/**
 * Erases everything about people who were removed more than 30 days ago: nobody can bring them back any more. Returns how
 * many. For the server's housekeeping.
 */
export async function eraseRemoved(
  db: TenantDb,
  { now, forgetMail }: { now: number; forgetMail: (tx: TenantDb, address: string) => Promise<void> },
): Promise<number> {
  for (let erased = 0; ; ) {
    const people = await removedBefore(db, now - RESTORE_MS, BATCH_PEOPLE)
    if (people.length === 0) return erased
    await db.transaction(async (tx) => {
      for (const { email } of people) await forgetMail(tx, email)
      await deleteUsers(
        tx,
        people.map(({ id }) => id),
      )
    })
    erased += people.length
  }
}
