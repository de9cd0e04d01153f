import type { TenantContext } from '../context.ts'

/** Who does something, for the audit log. */
export interface AuditActor {
  /** Id of the person who really acts, or of the key. */
  readonly id: string
  readonly caller: { readonly address: string | undefined; readonly userAgent: string }
}

export function auditActor(context: TenantContext): AuditActor {
  const { person, keyId } = context.principal
  return {
    id: person?.actorId ?? person?.user.id ?? keyId,
    caller: { address: context.remoteAddress, userAgent: context.header('user-agent') ?? '' },
  }
}
