import { type AuditActor, auditActor } from '../audit/actor.ts'
import type { Tenant, VisitorContext } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import type { ChatPorts, ChatUser } from './ports.ts'

/** Who talks. */
export interface ChatCaller {
  readonly db: TenantDb
  readonly tenant: Tenant
  /** Who is signed in, themselves; `null`: nobody. */
  readonly user: ChatUser | null
  /** The same, for the audit log. */
  readonly actor: AuditActor
  readonly isFresh: boolean
  readonly permissions: readonly string[]
  /** What limits count by where there is no conversation yet. */
  readonly subject: string
  readonly signal: AbortSignal
  /** Whether they are still signed in as they were. */
  isStill(): Promise<boolean>
}

/**
 * Finds out who talks. A page comes with its key and, where its visitor is signed in, with the session's cookie as well. Whoever acts as somebody
 * else talks as nobody: what is said in private is not for them.
 */
export async function chatCaller(
  people: ChatPorts['people'],
  context: VisitorContext,
  { isChange }: { isChange: boolean },
): Promise<ChatCaller> {
  const { db, tenant, principal, accessToken, remoteAddress, signal } = context
  const viaPage = principal.person === undefined && accessToken !== null
  const found = viaPage ? await people.holder(accessToken) : principal
  const person = found?.tenant.id === tenant.id && found.person?.actorId === null ? found.person : undefined
  if (person && viaPage && isChange) context.refuseForeignOrigin()
  const user = person ? ((await people.user(db, person.user.id)) ?? null) : null
  return {
    db,
    tenant,
    user,
    actor: { ...auditActor(context), id: user?.id ?? principal.keyId },
    isFresh: person?.isFresh ?? false,
    permissions: person ? [...person.user.permissions] : [],
    subject: `${tenant.publicId}:${user?.id ?? `${principal.keyId}@${remoteAddress ?? ''}`}`,
    signal,
    async isStill() {
      if (!user || accessToken === null) return true
      return (await people.holder(accessToken))?.person?.user.id === user.id
    },
  }
}
