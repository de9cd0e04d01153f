import { ProblemError } from '../http/problem-error.ts'
import { type JobContext, PermanentJobError } from '../jobs/runner.ts'
import type { Actor } from './authority.ts'
import type { BulkPayload, UsersService } from './users-service.ts'

/** Refusals that the job's result shows; the rest is counted. */
const SHOWN_REFUSALS = 100

/** Does the same to many people, one after another. Doing it again changes nothing. */
export function bulkJob(users: UsersService) {
  return async (payload: BulkPayload, { tenant, signal, progress }: JobContext) => {
    const actor = await actorOrEnd(() => users.actorOf(tenant, payload.actorId))
    const total = payload.userIds.length
    const refusals: { userId: string; reason: string }[] = []
    let refused = 0
    for (const [i, userId] of payload.userIds.entries()) {
      signal.throwIfAborted()
      try {
        await users.one(tenant, actor, userId, payload)
      } catch (error) {
        if (!(error instanceof ProblemError) || error.status >= 500) throw error
        refused++
        if (refusals.length < SHOWN_REFUSALS) refusals.push({ userId, reason: error.message })
      }
      progress({ done: i + 1, total, unit: 'people' })
    }
    return { action: payload.action, done: total - refused, refused, refusals }
  }
}

/** Whoever may not do it any more makes the job end for good, not try again. */
export async function actorOrEnd(find: () => Promise<Actor>): Promise<Actor> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof ProblemError) throw new PermanentJobError(error.message, { cause: error })
    throw error
  }
}
