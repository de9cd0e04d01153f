import type { TenantDb } from '../db/open.ts'
import { shortAddress } from './message.ts'
import { endMail, type MailRow, overdueMail } from './store.ts'
import { shownData } from './templates/fields.ts'
import { isTemplate, TEMPLATES } from './templates/index.ts'

/** Notes what became of a mail, and drops what let its reader in and most of their address. */
export async function noteEndOfMail(tx: TenantDb, mail: MailRow, outcome: 'sent' | 'expired', now: number) {
  const data = JSON.parse(mail.data) as Record<string, unknown>
  await endMail(tx, mail.id, {
    outcome,
    endedAt: now,
    recipient: shortAddress(mail.recipient),
    data: JSON.stringify(isTemplate(mail.template) ? shownData(TEMPLATES[mail.template].fields, data) : {}),
  })
}

/** Ends what waits and means nothing any more; returns how much that was. */
export async function endOverdueMail(tx: TenantDb, now: number): Promise<number> {
  const overdue = await overdueMail(tx, now)
  for (const mail of overdue) await noteEndOfMail(tx, mail, 'expired', now)
  return overdue.length
}
