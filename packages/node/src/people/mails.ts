import { type MailRequest, type QueueMail, type QueueMails, TEMPLATES, type TemplateName } from '../mail/index.ts'
import type { Clock } from '../ports.ts'
import type { People, PersonMail } from './ports.ts'
import { deviceName } from './present.ts'

/** Pages to which mails lead. */
export interface AccountPages {
  /** Address of the page with the sign-in form, without a trailing slash. */
  readonly signIn: string
}

export interface PeopleMailsPorts {
  readonly queueMail: QueueMail
  readonly queueMails: QueueMails
  readonly clock: Clock
  readonly pages: AccountPages
}

/** Mails to people: adds when and where it happened, and what to do about it. */
export function peopleMails({
  queueMail,
  queueMails,
  clock,
  pages,
}: PeopleMailsPorts): Pick<People, 'mail' | 'mailMany'> {
  function requestOf<T extends TemplateName>({ tenant, user, template, data, caller }: PersonMail<T>): MailRequest<T> {
    const signInPage = `${pages.signIn}?tenant=${tenant.publicId}`
    const known: Record<string, unknown> = {
      at: new Date(clock()).toISOString(),
      resetLink: `${signInPage}#forgot`,
      signInLink: signInPage,
      sessionsLink: `${signInPage}#sessions`,
      securityLink: `${signInPage}#security`,
      supportLink: signInPage,
      ...(caller ? { device: deviceName(caller.userAgent) } : {}),
      ...(caller?.address ? { address: caller.address } : {}),
    }
    const fields = Object.keys(TEMPLATES[template].fields)
    const common = Object.fromEntries(Object.entries(known).filter(([name]) => fields.includes(name)))
    return { to: user.email, template, data: { ...common, ...data } as never, language: user.language ?? 'en' }
  }
  return {
    mail: async (tx, mail) => {
      await queueMail(tx, requestOf(mail))
    },
    mailMany: (tx, mails) => queueMails(tx, mails.map(requestOf)),
  }
}
