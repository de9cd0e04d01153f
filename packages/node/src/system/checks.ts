import type { MailTransport } from '../mail/index.ts'
import type { HealthCheck } from './service.ts'

/** Says which parts are the embedded ones, which work by themselves and on this machine only. */
export function embeddedChecks({
  hasWidgets,
  hasOwnFiles,
  mail,
}: {
  hasWidgets: boolean
  /** Whether a file store was given. */
  hasOwnFiles: boolean
  mail: MailTransport
}): HealthCheck[] {
  return [
    () => ({ name: 'files', status: 'ok', ...(hasOwnFiles ? {} : { detail: 'Embedded: a folder on this machine' }) }),
    () =>
      mail.name === 'disk'
        ? {
            name: 'mail',
            status: 'degraded',
            detail: 'No mail server is set: mail is not sent, it lies in the data folder (tillwright outbox)',
          }
        : { name: 'mail', status: 'ok' },
    () =>
      hasWidgets
        ? { name: 'widgets', status: 'ok' }
        : {
            name: 'widgets',
            status: 'degraded',
            detail:
              '@tillwright/widgets is not installed beside the server: /widgets and /console have nothing to serve',
          },
  ]
}
