import { createTransport } from 'nodemailer'
import {
  checkMessage,
  MailServerAwayError,
  type MailTransport,
  messageIdOf,
  PermanentMailError,
  parseMailbox,
} from '../../mail/message.ts'

const CONNECT_TIMEOUT_MS = 10_000
const GREETING_TIMEOUT_MS = 10_000
const SILENCE_TIMEOUT_MS = 30_000
const CONNECTIONS = 3

export interface SmtpOptions {
  /**
   * `smtps://user:password@host:465` (TLS from the start) or `smtp://user:password@host:587` (STARTTLS). Without TLS only to
   * this machine, or with `?tls=optional`. Special characters of user and password are percent-encoded.
   */
  readonly url: string
  /** `shop@example.com` or `Shop <shop@example.com>`. */
  readonly from: string
  /** For tests and private authorities: certificates to trust, in PEM. Default: those of Node. */
  readonly ca?: string
}

/** A connection address that cannot be used. It never repeats the address, which holds a password. */
export class SmtpUrlError extends Error {
  override name = 'SmtpUrlError'
}

/** Sends mail by SMTP. Throws `SmtpUrlError` for a bad address; connects when the first mail goes. */
export function smtpTransport({ url, from, ca }: SmtpOptions): MailTransport & { close(): void } {
  const sender = parseMailbox(from)
  const options = {
    ...connectionOf(url),
    ...(ca === undefined ? {} : { tls: { ca } }),
    pool: true as const,
    maxConnections: CONNECTIONS,
    // A connection that ends may have ended after the mail was taken: when to risk it again is the queue's to say, not the pool's.
    maxRequeues: 0,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: GREETING_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    // A mail is what it holds: nothing in it makes us open files or addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  const smtp = createTransport(options)
  return {
    name: 'smtp',
    async send(message) {
      checkMessage(message)
      const mailbox = message.from === undefined ? sender : parseMailbox(message.from)
      try {
        await smtp.sendMail({
          from: mailbox,
          // As objects: a text would be parsed, and could name more than one.
          to: { name: '', address: message.to },
          envelope: { from: mailbox.address, to: [message.to] },
          subject: message.subject,
          text: message.text,
          html: message.html,
          messageId: messageIdOf(message.id, mailbox),
          headers: { ...message.headers },
          attachments: (message.attachments ?? []).map(({ filename, contentType, content }) => ({
            filename,
            contentType,
            content: Buffer.from(content),
          })),
        })
      } catch (error) {
        const { message } = error as Error
        if (isFinal(error)) throw new PermanentMailError(message, { cause: error })
        throw isAboutMail(error) ? error : new MailServerAwayError(message, { cause: error })
      }
    },
    close: () => smtp.close(),
  }
}

/** Whether this mail's address or content is refused, as opposed to whoever comes. */
function isAboutMail(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === 'EENVELOPE' || code === 'EMESSAGE'
}

/** What is refused of this mail for good (RFC 5321, section 4.2.1). A refused sign-in is ours to mend: it is tried again. */
function isFinal(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: unknown }
  return isAboutMail(error) && typeof responseCode === 'number' && responseCode >= 500
}

function connectionOf(text: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    throw new SmtpUrlError('The mail server is written as smtps://user:password@host:port')
  }
  const isTls = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const mayBePlain = /^(localhost|127(\.\d+){3}|::1)$/.test(host) || url.searchParams.get('tls') === 'optional'
  return {
    host,
    port: url.port === '' ? (isTls ? 465 : 587) : Number(url.port),
    secure: isTls,
    requireTLS: !isTls && !mayBePlain,
    ...(url.username === '' ? {} : { auth: { user: decoded(url.username), pass: decoded(url.password) } }),
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (cause) {
    throw new SmtpUrlError('User and password of the mail server are not percent-encoded', { cause })
  }
}
