import { type Mailbox, type MailMessage, messageIdOf } from './message.ts'

export interface MimeMessage extends MailMessage {
  readonly id: string
}

/** Writes a mail as a file of RFC 5322 and MIME, which every mail program opens. The message was checked (`checkMessage`). */
export function mimeFile(message: MimeMessage, from: Mailbox, at: number): string {
  const { id, to, subject, text, html, headers = {}, attachments = [] } = message
  // Base64 has no `_`: no line of a part can be taken for a boundary.
  const boundary = `_${id}_`
  const body = multipart('alternative', boundary, [
    part('text/plain; charset=utf-8', Buffer.from(text)),
    part('text/html; charset=utf-8', Buffer.from(html)),
  ])
  const files = attachments.map(({ filename, contentType, content }) =>
    part(contentType, Buffer.from(content), `attachment; filename*=utf-8''${encodeURIComponent(filename)}`),
  )
  const lines = [
    `From: ${from.name === '' ? from.address : `${encodedWords(from.name)} <${from.address}>`}`,
    `To: ${to}`,
    `Subject: ${encodedWords(subject)}`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageIdOf(id, from)}`,
    'MIME-Version: 1.0',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${encodedWords(value)}`),
    files.length === 0 ? body : multipart('mixed', `_files${boundary}`, [body, ...files]),
  ]
  return `${lines.join('\r\n')}\r\n`
}

function multipart(kind: string, boundary: string, parts: readonly string[]): string {
  const between = parts.map((one) => `--${boundary}\r\n${one}\r\n`).join('')
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${between}--${boundary}--`
}

function part(type: string, content: Buffer, disposition?: string): string {
  const head = [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64']
  if (disposition !== undefined) head.push(`Content-Disposition: ${disposition}`)
  return `${head.join('\r\n')}\r\n\r\n${content.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n')}`
}

/** Bytes in one encoded word, whose 75 characters hold 12 of its own (RFC 2047, section 2). */
const WORD_BYTES = 45

function encodedWords(text: string): string {
  if (/^[\x20-\x7e]{0,900}$/.test(text) && !text.includes('=?')) return text
  const words: string[] = []
  let word = ''
  for (const character of text) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word)
      word = ''
    }
    word += character
  }
  return [...words, word].map((one) => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ')
}
