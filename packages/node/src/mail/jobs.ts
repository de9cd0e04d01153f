import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import { type JobHandler, PermanentJobError, RetryJobError } from '../jobs/runner.ts'
import type { Clock, Random } from '../ports.ts'
import { endOverdueMail, noteEndOfMail } from './end-mail.ts'
import { type MailAttachment, MailServerAwayError, type MailTransport, PermanentMailError } from './message.ts'
import { mailRetryMs } from './retry-schedule.ts'
import type { MailPayload } from './service.ts'
import { findMail, type MailRow } from './store.ts'
import { isTemplate } from './templates/index.ts'
import { renderMail } from './templates/render.ts'

const MINUTE_MS = 60_000
/** While the mail server is away, one mail in this time finds out whether it is back; the others do not wait for its time-out. */
const AWAY_MS = 10_000

export interface MailJobPorts {
  readonly transport: MailTransport
  readonly clock: Clock
  readonly random: Random
  /** Files that go with a mail, by its template and data. */
  readonly attachmentsOf: (
    mail: { readonly template: string; readonly data: Readonly<Record<string, unknown>> },
    place: { readonly db: TenantDb; readonly tenant: Tenant },
  ) => Promise<readonly MailAttachment[]>
}

/**
 * Sends what was queued. That it is sent is noted right after the sending: should the process end between the two, the mail
 * is sent once more under the same Message-ID. A failed mail keeps its data until it runs out, so that a person can retry it.
 */
export function mailJob({ transport, clock, random, attachmentsOf }: MailJobPorts): JobHandler {
  let awayUntil = Number.NEGATIVE_INFINITY

  async function send(
    mail: MailRow,
    words: ReturnType<typeof renderMail>,
    attachments: readonly MailAttachment[],
  ): Promise<void> {
    if (clock() < awayUntil) throw new MailServerAwayError('The mail server was away a moment ago')
    const headers = { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language }
    try {
      await transport.send({ id: mail.id, to: mail.recipient, ...words, headers, attachments })
      awayUntil = Number.NEGATIVE_INFINITY
    } catch (error) {
      if (error instanceof MailServerAwayError) awayUntil = clock() + AWAY_MS
      throw error
    }
  }

  return async ({ mailId }: MailPayload, { db, tenant, attempt }) => {
    await db.transaction((tx) => endOverdueMail(tx, clock()))
    const mail = await findMail(db, mailId)
    if (!mail) return { sent: false, because: 'taken back' }
    const { template } = mail
    if (mail.outcome === 'sent') return { template, sent: true, because: 'an earlier try did' }
    if (mail.outcome === 'expired') return { template, sent: false, because: 'what it says had run out before' }
    if (!isTemplate(template)) throw new PermanentJobError(`There is no mail ${template}`)
    const brand = { shop: tenant.name, timeZone: tenant.timeZone }
    const data = dataOf(mail, clock())
    const words = renderMail(template, data as never, mail.language, brand)
    const attachments = await attachmentsOf({ template, data }, { db, tenant })
    try {
      await send(mail, words, attachments)
    } catch (error) {
      const message = withoutAddresses(error)
      if (error instanceof PermanentMailError) throw new PermanentJobError(message)
      throw new RetryJobError(message, mailRetryMs(attempt, random))
    }
    await db.transaction((tx) => noteEndOfMail(tx, mail, 'sent', clock()))
    return { template, sent: true, transport: transport.name }
  }
}

/** What a mail says; one that was held up says how long its link still works. */
function dataOf({ data, created_at: createdAt, expires_at: expiresAt }: MailRow, now: number): Record<string, unknown> {
  const said = JSON.parse(data) as Record<string, unknown>
  if (!('expiresInMinutes' in said) || now - createdAt < MINUTE_MS) return said
  return { ...said, expiresInMinutes: wholeMinutes(expiresAt - now) }
}

/** In days, hours or minutes, whichever people would say, rounded down and at least one. */
function wholeMinutes(ms: number): number {
  const minutes = Math.floor(ms / MINUTE_MS)
  const unit = [24 * 60, 60].find((one) => minutes >= 2 * one) ?? 1
  return Math.max(1, Math.floor(minutes / unit) * unit)
}

/**
 * What a mail server says often names the recipient; a job's error is kept and logged. The original is left behind for the
 * same reason.
 */
function withoutAddresses(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error)
  return said.replace(/[^\s<>"'(:,;]+@[^\s<>"'),;]+/g, '(address)').replace(/[\p{Cc}]+/gu, ' ')
}
