import type { TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers } from '../context.ts'
import type { MailsService } from './mails-service.ts'

export function mailsHandlers(service: MailsService): DomainHandlers<TillwrightContract['mails']> {
  return {
    list: (input, { db, tenant }) => service.list(db, tenant, input),
    get: ({ mailId }, { db, tenant }) => service.get(db, tenant, mailId),
    preview: async ({ template, language }, { tenant }) => service.preview(tenant, template, language),
  }
}
