import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'
import type { Tenant } from '../../context.ts'
import type { Engine } from '../../db/dialect.ts'
import { migrations } from '../../db/migrations.ts'
import { type Database, openDatabase } from '../../db/open.ts'
import { type Jobs, jobRunner } from '../../jobs/runner.ts'
import { jobsService } from '../../jobs/service.ts'
import { createTenant } from '../../tenants/service.ts'
import { type RecordingLog, recordingLog } from '../../testing/recording-log.ts'
import { makeDatabase } from '../../testing/test-database.ts'
import { mailJob } from '../jobs.ts'
import type { MailTransport } from '../message.ts'
import { MAIL_SEND, type MailService, mailService } from '../service.ts'

/** A mail as an SMTP server got it. */
export interface Received {
  readonly from: string
  readonly to: readonly string[]
  readonly email: Email
  readonly raw: string
}

export interface TestSmtp {
  readonly port: number
  readonly received: Received[]
  close(): Promise<void>
  /** Breaks every connection, as a machine does that dies. */
  cut(): void
}

/** A real SMTP server; `options` say what it refuses. Without TLS and sign-in unless they say so. */
export async function startSmtp(options: SMTPServerOptions = {}, port = 0): Promise<TestSmtp> {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    // Clients keep connections open for the next mail.
    closeTimeout: 1,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks)
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          email: await PostalMime.parse(raw),
          raw: raw.toString(),
        })
        done()
      })
    },
    ...options,
  })
  // A client that does not trust our certificate, for one.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  let closed: Promise<void> | undefined
  const close = () => (closed ??= new Promise<void>((resolve) => server.close(() => resolve())))
  onTestFinished(close)
  const cut = () => {
    for (const connection of server.connections) connection._socket.destroy()
  }
  return { port: (server.server.address() as AddressInfo).port, received, close, cut }
}

/** What an SMTP server says no with. */
export function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}

export interface MailDesk extends MailService {
  readonly database: Database
  readonly tenant: Tenant
  readonly jobs: Jobs
  readonly log: RecordingLog
  /** Now, in ms; tests move it. */
  readonly time: { now: number }
  /** Everything that the tables hold of mail and jobs, as text. */
  stored(): Promise<string>
  jobState(id: string): Promise<{ state: string; attempts: number; error: string | null }>
  retry(id: string): Promise<unknown>
}

export const NOON = Date.parse('2026-03-01T12:00:00Z')

/** Mail, a job queue and a runner over a database of its own. */
export async function openMailDesk(engine: Engine, transport: MailTransport): Promise<MailDesk> {
  const place = await makeDatabase(engine)
  const database = openDatabase(place.url)
  onTestFinished(async () => {
    await database.close()
    await place.remove()
  })
  await database.migrate(migrations)
  const time = { now: NOON }
  const clock = () => time.now
  const log = recordingLog()
  const service = jobsService({ clock, random: Math.random, wake() {} })
  const tenant = await createTenant(
    { database, clock, random: Math.random },
    { name: 'Café Ünïque', currency: 'EUR', timeZone: 'Europe/Berlin' },
  )
  const handlers = { [MAIL_SEND]: mailJob({ transport, clock, random: () => 0.5, attachmentsOf: async () => [] }) }
  const jobs = jobRunner({ database, clock, random: () => 0.5, log, handlers, owner: 'one' })
  const db = database.tenant(tenant.id)
  return {
    ...mailService({ enqueue: service.enqueue, enqueueMany: service.enqueueMany, clock, random: Math.random }),
    database,
    tenant,
    jobs,
    log,
    time,
    async stored() {
      const mail = await db.query.selectFrom('mail_messages').selectAll().execute()
      const queued = await db.query.selectFrom('jobs').selectAll().execute()
      return JSON.stringify([mail, queued])
    },
    jobState: (id) => service.get(db, id),
    retry: (id) => service.retry(db, id),
  }
}
