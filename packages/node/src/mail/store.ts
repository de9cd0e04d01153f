import type { Selectable } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { MailTables } from './tables.ts'

export type MailRow = Selectable<MailTables['mail_messages']>

export async function addMail(tx: TenantDb, mail: Omit<MailRow, 'tenant_id'>): Promise<void> {
  await tx.query.insertInto('mail_messages').values(mail).execute()
}

export async function findMail(db: TenantDb, id: string): Promise<MailRow | undefined> {
  return db.query.selectFrom('mail_messages').where('id', '=', id).selectAll().executeTakeFirst()
}

export async function removeMail(tx: TenantDb, id: string): Promise<void> {
  await tx.query.deleteFrom('mail_messages').where('id', '=', id).execute()
}

/** Removes what is not sent any more; returns how much that was. */
export async function removeExpiredMail(tx: TenantDb, now: number): Promise<number> {
  const { numDeletedRows } = await tx.query
    .deleteFrom('mail_messages')
    .where('expires_at', '<=', now)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Removes what waits for an address, for those who erase a person. */
export async function removeMailTo(tx: TenantDb, recipient: string): Promise<void> {
  await tx.query.deleteFrom('mail_messages').where('recipient', '=', recipient).execute()
}
