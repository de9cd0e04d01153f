import { describe, expect, it, onTestFinished } from 'vitest'
import { type MailMessage, PermanentMailError } from '../../mail/message.ts'
import { refusal, startSmtp } from '../../mail/testing/mail-desk.ts'
import { type SmtpOptions, SmtpUrlError, smtpTransport } from './transport.ts'

const MAIL = {
  id: 'mail_1',
  to: 'reader@example.com',
  subject: 'Grüße',
  text: 'Guten Tag',
  html: '<p>Guten Tag</p>',
}

function open(url: string, options: Partial<SmtpOptions> = {}) {
  const transport = smtpTransport({ url, from: 'Der Laden <shop@example.com>', ...options })
  onTestFinished(() => transport.close())
  return transport
}

describe('mail by SMTP', () => {
  it('arrives whole: sender, subject, both versions, headers and attachments', async () => {
    const smtp = await startSmtp()
    const content = new Uint8Array([0, 1, 2, 254, 255])
    const attachments = [{ filename: 'Beleg ä.pdf', contentType: 'application/pdf', content }]
    await open(`smtp://127.0.0.1:${smtp.port}`).send({
      ...MAIL,
      headers: { 'Auto-Submitted': 'auto-generated' },
      attachments,
    })
    const { email, to } = smtp.received[0]!
    expect(to).toEqual(['reader@example.com'])
    expect(email.from).toMatchObject({ name: 'Der Laden', address: 'shop@example.com' })
    expect(email.subject).toBe('Grüße')
    expect(email.messageId).toBe('<mail_1@example.com>')
    expect(email.text?.trim()).toBe('Guten Tag')
    expect(email.html?.trim()).toBe('<p>Guten Tag</p>')
    expect(email.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }))
    expect(email.attachments[0]).toMatchObject({ filename: 'Beleg ä.pdf', mimeType: 'application/pdf' })
    expect(new Uint8Array(email.attachments[0]!.content as ArrayBuffer)).toEqual(content)
  })

  it('signs in with the user and password of the address', async () => {
    const seen: unknown[] = []
    const smtp = await startSmtp({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, done) {
        seen.push([username, password])
        done(null, { user: username })
      },
    })
    await open(`smtp://sh%40op:p%2Fss%3A@127.0.0.1:${smtp.port}`).send(MAIL)
    expect(seen).toEqual([['sh@op', 'p/ss:']])
    expect(smtp.received).toHaveLength(1)
  })

  it('does not give up on a mail because the sign-in is refused: that is for us to mend', async () => {
    const smtp = await startSmtp({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(refusal(535, 'Wrong password')),
    })
    const sent = open(`smtp://shop:Planted-Pass@127.0.0.1:${smtp.port}`).send(MAIL)
    await expect(sent).rejects.toThrow(/Wrong password/)
    await expect(sent).rejects.not.toBeInstanceOf(PermanentMailError)
    await expect(sent).rejects.not.toThrow(/Planted-Pass/)
  })

  it('gives up on what the server refuses for good, and not on what it puts off', async () => {
    for (const [code, isFinal] of [
      [550, true],
      [554, true],
      [421, false],
      [452, false],
    ] as const) {
      const smtp = await startSmtp({ onRcptTo: (_address, _session, done) => done(refusal(code, 'No')) })
      const error = await open(`smtp://127.0.0.1:${smtp.port}`)
        .send(MAIL)
        .catch((caught: unknown) => caught)
      expect([code, error instanceof PermanentMailError, error instanceof Error]).toEqual([code, isFinal, true])
    }
  })

  it('gives up on content that the server refuses', async () => {
    const smtp = await startSmtp({
      onData(stream, _session, done) {
        stream.on('end', () => done(refusal(552, 'Too large'))).resume()
      },
    })
    await expect(open(`smtp://127.0.0.1:${smtp.port}`).send(MAIL)).rejects.toBeInstanceOf(PermanentMailError)
  })

  it.each<Partial<MailMessage & { id: string }>>([
    { to: 'reader@example.com\r\nRCPT TO:<other@example.com>' },
    { to: 'reader@example.com, other@example.com' },
    { subject: 'Hello\r\nBcc: other@example.com' },
    { subject: 'Hello\u2028' },
    { from: 'shop@example.com\r\nBcc: other@example.com' },
    { from: 'Sh\nop <shop@example.com>' },
    { headers: { 'X-Note': 'a\r\nBcc: other@example.com' } },
    { headers: { 'X-Note\r\nBcc': 'other@example.com' } },
    { attachments: [{ filename: 'a"\r\n.txt', contentType: 'text/plain', content: new Uint8Array() }] },
    { attachments: [{ filename: 'a.txt', contentType: 'text/plain\r\nX: y', content: new Uint8Array() }] },
    { id: 'mail_1>\r\nX: y' },
  ])('refuses what would put more into the mail: %j', async (part) => {
    const smtp = await startSmtp()
    await expect(open(`smtp://127.0.0.1:${smtp.port}`).send({ ...MAIL, ...part })).rejects.toBeInstanceOf(
      PermanentMailError,
    )
    expect(smtp.received).toEqual([])
  })

  it('reads no file and fetches nothing that a mail names', async () => {
    const smtp = await startSmtp()
    await open(`smtp://127.0.0.1:${smtp.port}`).send({
      ...MAIL,
      text: 'file:///etc/hostname',
      html: '<img src="/etc/hostname">',
    })
    expect(smtp.received[0]!.email.html).toContain('<img src="/etc/hostname">')
    expect(smtp.received[0]!.email.attachments).toEqual([])
  })

  it('sends nothing in the clear to another machine', async () => {
    const smtp = await startSmtp()
    // Means this machine, and is none of the names that do without TLS.
    await expect(open(`smtp://0.0.0.0:${smtp.port}`).send(MAIL)).rejects.toThrow(/STARTTLS|TLS|upgrade/i)
    expect(smtp.received).toEqual([])
    await open(`smtp://0.0.0.0:${smtp.port}?tls=optional`).send(MAIL)
    expect(smtp.received).toHaveLength(1)
  })

  it('does not trust a certificate that nobody vouches for', async () => {
    const smtp = await startSmtp({ secure: true })
    await expect(open(`smtps://127.0.0.1:${smtp.port}`).send(MAIL)).rejects.toThrow(/certificate|altname|self.signed/i)
    expect(smtp.received).toEqual([])
  })

  it.each(['', 'mail.example.com', 'http://mail.example.com', 'smtp://', 'smtp://a:%zz@mail.example.com'])(
    'refuses the address %j without repeating it',
    (url) => {
      expect(() => smtpTransport({ url, from: 'shop@example.com' })).toThrow(SmtpUrlError)
      if (url !== '') expect(() => smtpTransport({ url, from: 'shop@example.com' })).not.toThrow(url)
    },
  )
})
