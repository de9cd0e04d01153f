import { sweepChanges } from '../administration/changes-store.ts'
import { deleteUsers, removedBefore } from '../administration/erase-store.ts'
import type { AuditService } from '../audit/service.ts'
import type { TenantDb } from '../db/open.ts'
import { sweepKeys } from '../idempotency/store.ts'
import { filesOfJob } from '../imports/files.ts'
import { endedJobs, removeJobs } from '../jobs/store.ts'
import type { MailService } from '../mail/index.ts'
import { removeExpiredMail } from '../mail/store.ts'
import { sweepAttempts, sweepDevices, sweepSessions, sweepTokens } from '../people/sweep-store.ts'
import type { FileStore } from '../ports.ts'
import { RETENTION } from './retention.ts'
import type { Sweep } from './service.ts'

const JOBS_AT_ONCE = 200
const ROWS_AT_ONCE = 1_000
const PEOPLE_AT_ONCE = 50

export interface SweepPorts {
  readonly files: FileStore
  readonly audit: Pick<AuditService, 'dropOld' | 'record'>
  readonly mail: Pick<MailService, 'forget'>
}

/** What a round of housekeeping removes of each tenant. */
export function tenantSweeps(ports: SweepPorts): Readonly<Record<string, Sweep>> {
  const { audit } = ports
  return {
    'idempotency keys': (db, now) =>
      inTransaction(db, (tx) => sweepKeys(tx, now - RETENTION.idempotency, ROWS_AT_ONCE)),
    'done jobs': (db, now) => sweepJobs(db, 'done', now - RETENTION.doneJobs, ports.files),
    'dead jobs': (db, now) => sweepJobs(db, 'dead', now - RETENTION.deadJobs, ports.files),
    mail: (db, now) => inTransaction(db, (tx) => removeExpiredMail(tx, now)),
    'one-time tokens': (db, now) => inTransaction(db, (tx) => sweepTokens(tx, now)),
    sessions: (db, now) => inTransaction(db, (tx) => sweepSessions(tx, now - RETENTION.endedSessions, ROWS_AT_ONCE)),
    'sign-in attempts': (db, now) => inTransaction(db, (tx) => sweepAttempts(tx, now)),
    'known devices': (db, now) => inTransaction(db, (tx) => sweepDevices(tx, now - RETENTION.knownDevices)),
    'audit entries': (db) => inTransaction(db, (tx) => audit.dropOld(tx, RETENTION.audit)),
    'changes of people': (db, now) => inTransaction(db, (tx) => sweepChanges(tx, now - RETENTION.removedPeople)),
    'removed people': (db, now) => inTransaction(db, (tx) => erasePeople(tx, now - RETENTION.removedPeople, ports)),
  }
}

function inTransaction(db: TenantDb, work: (tx: TenantDb) => Promise<number>): Promise<number> {
  return db.transaction(work)
}

/** Files first: a round that is cut short finds the job again. */
async function sweepJobs(db: TenantDb, state: 'done' | 'dead', before: number, files: FileStore): Promise<number> {
  const jobs = await endedJobs(db, state, before, JOBS_AT_ONCE)
  if (jobs.length === 0) return 0
  for (const key of jobs.flatMap(filesOfJob)) await files.remove(key)
  return db.transaction((tx) =>
    removeJobs(
      tx,
      jobs.map(({ id }) => id),
      before,
    ),
  )
}

/** Erases people with everything that is theirs. What they did stays in the audit log, under an id that means nobody. */
async function erasePeople(tx: TenantDb, before: number, { audit, mail }: SweepPorts): Promise<number> {
  const people = await removedBefore(tx, before, PEOPLE_AT_ONCE)
  if (people.length === 0) return 0
  for (const { id, email } of people) {
    await audit.record(tx, { kind: 'user.erased', actorId: null, subjectId: id, caller: null, data: {} })
    await mail.forget(tx, email)
  }
  await deleteUsers(
    tx,
    people.map(({ id }) => id),
  )
  return people.length
}
