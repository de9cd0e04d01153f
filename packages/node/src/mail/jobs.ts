import type { JobHandler } from '../jobs/runner.ts'
import { PermanentJobError } from '../jobs/runner.ts'
import type { Clock } from '../ports.ts'
import { type MailTransport, PermanentMailError } from './message.ts'
import type { MailPayload } from './service.ts'
import { findMail, removeExpiredMail, removeMail } from './store.ts'
import { TEMPLATES, type TemplateName } from './templates/index.ts'
import { renderMail } from './templates/render.ts'

/**
 * Sends what was queued. The row goes right after the sending: should the process end between the two, the mail is sent once
 * more under the same Message-ID. A failed mail keeps its row until it ends, so that a person can retry it.
 */
export function mailJob({ transport, clock }: { transport: MailTransport; clock: Clock }): JobHandler {
  return async ({ mailId, expiresAt }: MailPayload, { db, tenant }) => {
    await db.transaction((tx) => removeExpiredMail(tx, clock()))
    const mail = await findMail(db, mailId)
    if (!mail) {
      if (clock() >= expiresAt) throw new PermanentJobError('It could not be sent while it still meant something')
      return { sent: 'before, or taken back' }
    }
    if (!Object.hasOwn(TEMPLATES, mail.template)) throw new PermanentJobError(`There is no mail ${mail.template}`)
    const template = mail.template as TemplateName
    const brand = { shop: tenant.name, timeZone: tenant.timeZone }
    const { subject, text, html } = renderMail(template, JSON.parse(mail.data) as never, mail.language, brand)
    const headers = { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language }
    try {
      await transport.send({ id: mail.id, to: mail.recipient, subject, text, html, headers })
    } catch (error) {
      throw withoutAddresses(error)
    }
    await db.transaction((tx) => removeMail(tx, mail.id))
    return { template, transport: transport.name }
  }
}

/**
 * What a mail server says often names the recipient; a job's error is kept and logged. The original is left behind for the
 * same reason.
 */
function withoutAddresses(error: unknown): Error {
  const said = error instanceof Error ? error.message : String(error)
  const message = said.replace(/[^\s<>"'(:,;]+@[^\s<>"'),;]+/g, '(address)').replace(/[\p{Cc}]+/gu, ' ')
  return error instanceof PermanentMailError ? new PermanentJobError(message) : new Error(message)
}
