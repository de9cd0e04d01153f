import type { Selectable } from 'kysely'
import type { BulkInsert } from '../db/dialect.ts'
import type { TenantDb } from '../db/open.ts'
import type { MailTables } from './tables.ts'

export type MailRow = Omit<Selectable<MailTables['mail_messages']>, 'tenant_id'>
export type NewMail = Omit<MailRow, 'outcome' | 'ended_at'>

/** Rows whose data are taken out in one go. */
const ENDED_AT_ONCE = 200

export async function addMail(tx: TenantDb, mail: NewMail): Promise<void> {
  await tx.query
    .insertInto('mail_messages')
    .values({ ...mail, outcome: null, ended_at: null })
    .execute()
}

const ADD_MANY: BulkInsert = {
  table: 'mail_messages',
  columns: {
    id: 'text',
    recipient: 'text',
    template: 'text',
    data: 'text',
    language: 'text',
    created_at: 'bigint',
    expires_at: 'bigint',
    job_id: 'text',
  },
}

export async function addMails(tx: TenantDb, mails: readonly NewMail[]): Promise<void> {
  await tx.insertMany(
    ADD_MANY,
    mails.flatMap(({ id, recipient, template, data, language, created_at, expires_at, job_id }) => [
      id,
      recipient,
      template,
      data,
      language,
      created_at,
      expires_at,
      job_id,
    ]),
  )
}

export async function findMail(db: TenantDb, id: string): Promise<MailRow | undefined> {
  return db.query.selectFrom('mail_messages').where('id', '=', id).selectAll().executeTakeFirst()
}

/** What is kept of a mail that has ended. */
export interface EndOfMail {
  readonly outcome: 'sent' | 'expired'
  readonly endedAt: number
  readonly recipient: string
  readonly data: string
}

export async function endMail(tx: TenantDb, id: string, { outcome, endedAt, recipient, data }: EndOfMail) {
  await tx.query
    .updateTable('mail_messages')
    .set({ outcome, ended_at: endedAt, recipient, data })
    .where('id', '=', id)
    .execute()
}

/** What waits and has had its day, some of it. */
export async function overdueMail(tx: TenantDb, now: number): Promise<MailRow[]> {
  return tx.query
    .selectFrom('mail_messages')
    .where('expires_at', '<=', now)
    .where('ended_at', 'is', null)
    .limit(ENDED_AT_ONCE)
    .selectAll()
    .execute()
}

/** Removes what ended before an instant; returns how much that was. */
export async function removeEndedMail(tx: TenantDb, before: number): Promise<number> {
  const { numDeletedRows } = await tx.query
    .deleteFrom('mail_messages')
    .where('ended_at', '<', before)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Removes mail to any of these addresses, as they are written in the rows. */
export async function removeMailTo(tx: TenantDb, recipients: readonly string[]): Promise<void> {
  await tx.query.deleteFrom('mail_messages').where('recipient', 'in', recipients).execute()
}

/** A mail and how its sending stands. */
export type MailWithJob = MailRow & {
  readonly attempts: number | null
  readonly runAt: number | null
  readonly error: string | null
  readonly jobState: 'queued' | 'running' | 'done' | 'dead' | null
}

function withJobs(db: TenantDb) {
  return db.query
    .selectFrom('mail_messages')
    .leftJoin('jobs', 'jobs.id', 'mail_messages.job_id')
    .selectAll('mail_messages')
    .select(['jobs.attempts', 'jobs.run_at as runAt', 'jobs.error', 'jobs.state as jobState'])
}

export async function findMailWithJob(db: TenantDb, id: string): Promise<MailWithJob | undefined> {
  return withJobs(db).where('mail_messages.id', '=', id).executeTakeFirst()
}

export interface MailFilter {
  readonly state?: 'waiting' | 'sent' | 'failed' | 'expired' | undefined
  readonly template?: string | undefined
  readonly beforeId?: string | undefined
  readonly now: number
  readonly limit: number
}

/** Newest first: ids begin with the time. */
export async function listMail(db: TenantDb, filter: MailFilter): Promise<MailWithJob[]> {
  const { state, template, beforeId, now, limit } = filter
  let query = withJobs(db).orderBy('mail_messages.id', 'desc').limit(limit)
  if (state === 'sent') query = query.where('outcome', '=', 'sent')
  if (state === 'expired') {
    query = query.where((is) =>
      is.or([is('outcome', '=', 'expired'), is.and([is('outcome', 'is', null), is('expires_at', '<=', now)])]),
    )
  }
  if (state === 'waiting' || state === 'failed') {
    query = query.where('outcome', 'is', null).where('expires_at', '>', now)
    query =
      state === 'failed'
        ? query.where('jobs.state', '=', 'dead')
        : query.where((is) => is.or([is('jobs.state', 'is', null), is('jobs.state', '<>', 'dead')]))
  }
  if (template) query = query.where('template', '=', template)
  if (beforeId) query = query.where('mail_messages.id', '<', beforeId)
  return query.execute()
}
