import type { AuditEvent, AuditService } from '../audit/service.ts'
import type { TenantDb } from '../db/open.ts'
import type { Publisher } from './publish.ts'

/** An audit log that tells endpoints of people who come and go, in the transaction in which it notes them. */
export function tellingOfPeople<A extends Pick<AuditService, 'record'>>(audit: A, { announce }: Publisher): A {
  async function tell(tx: TenantDb, { kind, subjectId }: AuditEvent): Promise<void> {
    switch (kind) {
      case 'user.registered':
        return announce(tx, 'user.created', { userId: subjectId!, how: 'registered' })
      case 'user.registered_again':
        // As much work as for somebody new, so that how long it takes tells nobody who has an account.
        return announce(tx, 'user.created', null)
      case 'user.invited':
      case 'user.bootstrapped':
        return announce(tx, 'user.created', { userId: subjectId!, how: 'invited' })
      case 'user.removed':
        return announce(tx, 'user.deleted', { userId: subjectId! })
    }
  }
  return {
    ...audit,
    async record(tx, event) {
      await audit.record(tx, event)
      await tell(tx, event)
    },
  }
}
