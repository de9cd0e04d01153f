import { type Job, newId } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { Clock, Random } from '../ports.ts'
import { isMailAddress } from './message.ts'
import { addMail, removeMailTo } from './store.ts'
import { checkData } from './templates/fields.ts'
import { type MailData, TEMPLATES, type TemplateName } from './templates/index.ts'
import { languageOf } from './templates/language.ts'

export const MAIL_SEND = 'mail.send'

/** Some ten minutes of a mail server that is away. */
const MAX_ATTEMPTS = 60
/** Mail that says nothing of its own end is not sent later than this. */
const DEFAULT_LIFE_MS = 3 * 24 * 3_600_000

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

/** An address or data that no mail can be made of. */
export class MailRequestError extends Error {
  override name = 'MailRequestError'
}

export type MailService = ReturnType<typeof mailService>

export function mailService({ enqueue, clock, random }: { enqueue: Enqueue; clock: Clock; random: Random }) {
  /**
   * Sends a mail once the caller's transaction is on disk, and not at all where it fails. The words are made when it is
   * sent. What it holds waits in a row of its own and goes with the sending; a mail that says when its link ends is not
   * sent after that. Throws `MailRequestError`.
   */
  const queueMail: QueueMail = async (tx, { to, template, data, language }) => {
    if (!isMailAddress(to)) throw new MailRequestError('The recipient is not one bare mail address')
    const fault = checkData(TEMPLATES[template].fields, data)
    if (fault !== undefined) throw new MailRequestError(`${template}: ${fault}`)
    const now = clock()
    const expiresAt = now + lifeMs(data)
    const id = newId('mail', clock, random)
    await addMail(tx, {
      id,
      recipient: to,
      template,
      data: JSON.stringify(data),
      language: languageOf(language),
      created_at: now,
      expires_at: expiresAt,
    })
    const payload: MailPayload = { mailId: id, expiresAt }
    return enqueue(tx, MAIL_SEND, payload, { queue: 'outbox', maxAttempts: MAX_ATTEMPTS })
  }
  return {
    queueMail,
    /** Takes back what still waits for an address; for those who erase a person. */
    forget: (tx: TenantDb, address: string) => removeMailTo(tx, address),
  }
}

function lifeMs(data: object): number {
  return 'expiresInMinutes' in data ? (data.expiresInMinutes as number) * 60_000 : DEFAULT_LIFE_MS
}
