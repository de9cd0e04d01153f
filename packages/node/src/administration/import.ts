import { type Job, languageTag, MAX_USER_IMPORT_ROWS, personName, type Upload } from '@tillwright/core/contract'
import * as z from 'zod/mini'
import type { AuditService } from '../audit/service.ts'
import type { Tenant } from '../context.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { problem } from '../http/problem-error.ts'
import type { ImportField } from '../imports/columns.ts'
import { ImportError } from '../imports/errors.ts'
import { importFile } from '../imports/import-file.ts'
import type { Row } from '../imports/read-rows.ts'
import { type ImportPayload, type ImportTask, openFile } from '../imports/service.ts'
import type { JobContext } from '../jobs/runner.ts'
import type { Enqueue } from '../jobs/service.ts'
import { isMailAddress } from '../mail/message.ts'
import type { NewPerson, RegistrationService } from '../people/registration.ts'
import { emailKey, findUser } from '../people/users-store.ts'
import type { Clock } from '../ports.ts'
import type { Actor } from './authority.ts'
import { actorOrEnd } from './bulk.ts'
import { importedAfter, importedBy, noteImported } from './imports-store.ts'
import { RESTORE_MS, type UsersService } from './users-service.ts'
import { idsByEmail } from './users-store.ts'

export const USERS_IMPORT = 'users.import'
export const USERS_IMPORT_UNDO = 'users.import-undo'

/** Invitations in one transaction: so many that the disk is waited for seldom, so few that others are not kept waiting. */
const BATCH_PEOPLE = 256
const LANE = 'users'

const FIELDS = [
  { name: 'email', required: true, aliases: ['e_mail', 'mail', 'email_address'] },
  { name: 'name', aliases: ['full_name', 'display_name'] },
  { name: 'language', aliases: ['locale', 'lang'] },
] as const satisfies readonly ImportField[]

const Person = z.object({
  email: z.email('must be an e-mail address such as ann@example.com').check(z.maxLength(254)),
  name: z.optional(personName()),
  language: z.optional(languageTag()),
})
type Person = z.infer<typeof Person>

export interface UserImportPayload extends ImportPayload {
  readonly dryRun: boolean
  readonly role: string
  readonly actorId: string
}

export interface UndoPayload {
  readonly importId: string
  readonly actorId: string
}

export interface ImportsPorts {
  readonly database: Database
  readonly clock: Clock
  readonly audit: AuditService
  readonly enqueue: Enqueue
  readonly users: UsersService
  readonly inviteMany: RegistrationService['inviteMany']
  readonly findJob: (db: TenantDb, id: string) => Promise<Job>
  /** Takes back mail that still waits for an address. */
  readonly forgetMail: (tx: TenantDb, address: string) => Promise<void>
}

export type UserImports = ReturnType<typeof userImports>

/** Invites everybody whom a file names, and takes that back. */
export function userImports({ database, clock, audit, enqueue, users, inviteMany, findJob, forgetMail }: ImportsPorts) {
  /** Invites those who are not there; in their own transaction each batch, which a crash does not tear. */
  async function write(people: readonly Person[], role: string, { tenant, jobId, db }: JobContext) {
    const summary = { created: 0, updated: 0, unchanged: 0 }
    for (let at = 0; at < people.length; at += BATCH_PEOPLE) {
      const batch = people.slice(at, at + BATCH_PEOPLE)
      const created = await db.transaction((tx) => writeBatch(tx, tenant, batch, role, jobId))
      summary.created += created
      summary.unchanged += batch.length - created
    }
    return summary
  }

  async function writeBatch(tx: TenantDb, tenant: Tenant, people: readonly Person[], role: string, jobId: string) {
    const known = await idsByEmail(
      tx,
      people.map(({ email }) => email),
    )
    const own = await importedBy(tx, jobId, [...known.values()])
    const fresh = new Map<string, NewPerson>()
    let again = 0
    for (const { email, name = null, language = null } of people) {
      const key = emailKey(email)
      const id = known.get(key)
      if (id === undefined) {
        if (!fresh.has(key)) fresh.set(key, { email, name, language, role })
      } else if (own.delete(id)) again++
    }
    const invited = await inviteMany(tx, tenant, [...fresh.values()])
    await noteImported(
      tx,
      jobId,
      invited.map(({ id }) => id),
    )
    return invited.length + again
  }

  /** What `write` would do; the whole of the file is one attempt, so addresses that come twice count once. */
  function rehearsal(db: TenantDb) {
    const seen = new Set<string>()
    return async (people: readonly Person[]) => {
      const known = new Set(
        (
          await idsByEmail(
            db,
            people.map(({ email }) => email),
          )
        ).keys(),
      )
      let created = 0
      for (const key of people.map(({ email }) => emailKey(email))) {
        if (!known.has(key) && !seen.has(key)) created++
        seen.add(key)
      }
      return { created, updated: 0, unchanged: people.length - created }
    }
  }

  return {
    async queue(
      tenant: Tenant,
      actor: Actor,
      upload: Upload,
      options: { dryRun: boolean; role: string; map?: string | undefined; name?: string | undefined },
    ): Promise<Job> {
      await users.refuseGiving(tenant, actor, options.role)
      if (actor.isImpersonating) throw problem('forbidden', 'Not while acting as somebody else')
      const payload: UserImportPayload = {
        ...options,
        file: upload.key,
        format: 'csv',
        bytes: upload.bytes,
        actorId: actor.userId,
      }
      return database.tenant(tenant.id).transaction(async (tx) => {
        const job = await enqueue(tx, USERS_IMPORT, payload, { lane: LANE })
        const data = { job: job.id, role: options.role, dryRun: options.dryRun }
        await audit.record(tx, {
          kind: 'users.import_queued',
          actorId: actor.id,
          subjectId: null,
          caller: actor.caller,
          data,
        })
        return job
      })
    },

    async run(task: ImportTask) {
      const { dryRun, role, actorId } = task.payload as UserImportPayload
      const { context } = task
      const actor = await actorOrEnd(async () => {
        const found = await users.actorOf(context.tenant, actorId)
        await users.refuseGiving(context.tenant, found, role)
        return found
      })
      const rehearse = rehearsal(context.db)
      const parse = rowParser()
      const report = await importFile(openFile(task), {
        fields: FIELDS,
        parse,
        write: (people) => (dryRun ? rehearse(people) : write(people, role, context)),
      })
      if (!dryRun) {
        const data = { job: context.jobId, role, invited: report.imported, rejected: report.rejected }
        await context.db.transaction((tx) =>
          audit.record(tx, { kind: 'users.imported', actorId: actor.id, subjectId: null, caller: null, data }),
        )
      }
      return { ...report, dryRun, role }
    },

    /** Queues the undoing of an import. */
    async queueUndo(tenant: Tenant, actor: Actor, importId: string): Promise<Job> {
      const db = database.tenant(tenant.id)
      const job = await findJob(db, importId)
      if (job.kind !== USERS_IMPORT) throw problem('not_found', `There is no job ${importId}`)
      if (job.state === 'queued' || job.state === 'running') throw problem('conflict', 'The import is not done yet')
      if (job.result?.dryRun === true) throw problem('conflict', 'That was a dry run: there is nothing to undo')
      if (Date.parse(job.createdAt) + RESTORE_MS <= clock()) {
        throw problem('conflict', 'The 30 days in which that could be undone are over')
      }
      if (actor.isImpersonating) throw problem('forbidden', 'Not while acting as somebody else')
      return db.transaction(async (tx) => {
        const payload: UndoPayload = { importId, actorId: actor.userId }
        const undo = await enqueue(tx, USERS_IMPORT_UNDO, payload, { lane: LANE, dedupeKey: `undo:${importId}` })
        await audit.record(tx, {
          kind: 'users.import_undone',
          actorId: actor.id,
          subjectId: null,
          caller: actor.caller,
          data: { job: undo.id, import: importId },
        })
        return undo
      })
    },

    /** Removes whom an import invited. Who has come in since is a person with an account by now, and stays. */
    async undo({ importId, actorId }: UndoPayload, { tenant, db, signal, progress }: JobContext) {
      const actor = await actorOrEnd(() => users.actorOf(tenant, actorId))
      const result = { import: importId, removed: 0, kept: 0 }
      for (let after = ''; ; ) {
        signal.throwIfAborted()
        const ids = await importedAfter(db, importId, after, BATCH_PEOPLE)
        const last = ids.at(-1)
        if (last === undefined) return result
        const removed = await db.transaction((tx) => undoBatch(tx, actor, importId, ids))
        result.removed += removed
        result.kept += ids.length - removed
        after = last
        progress({ done: result.removed + result.kept, total: null, unit: 'people' })
      }
    },
  }

  async function undoBatch(tx: TenantDb, actor: Actor, importId: string, ids: readonly string[]): Promise<number> {
    await audit.hold(tx)
    let removed = 0
    for (const id of ids) {
      const user = await findUser(tx, id)
      if (user?.status === 'removed') removed++
      if (user?.status !== 'invited') continue
      await users.removeQuietly(tx, actor, user, { import: importId })
      await forgetMail(tx, user.email)
      removed++
    }
    return removed
  }
}

/** Checks rows, of so many as one file may have. */
function rowParser(): (row: Row) => Person | string {
  let rows = 0
  return (row) => {
    if (++rows > MAX_USER_IMPORT_ROWS) {
      throw new ImportError(`A file of people has at most ${MAX_USER_IMPORT_ROWS} rows: split it`)
    }
    const cells = FIELDS.map(({ name }, field) => [name, row.value(field)] as const).filter(([, text]) => text !== '')
    const result = z.safeParse(Person, Object.fromEntries(cells))
    if (!result.success)
      return result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
    return isMailAddress(result.data.email) ? result.data : 'email must be one bare address'
  }
}
