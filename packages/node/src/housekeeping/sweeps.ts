import { sweepChanges } from '../administration/changes-store.ts'
import { deleteUsers, removedBefore } from '../administration/erase-store.ts'
import type { AuditService } from '../audit/service.ts'
import type { TenantDb } from '../db/open.ts'
import { sweepKeys } from '../idempotency/store.ts'
import { filesOfJob } from '../imports/files.ts'
import { endedJobs, removeJobs } from '../jobs/store.ts'
import { sweepAddressBlocks } from '../limits/address-blocks-store.ts'
import { endOverdueMail } from '../mail/end-mail.ts'
import type { MailService } from '../mail/index.ts'
import { removeEndedMail } from '../mail/store.ts'
import { sweepVisits } from '../people/identities-store.ts'
import { sweepAttempts, sweepDevices, sweepSessions, sweepTokens } from '../people/sweep-store.ts'
import type { FileStore } from '../ports.ts'
import { batchFileKey } from '../recommendations/batches.ts'
import { sweepDeliveries } from '../webhooks/deliveries-store.ts'
import { sweepEvents } from '../webhooks/sources-store.ts'
import { DAY_MS, RETENTION } from './retention.ts'
import type { Sweep } from './service.ts'

const JOBS_AT_ONCE = 200
const ROWS_AT_ONCE = 1_000
const PEOPLE_AT_ONCE = 50

export interface SweepPorts {
  readonly auditRetentionDays: number
  readonly files: FileStore
  readonly audit: Pick<AuditService, 'dropOld' | 'record'>
  readonly mail: Pick<MailService, 'erase'>
  /** Deletes the ledgers of people, and statements that nobody committed. */
  readonly ledger: {
    erase(tx: TenantDb, ids: readonly string[]): Promise<void>
    sweepPreviews(tx: TenantDb, before: number): Promise<number>
  }
}

/** What a round of housekeeping removes of each tenant. */
export function tenantSweeps(ports: SweepPorts): Readonly<Record<string, Sweep>> {
  const { audit } = ports
  return {
    'idempotency keys': (db, now) =>
      inTransaction(db, (tx) => sweepKeys(tx, now - RETENTION.idempotency, ROWS_AT_ONCE)),
    'done jobs': (db, now) => sweepJobs(db, 'done', now - RETENTION.doneJobs, ports.files),
    'dead jobs': (db, now) => sweepJobs(db, 'dead', now - RETENTION.deadJobs, ports.files),
    mail: (db, now) => inTransaction(db, (tx) => sweepMail(tx, now)),
    'one-time tokens': (db, now) => inTransaction(db, (tx) => sweepTokens(tx, now)),
    'visits to providers': (db, now) => inTransaction(db, (tx) => sweepVisits(tx, now)),
    sessions: (db, now) => inTransaction(db, (tx) => sweepSessions(tx, now - RETENTION.endedSessions, ROWS_AT_ONCE)),
    'sign-in attempts': (db, now) => inTransaction(db, (tx) => sweepAttempts(tx, now)),
    'address blocks': (db, now) => inTransaction(db, (tx) => sweepAddressBlocks(tx, now)),
    'known devices': (db, now) => inTransaction(db, (tx) => sweepDevices(tx, now - RETENTION.knownDevices)),
    'audit entries': (db) => inTransaction(db, (tx) => audit.dropOld(tx, ports.auditRetentionDays * DAY_MS)),
    'webhook deliveries': (db, now) =>
      inTransaction(db, (tx) => sweepDeliveries(tx, now - RETENTION.webhookDeliveries)),
    'webhook events': (db, now) => inTransaction(db, (tx) => sweepEvents(tx, now - RETENTION.webhookEvents)),
    'statement previews': (db, now) =>
      inTransaction(db, (tx) => ports.ledger.sweepPreviews(tx, now - RETENTION.statementPreviews)),
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
  for (const key of jobs.flatMap((job) => [...filesOfJob(job), batchFileKey(job.id)])) await files.remove(key)
  return db.transaction((tx) =>
    removeJobs(
      tx,
      jobs.map(({ id }) => id),
      before,
    ),
  )
}

/** Links that have run out go at once; that there was a mail is kept for a while. */
async function sweepMail(tx: TenantDb, now: number): Promise<number> {
  return (await endOverdueMail(tx, now)) + (await removeEndedMail(tx, now - RETENTION.endedMail))
}

/** Erases people with everything that is theirs. What they did stays in the audit log, under an id that means nobody. */
async function erasePeople(tx: TenantDb, before: number, { audit, mail, ledger }: SweepPorts): Promise<number> {
  const people = await removedBefore(tx, before, PEOPLE_AT_ONCE)
  if (people.length === 0) return 0
  for (const { id, email } of people) {
    await audit.record(tx, { kind: 'user.erased', actorId: null, subjectId: id, caller: null, data: {} })
    await mail.erase(tx, email)
  }
  await ledger.erase(
    tx,
    people.map(({ id }) => id),
  )
  await deleteUsers(
    tx,
    people.map(({ id }) => id),
  )
  return people.length
}
