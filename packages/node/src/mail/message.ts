/** A file that a mail carries. */
export interface MailAttachment {
  readonly filename: string
  /** Such as `application/pdf`. */
  readonly contentType: string
  readonly content: Uint8Array
}

export interface MailMessage {
  /** One bare address: `name@example.com`. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** `name@example.com`, or `Name <name@example.com>`. Default: the transport's. */
  readonly from?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly attachments?: readonly MailAttachment[]
}

/** A way for mail to leave. */
export interface MailTransport {
  readonly name: string
  /**
   * Hands a mail over; it is out of our hands once this resolves. The same `id` gives the same Message-ID, so that whoever
   * gets a mail twice can tell. Throws `PermanentMailError` for what another try would only repeat, `MailServerAwayError`
   * where no other mail would fare better now, and anything else for what may work later.
   */
  send(message: MailMessage & { readonly id: string }): Promise<void>
}

/** A mail that will never be accepted: its address or its content is refused. */
export class PermanentMailError extends Error {
  override name = 'PermanentMailError'
}

/** No mail can leave at present, whatever it says: the server is away or does not let us in. */
export class MailServerAwayError extends Error {
  override name = 'MailServerAwayError'
}

const MAX_ADDRESS = 254
const MAX_SUBJECT = 500
/** One mailbox, with nothing that a header or an SMTP command could take for more: no quotes, brackets, lists, comments. */
const ADDRESS = /^[^\s\p{C}"(),:;<>@[\\\]]{1,64}@(?!-)[\p{L}\p{N}-]{1,63}(?:\.(?!-)[\p{L}\p{N}-]{1,63})+$/u
const LOCAL_ADDRESS = /^[^\s\p{C}"(),:;<>@[\\\]]{1,64}@localhost$/u
const HEADER_NAME = /^[A-Za-z0-9-]{1,76}$/
const FILE_NAME = /^[^\p{C}"\\/]{1,200}$/u
const CONTENT_TYPE = /^[\w.+-]+\/[\w.+-]+$/
const MAIL_ID = /^[\w-]{1,64}$/

export function isMailAddress(text: string): boolean {
  return text.length <= MAX_ADDRESS && text.isWellFormed() && (ADDRESS.test(text) || LOCAL_ADDRESS.test(text))
}

/** An address in part, for those who may know that there is one: `a…@example.com`. */
export function shortAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return `${[...address.slice(0, at)][0] ?? ''}…${address.slice(at)}`
}

/** Refuses what could put a line, a header or a second recipient into a mail. Throws `PermanentMailError`. */
export function checkMessage(message: MailMessage & { readonly id: string }): void {
  const { id, to, subject, from, headers = {}, attachments = [] } = message
  if (!MAIL_ID.test(id)) throw new PermanentMailError('The id of a mail is letters, digits, _ and -')
  if (!isMailAddress(to)) throw new PermanentMailError('The recipient is not one bare mail address')
  if (!isOneLine(subject) || subject.length > MAX_SUBJECT) throw new PermanentMailError('The subject is not one line')
  if (from !== undefined) parseMailbox(from)
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name) || !isOneLine(value))
      throw new PermanentMailError(`The header ${JSON.stringify(name)} is not one line`)
  }
  for (const { filename, contentType } of attachments) {
    if (!FILE_NAME.test(filename) || !CONTENT_TYPE.test(contentType)) {
      throw new PermanentMailError('An attachment has no sound file name and content type')
    }
  }
}

export interface Mailbox {
  /** Empty where there is none. */
  readonly name: string
  readonly address: string
}

/** Reads `name@example.com` or `Name <name@example.com>`. Throws `PermanentMailError`. */
export function parseMailbox(text: string): Mailbox {
  const [, name = '', inBrackets] = /^(.*?)\s*<([^<>]*)>$/u.exec(text) ?? []
  const address = inBrackets ?? text
  if (!isMailAddress(address) || !isOneLine(name)) {
    throw new PermanentMailError('The sender is not a mail address, as in Shop <shop@example.com>')
  }
  return { name: name.replace(/^"(.*)"$/u, '$1'), address }
}

/** The Message-ID of a mail: the same for each try, unique to the sender's domain. */
export function messageIdOf(id: string, { address }: Mailbox): string {
  return `<${id}@${address.slice(address.lastIndexOf('@') + 1)}>`
}

function isOneLine(text: string): boolean {
  return !/[\p{Cc}\u2028\u2029]/u.test(text) && text.isWellFormed()
}
