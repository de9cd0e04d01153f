import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import type { MailData, TemplateName } from '../mail/index.ts'
import type { Caller } from './sessions.ts'
import type { UserRow } from './users-store.ts'

/** Something that happened, for the audit log. */
export interface AuditEntry {
  /** `sign_in.failed`, `user.role_changed` … */
  readonly kind: string
  /** Who did it; `null` where nobody is known. */
  readonly actorId: string | null
  /** To whom or what. */
  readonly subjectId: string | null
  readonly caller: Caller | null
  /** No secrets, no personal data beyond ids. */
  readonly data: Readonly<Record<string, string | number | boolean | null>>
}

/** A mail to a person; what it says of time, device and links is added. */
export interface PersonMail<T extends TemplateName = TemplateName> {
  readonly tenant: Tenant
  readonly user: Pick<UserRow, 'email' | 'language'>
  readonly template: T
  readonly data: Partial<MailData[T]>
  readonly caller: Caller | null
}

export type MailPerson = <T extends TemplateName>(tx: TenantDb, mail: PersonMail<T>) => Promise<void>

/** The same for many at once, of one template. */
export type MailPeople = <T extends TemplateName>(tx: TenantDb, mails: readonly PersonMail<T>[]) => Promise<void>

/** What dealings with people need of other domains; each happens in the transaction that is its reason. */
export interface People {
  readonly audit: (tx: TenantDb, entry: AuditEntry) => Promise<void>
  readonly mail: MailPerson
  readonly mailMany: MailPeople
}
