import { type Job, newId } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import type { Enqueue, EnqueueMany } from '../jobs/service.ts'
import type { Clock, Random } from '../ports.ts'
import { isMailAddress, shortAddress } from './message.ts'
import { MAX_ATTEMPTS } from './retry-schedule.ts'
import { addMail, addMails, type NewMail, removeMailTo } from './store.ts'
import { checkData } from './templates/fields.ts'
import { type MailData, TEMPLATES, type TemplateName } from './templates/index.ts'
import { languageOf } from './templates/language.ts'

export const MAIL_SEND = 'mail.send'

/** Mail that says nothing of its own end is not sent later than this. */
const DEFAULT_LIFE_MS = 3 * 24 * 3_600_000

const SENDING = { queue: 'outbox', maxAttempts: MAX_ATTEMPTS } as const

export interface MailPayload {
  readonly mailId: string
  readonly expiresAt: number
}

export interface MailRequest<T extends TemplateName> {
  /** One bare address. */
  readonly to: string
  readonly template: T
  readonly data: MailData[T]
  /** What the reader speaks, such as `de-AT`; a language that we have no words in gives English. */
  readonly language: string
}

export type QueueMail = <T extends TemplateName>(tx: TenantDb, mail: MailRequest<T>) => Promise<Job>

/** The same for many at once. */
export type QueueMails = <T extends TemplateName>(tx: TenantDb, mails: readonly MailRequest<T>[]) => Promise<void>

/** An address or data that no mail can be made of. */
export class MailRequestError extends Error {
  override name = 'MailRequestError'
}

export type MailService = ReturnType<typeof mailService>

export interface MailServicePorts {
  readonly enqueue: Enqueue
  readonly enqueueMany: EnqueueMany
  readonly clock: Clock
  readonly random: Random
}

export function mailService({ enqueue, enqueueMany, clock, random }: MailServicePorts) {
  function rowOf<T extends TemplateName>({ to, template, data, language }: MailRequest<T>): Omit<NewMail, 'job_id'> {
    if (!isMailAddress(to)) throw new MailRequestError('The recipient is not one bare mail address')
    const fault = checkData(TEMPLATES[template].fields, data)
    if (fault !== undefined) throw new MailRequestError(`${template}: ${fault}`)
    const now = clock()
    return {
      id: newId('mail', clock, random),
      recipient: to,
      template,
      data: JSON.stringify(data),
      language: languageOf(language),
      created_at: now,
      expires_at: now + lifeMs(data),
    }
  }

  const payloadOf = (row: Omit<NewMail, 'job_id'>): MailPayload => ({ mailId: row.id, expiresAt: row.expires_at })

  /**
   * Sends a mail once the caller's transaction is on disk, and not at all where it fails. The words are made when it is
   * sent. What it holds waits in a row of its own and goes with the sending; a mail that says when its link ends is not
   * sent after that. Throws `MailRequestError`.
   */
  const queueMail: QueueMail = async (tx, mail) => {
    const row = rowOf(mail)
    const job = await enqueue(tx, MAIL_SEND, payloadOf(row), SENDING)
    await addMail(tx, { ...row, job_id: job.id })
    return job
  }

  const queueMails: QueueMails = async (tx, mails) => {
    const rows = mails.map(rowOf)
    const jobIds = await enqueueMany(tx, MAIL_SEND, rows.map(payloadOf), SENDING)
    await addMails(
      tx,
      rows.map((row, i) => ({ ...row, job_id: jobIds[i]! })),
    )
  }

  return {
    queueMail,
    queueMails,
    /** Takes back what still waits for an address. */
    forget: (tx: TenantDb, address: string) => removeMailTo(tx, [address]),
    /**
     * The same for those who erase a person, and the notes of what went to them. Notes have addresses in part, so those of
     * people whose address begins and ends alike go as well.
     */
    erase: (tx: TenantDb, address: string) => removeMailTo(tx, [address, shortAddress(address)]),
  }
}

function lifeMs(data: object): number {
  return 'expiresInMinutes' in data ? (data.expiresInMinutes as number) * 60_000 : DEFAULT_LIFE_MS
}
