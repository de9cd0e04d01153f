import type { VisitorContext } from '../context.ts'
import type { SessionsService } from './sessions.ts'

/** Somebody who is signed in, and by which session. */
export interface Holder {
  readonly userId: string
  readonly sessionId: string
}

/** Who is signed in with the caller, themselves: whoever acts as somebody else is not them. */
export async function holderOf(
  sessions: Pick<SessionsService, 'holder'>,
  { accessToken, tenant }: Pick<VisitorContext, 'accessToken' | 'tenant'>,
): Promise<Holder | null> {
  const found = accessToken === null ? null : await sessions.holder(accessToken)
  if (found?.tenant.id !== tenant.id || found.session.actorId !== null) return null
  return { userId: found.session.userId, sessionId: found.session.id }
}
