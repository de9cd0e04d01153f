import { type QueueMail, TEMPLATES } from '../mail/index.ts'
import type { Clock } from '../ports.ts'
import type { MailPerson } from './ports.ts'
import { deviceName } from './present.ts'

/** Pages to which mails lead. */
export interface AccountPages {
  /** Address of the page with the sign-in form, without a trailing slash. */
  readonly signIn: string
}

/** Mails to people: adds when and where it happened, and what to do about it. */
export function personMail({
  queueMail,
  clock,
  pages,
}: {
  queueMail: QueueMail
  clock: Clock
  pages: AccountPages
}): MailPerson {
  return async (tx, { tenant, user, template, data, caller }) => {
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
    await queueMail(tx, {
      to: user.email,
      template,
      data: { ...common, ...data } as never,
      language: user.language ?? 'en',
    })
  }
}
