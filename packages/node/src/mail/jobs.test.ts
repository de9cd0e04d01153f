import { expect, it, onTestFinished } from 'vitest'
import { smtpTransport } from '../providers/smtp/transport.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { diskTransport, readOutbox } from './disk-transport.ts'
import type { MailTransport } from './message.ts'
import { type MailRequest, MailRequestError } from './service.ts'
import { type MailDesk, NOON, openMailDesk, refusal, startSmtp } from './testing/mail-desk.ts'

const SECRET = 'Zq7PlantedSecretToken'
const READER = 'reader@example.com'
const FROM = 'Shop <shop@example.com>'
const RESET: MailRequest<'reset-password'> = {
  to: READER,
  template: 'reset-password',
  data: { link: `https://shop.example/reset?token=${SECRET}`, expiresInMinutes: 60 },
  language: 'en',
}

const BAD_ADDRESSES = [
  'reader@example.com\r\nBcc: all@example.com',
  'reader@example.com, other@example.com',
  'reader@example.com;other@example.com',
  'Reader <reader@example.com>',
  '"reader@evil.example x"@example.com',
  'reader@example.com>',
  '<reader@example.com',
  'reader',
  'reader@',
  '@example.com',
  'rea der@example.com',
  'reader@example.com\u0000',
  '\ud800@example.com',
  `${'x'.repeat(65)}@example.com`,
  'reader@-example.com',
  'a@b@example.com',
]

const BAD_DATA = [
  { link: 'javascript:alert(1)', expiresInMinutes: 60 },
  { link: 'https://shop.example/"><script>', expiresInMinutes: 60 },
  { link: 'https://shop.example/\r\nX: y', expiresInMinutes: 60 },
  { link: 'https://shop.example/', expiresInMinutes: 0 },
  { link: 'https://shop.example/', expiresInMinutes: Number.NaN },
  { link: 'https://shop.example/' },
  { link: 'https://shop.example/', expiresInMinutes: 60, more: 'than it says' },
]

describeOnDatabases('queued mail', (engine) => {
  const smtpTo = (port: number) => {
    const transport = smtpTransport({ url: `smtp://127.0.0.1:${port}`, from: FROM })
    onTestFinished(() => transport.close())
    return transport
  }
  const queue = (desk: MailDesk, mail: MailRequest<'reset-password'> = RESET) =>
    desk.database.tenant(desk.tenant.id).transaction((tx) => desk.queueMail(tx, mail))

  it('is sent in the language of its reader, with the shop’s name', async () => {
    const smtp = await startSmtp()
    const desk = await openMailDesk(engine, smtpTo(smtp.port))
    const job = await queue(desk, { ...RESET, language: 'de-AT' })
    expect(job).toMatchObject({ kind: 'mail.send', queue: 'outbox' })
    expect(await desk.jobs.runDue()).toBe(1)
    const [mail] = smtp.received
    expect(mail).toMatchObject({ from: 'shop@example.com', to: [READER] })
    expect(mail!.email.subject).toBe('Neues Passwort für Café Ünïque wählen')
    expect(mail!.email.text).toContain(RESET.data.link)
    expect(mail!.email.html).toContain('lang="de"')
    expect(await desk.jobState(job.id)).toMatchObject({
      state: 'done',
      result: { template: 'reset-password', sent: true, transport: 'smtp' },
    })
  })

  it('leaves neither secret nor address behind once it is sent', async () => {
    const smtp = await startSmtp()
    const desk = await openMailDesk(engine, smtpTo(smtp.port))
    await queue(desk)
    expect(await desk.stored()).toContain(SECRET)
    await desk.jobs.runDue()
    expect(smtp.received).toHaveLength(1)
    const stored = await desk.stored()
    expect(stored).toContain('mail.send')
    expect(stored).not.toContain(SECRET)
    expect(stored).not.toContain(READER)
    expect(JSON.stringify(desk.log.lines)).not.toMatch(new RegExp(`${SECRET}|${READER}`))
  })

  it('goes with the transaction that queued it', async () => {
    const smtp = await startSmtp()
    const desk = await openMailDesk(engine, smtpTo(smtp.port))
    const failing = desk.database.tenant(desk.tenant.id).transaction(async (tx) => {
      await desk.queueMail(tx, RESET)
      throw new Error('the change failed')
    })
    await expect(failing).rejects.toThrow('the change failed')
    expect(await desk.jobs.runDue()).toBe(0)
    expect(await desk.stored()).toBe('[[],[]]')
    expect(smtp.received).toEqual([])
  })

  it('is tried again while the mail server is down, and arrives when it is back', async () => {
    const smtp = await startSmtp()
    const { port } = smtp
    await smtp.close()
    const desk = await openMailDesk(engine, smtpTo(port))
    const job = await queue(desk)
    await desk.jobs.runDue()
    expect(await desk.jobState(job.id)).toMatchObject({
      state: 'queued',
      attempts: 1,
      error: expect.stringContaining('ECONNREFUSED'),
    })
    desk.time.now += 60_000
    await desk.jobs.runDue()
    expect(await desk.jobState(job.id)).toMatchObject({ state: 'queued', attempts: 2 })
    const back = await startSmtp({}, port)
    desk.time.now += 60_000
    await desk.jobs.runDue()
    expect(await desk.jobState(job.id)).toMatchObject({ state: 'done', attempts: 3 })
    expect(back.received).toHaveLength(1)
  })

  it('is tried again where the server asks for patience', async () => {
    let isBusy = true
    const smtp = await startSmtp({
      onRcptTo: (_address, _session, done) => done(isBusy ? refusal(451, 'Try again later') : null),
    })
    const desk = await openMailDesk(engine, smtpTo(smtp.port))
    const job = await queue(desk)
    await desk.jobs.runDue()
    expect(await desk.jobState(job.id)).toMatchObject({ state: 'queued', attempts: 1 })
    isBusy = false
    desk.time.now += 60_000
    await desk.jobs.runDue()
    expect(await desk.jobState(job.id)).toMatchObject({ state: 'done' })
    expect(smtp.received).toHaveLength(1)
  })

  it('ends among the dead letters when it is refused for good, without naming its reader, and can be retried', async () => {
    let isKnown = false
    const smtp = await startSmtp({
      onRcptTo: ({ address }, _session, done) => done(isKnown ? null : refusal(550, `No such user <${address}> here`)),
    })
    const desk = await openMailDesk(engine, smtpTo(smtp.port))
    const job = await queue(desk)
    await desk.jobs.runDue()
    const dead = await desk.jobState(job.id)
    expect(dead).toMatchObject({ state: 'dead', attempts: 1 })
    expect(dead.error).toContain('No such user <(address)> here')
    const logged = desk.log.lines.map((line) => [line.message, (line.err as Error | undefined)?.stack, line.err])
    expect(JSON.stringify(logged)).not.toContain(READER)
    isKnown = true
    await desk.retry(job.id)
    await desk.jobs.runDue()
    expect(await desk.jobState(job.id)).toMatchObject({ state: 'done' })
    expect(smtp.received).toHaveLength(1)
  })

  it('is not sent after its link has ended, and does not stay', async () => {
    const smtp = await startSmtp()
    const desk = await openMailDesk(engine, smtpTo(smtp.port))
    const job = await queue(desk)
    desk.time.now += 60 * 60_000
    await desk.jobs.runDue()
    expect(await desk.jobState(job.id)).toMatchObject({
      state: 'done',
      result: { template: 'reset-password', sent: false, because: 'what it says had run out before' },
    })
    expect(smtp.received).toEqual([])
    expect(await desk.stored()).not.toContain(SECRET)
  })

  it('keeps its Message-ID when it goes out twice, since a process ended in between', async () => {
    const smtp = await startSmtp()
    const real = smtpTo(smtp.port)
    let isFirst = true
    const dying: MailTransport = {
      name: 'dying',
      async send(message) {
        await real.send(message)
        if (isFirst) {
          isFirst = false
          throw new Error('the process ended here')
        }
      },
    }
    const desk = await openMailDesk(engine, dying)
    await queue(desk)
    await desk.jobs.runDue()
    desk.time.now += 60_000
    await desk.jobs.runDue()
    const ids = smtp.received.map(({ email }) => email.messageId)
    expect(ids).toHaveLength(2)
    expect(ids[0]).toMatch(/^<mail_\w+@example\.com>$/)
    expect(ids[1]).toBe(ids[0])
  })

  it('is taken back when its reader is erased', async () => {
    const smtp = await startSmtp()
    const desk = await openMailDesk(engine, smtpTo(smtp.port))
    await queue(desk)
    await desk.database.tenant(desk.tenant.id).transaction((tx) => desk.forget(tx, READER))
    expect(await desk.stored()).not.toContain(READER)
    await desk.jobs.runDue()
    expect(smtp.received).toEqual([])
  })

  it('is refused to what is not one bare address, and leaves nothing', async () => {
    const desk = await openMailDesk(engine, { name: 'none', async send() {} })
    for (const to of BAD_ADDRESSES) {
      await expect(queue(desk, { ...RESET, to }), to).rejects.toThrow(MailRequestError)
    }
    expect(await desk.stored()).toBe('[[],[]]')
  })

  it('is refused with data that its template does not take, and leaves nothing', async () => {
    const desk = await openMailDesk(engine, { name: 'none', async send() {} })
    for (const data of BAD_DATA) {
      await expect(queue(desk, { ...RESET, data: data as never }), JSON.stringify(data)).rejects.toThrow(
        MailRequestError,
      )
    }
    expect(await desk.stored()).toBe('[[],[]]')
  })

  it('goes into a folder where there is no mail server', async () => {
    const folder = `${await temporaryFolder()}/outbox`
    const desk = await openMailDesk(engine, diskTransport({ folder, clock: () => NOON }))
    await queue(desk)
    await desk.jobs.runDue()
    expect(await readOutbox(folder)).toMatchObject([
      { to: READER, subject: 'Choose a new password for Café Ünïque', at: '2026-03-01T12:00:00.000Z' },
    ])
  })
})
