import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { Job, Mail } from '@tillwright/core/contract'
import { seededRandom } from '@tillwright/core/testing'
import PostalMime from 'postal-mime'
import { expect, it, onTestFinished } from 'vitest'
import { smtpTransport } from '../providers/smtp/transport.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type SignedInPerson, signInAs, TEST_PASSWORD } from '../testing/sign-in-as.ts'
import { json, openSite } from '../testing/test-site.ts'
import { startSmtp } from './testing/mail-desk.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Tests let time go by in steps of this. */
const STEP_MS = 10 * MINUTE_MS
const EMAIL = 'ann@reader.example'

describeOnDatabases('a mail server that is away', (engine) => {
  /** A shop whose mail goes to a port where nobody listens yet. */
  async function openShop() {
    const reserved = await startSmtp()
    const { port } = reserved
    await reserved.close()
    const time = { now: Date.parse('2026-03-01T12:00:00Z') }
    const transport = smtpTransport({ url: `smtp://127.0.0.1:${port}`, from: 'Shop <shop@example.com>' })
    const site = await openSite(engine, { clock: () => time.now, mail: transport, random: seededRandom(5) })
    onTestFinished(async () => {
      await site.close()
      transport.close()
    })
    const shop = await site.newShop()
    const key = { authorization: `Bearer ${shop.publishableKey}` }
    const read = async (who: SignedInPerson, path: string) => (await who.send(path)).json()
    return {
      site,
      shop,
      time,
      port,
      post: (path: string, body: object) => site.send(path, json(body, key)),
      admin: () => signInAs(site, shop, 'admin'),
      mails: async (who: SignedInPerson, query = '') =>
        ((await read(who, `/admin/mails${query}`)) as { items: Mail[] }).items,
      job: (who: SignedInPerson, id: string) => read(who, `/admin/jobs/${id}`) as Promise<Job>,
      async pass(ms: number) {
        for (let passed = 0; passed < ms; passed += STEP_MS) {
          await site.server.jobs.runDue()
          time.now += Math.min(STEP_MS, ms - passed)
        }
        await site.server.jobs.runDue()
      },
    }
  }

  const linkIn = (text: string | undefined) => /#[\w-]+=([\w-]+)/.exec(text ?? '')?.[1]

  it('changes nothing about the answer to a sign-up, and its mail goes out hours later, once', async () => {
    const { post, port, pass, site } = await openShop()
    const during = await post('/auth/register', { email: EMAIL, password: TEST_PASSWORD })
    await pass(5 * HOUR_MS)
    const back = await startSmtp({}, port)
    const after = await post('/auth/register', { email: 'bob@reader.example', password: TEST_PASSWORD })
    expect([during.status, await during.json()]).toEqual([after.status, await after.json()])
    await pass(HOUR_MS)
    const toAnn = back.received.filter(({ to }) => to.includes(EMAIL))
    expect(toAnn).toHaveLength(1)
    expect(
      (await post('/auth/verify-email', { token: linkIn(toAnn[0]!.email.text), password: TEST_PASSWORD })).status,
    ).toBe(200)
    await pass(2 * HOUR_MS)
    expect(back.received).toHaveLength(2)
    expect(site.log.withMessage('job failed for good; it waits among the dead letters')).toEqual([])
  })

  it('is not waited for: who signs up is answered while it takes connections and says nothing', async () => {
    const { post, port, site } = await openShop()
    const held: Socket[] = []
    const silent = createServer((socket) => held.push(socket)).listen(port, '127.0.0.1')
    onTestFinished(() => {
      for (const socket of held) socket.destroy()
      silent.close()
    })
    await once(silent, 'listening')
    const caught = once(silent, 'connection')
    site.server.jobs.start()
    expect((await post('/auth/register', { email: EMAIL, password: TEST_PASSWORD })).status).toBe(202)
    await caught
    expect((await post('/auth/forgot-password', { email: EMAIL })).status).toBe(202)
    expect((await post('/auth/login', { email: EMAIL, password: TEST_PASSWORD })).status).toBe(200)
    for (const socket of held) socket.destroy()
  })

  it('for longer than a link works: the link is not sent, and the job says so', async () => {
    const { post, port, pass, admin, mails, job } = await openShop()
    await post('/auth/register', { email: EMAIL, password: TEST_PASSWORD })
    await post('/auth/forgot-password', { email: EMAIL })
    await pass(2 * HOUR_MS)
    const back = await startSmtp({}, port)
    await pass(HOUR_MS)
    expect(back.received.map(({ email }) => email.subject)).toEqual(['Confirm your e-mail address for Shop'])
    const who = await admin()
    const [reset] = await mails(who, '?template=reset-password')
    expect(reset).toMatchObject({ state: 'expired', to: 'a…@reader.example' })
    expect(await job(who, reset!.jobId!)).toMatchObject({
      state: 'done',
      result: { template: 'reset-password', sent: false, because: 'what it says had run out before' },
    })
  })

  it('for a while: a link that arrives late says how long it still works, and works no longer', async () => {
    const { post, port, pass, time, site } = await openShop()
    await post('/auth/register', { email: EMAIL, password: TEST_PASSWORD })
    await post('/auth/magic-link', { email: EMAIL })
    await site.server.jobs.runDue()
    time.now += 6 * MINUTE_MS
    const back = await startSmtp({}, port)
    await site.server.jobs.runDue()
    const mail = back.received.find(({ email }) => email.subject?.startsWith('Your sign-in link'))!
    expect(mail.email.text).toContain('4 minutes')
    await pass(4 * MINUTE_MS)
    const late = await post('/auth/magic-link/use', { token: linkIn(mail.email.text) })
    expect([late.status, await late.json()]).toMatchObject([410, { code: 'expired_link' }])
  })

  it('for longer than a day: mail that still means something waits for a person, who has it sent', async () => {
    const { port, pass, admin, mails, job } = await openShop()
    const who = await admin()
    const invited = { email: EMAIL, name: 'Ann' }
    expect((await who.send('/admin/users', json(invited))).status).toBe(201)
    await pass(20 * HOUR_MS)
    expect(await mails(await admin())).toMatchObject([
      { state: 'waiting', error: expect.stringContaining('ECONNREFUSED') },
    ])
    await pass(16 * HOUR_MS)
    const later = await admin()
    const [failed] = await mails(later, '?state=failed')
    expect(failed).toMatchObject({ state: 'failed', template: 'invitation', nextTryAt: null })
    const dead = (await (await later.send('/admin/jobs?state=dead')).json()) as { items: Job[] }
    expect(dead.items.map(({ id }) => id)).toEqual([failed!.jobId])

    const back = await startSmtp({}, port)
    expect((await later.send(`/admin/jobs/${failed!.jobId}/retry`, { method: 'POST' })).status).toBe(200)
    await pass(STEP_MS)
    expect(back.received).toHaveLength(1)
    expect(back.received[0]!.email.text).toContain('5 days')
    expect(await mails(later)).toMatchObject([{ state: 'sent' }])
    expect(await job(later, failed!.jobId!)).toMatchObject({ result: { sent: true, transport: 'smtp' } })
  })

  it('is asked by one mail in ten seconds, not by each that waits', async () => {
    const { post, port, time, site } = await openShop()
    let connections = 0
    const refusing = createServer((socket) => {
      connections++
      socket.destroy()
    }).listen(port, '127.0.0.1')
    onTestFinished(() => void refusing.close())
    await once(refusing, 'listening')
    for (let i = 0; i < 12; i++)
      await post('/auth/register', { email: `p${i}@reader.example`, password: TEST_PASSWORD })
    await site.server.jobs.runDue()
    expect(connections).toBe(1)
    time.now += 11_000
    await site.server.jobs.runDue()
    expect(connections).toBe(2)
  })

  it('that dies between taking a mail and saying so gets it again, under the same Message-ID', async () => {
    const { post, port, pass } = await openShop()
    const taken: string[] = []
    const dying = await startSmtp(
      {
        onData(stream) {
          const chunks: Buffer[] = []
          stream.on('data', (chunk: Buffer) => chunks.push(chunk))
          stream.on('end', async () => {
            taken.push((await PostalMime.parse(Buffer.concat(chunks))).messageId!)
            dying.cut()
          })
        },
      },
      port,
    )
    await post('/auth/register', { email: EMAIL, password: TEST_PASSWORD })
    await pass(0)
    expect(new Set(taken).size).toBe(1)
    await dying.close()
    const back = await startSmtp({}, port)
    await pass(HOUR_MS)
    expect(back.received.map(({ email }) => email.messageId)).toEqual([taken[0]])
  })

  it('that refuses for now is asked again, and one that refuses for good is not', async () => {
    const { post, port, pass, admin, mails } = await openShop()
    let asked = 0
    await startSmtp(
      {
        onRcptTo({ address }, _session, done) {
          asked++
          if (address.startsWith('gone')) done(Object.assign(new Error('No such user'), { responseCode: 550 }))
          else if (asked < 5) done(Object.assign(new Error('Greylisted'), { responseCode: 451 }))
          else done()
        },
      },
      port,
    )
    await post('/auth/register', { email: 'gone@reader.example', password: TEST_PASSWORD })
    await post('/auth/register', { email: 'later@reader.example', password: TEST_PASSWORD })
    await pass(HOUR_MS)
    expect(await mails(await admin())).toMatchObject([
      { to: 'l…@reader.example', state: 'sent' },
      { to: 'g…@reader.example', state: 'failed', attempts: 1, error: expect.stringContaining('No such user') },
    ])
  })
})
