import type { Mail } from '@tillwright/core/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type SignedInPerson, signInAs, TEST_PASSWORD } from '../testing/sign-in-as.ts'
import { json, openSite, type Shop, type TestSite } from '../testing/test-site.ts'
import type { MailMessage } from './message.ts'
import { TEMPLATES } from './templates/index.ts'

const ANN = 'ann@reader.example'
/** What mailed tokens look like. */
const TOKEN = /ml_[\w-]{20,}|#[\w-]+=/

type Sample = { readonly subject: string; readonly text: string; readonly html: string }
type Preview = Sample & { readonly language: string; readonly templates: string[]; readonly languages: string[] }

describeOnDatabases('mail as administrators see it', (engine) => {
  let site: TestSite
  let shop: Shop
  let admin: SignedInPerson
  const sent: MailMessage[] = []
  beforeAll(async () => {
    const mail = { name: 'recording', send: async (message: MailMessage) => void sent.push(message) }
    site = await openSite(engine, { mail })
    shop = await site.newShop({ name: 'Kestrel Teahouse' })
    admin = await signInAs(site, shop, 'admin')
  })
  afterAll(() => site?.close())

  const post = (path: string, body: object) =>
    site.send(path, json(body, { authorization: `Bearer ${shop.publishableKey}` }))
  const read = async <T>(path: string, who = admin): Promise<T> => {
    const answer = await who.send(path)
    expect(answer.status, path).toBe(200)
    return (await answer.json()) as T
  }
  const list = async (query = '', who = admin) =>
    (await read<{ items: Mail[]; nextCursor: string | null }>(`/admin/mails${query}`, who)).items
  const work = async () => {
    while ((await site.server.jobs.runDue()) > 0);
  }

  it('is listed newest first, before and after it is sent, with subject and half an address', async () => {
    await post('/auth/register', { email: ANN, password: TEST_PASSWORD })
    const [waiting] = await list()
    expect(waiting).toMatchObject({
      template: 'verify-email',
      language: 'en',
      subject: 'Confirm your e-mail address for Kestrel Teahouse',
      to: 'a…@reader.example',
      state: 'waiting',
      attempts: 0,
      endedAt: null,
      error: null,
    })
    await work()
    await post('/auth/forgot-password', { email: ANN })
    await work()
    const [reset, verify] = await list()
    expect(reset).toMatchObject({ template: 'reset-password', state: 'sent', attempts: 1, nextTryAt: null })
    expect(verify).toMatchObject({ id: waiting!.id, state: 'sent', to: 'a…@reader.example', subject: waiting!.subject })
    expect((await list('?template=verify-email')).map(({ id }) => id)).toEqual([verify!.id])
    expect(await list('?state=failed')).toEqual([])
  })

  it('holds no link and no token, in no answer that an administrator or a key can get, sent or not', async () => {
    for (const path of ['/auth/forgot-password', '/auth/magic-link']) await post(path, { email: ANN })
    // Makes the tokens; their mail waits.
    for (let i = 0; i < 2; i++) await site.server.jobs.runDue()
    await post('/auth/register', { email: 'bob@reader.example', password: TEST_PASSWORD })
    const stored = await shop.db.query
      .selectFrom('mail_messages')
      .where('ended_at', 'is', null)
      .select('data')
      .execute()
    expect(stored.some(({ data }) => TOKEN.test(data))).toBe(true)
    const answers: string[] = []
    const callers = [admin.send, shop.send]
    for (const send of callers) {
      const listed = await (await send('/admin/mails?limit=200')).text()
      answers.push(
        listed,
        await (await send('/admin/jobs?limit=200')).text(),
        await (await send('/admin/audit')).text(),
      )
      for (const { id, jobId } of (JSON.parse(listed) as { items: Mail[] }).items) {
        answers.push(await (await send(`/admin/mails/${id}`)).text())
        if (jobId) answers.push(await (await send(`/admin/jobs/${jobId}`)).text())
      }
    }
    expect(answers.length).toBeGreaterThan(10)
    for (const answer of answers) expect(answer).not.toMatch(TOKEN)
    await work()
    for (const token of sent.flatMap(({ text }) => /#[\w-]+=([\w-]+)/.exec(text)?.[1] ?? [])) {
      for (const answer of answers) expect(answer).not.toContain(token)
    }
  })

  it('keeps neither token nor address once it is sent', async () => {
    await work()
    const rows = JSON.stringify(await shop.db.query.selectFrom('mail_messages').selectAll().execute())
    expect(rows).not.toMatch(TOKEN)
    expect(rows).not.toContain(ANN)
  })

  it('is shown around example data, with what anybody may know of it', async () => {
    await admin.send('/admin/users', json({ email: 'carl@reader.example', language: 'de' }))
    const [invitation] = await list('?template=invitation')
    const { sample } = await read<{ sample: Sample }>(`/admin/mails/${invitation!.id}`)
    expect(sample.subject).toBe('Ihre Einladung zu Kestrel Teahouse')
    expect(sample.text).toContain('7 Tage')
    expect(sample.text).toContain('https://shop.example/')
    expect(sample.html).toContain('lang="de"')
  })

  it('comes page by page, each mail once', async () => {
    const all = (await list('?limit=200')).map(({ id }) => id)
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const path: string = `/admin/mails?limit=2${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
      const page = await read<{ items: Mail[]; nextCursor: string | null }>(path)
      paged.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(paged).toEqual(all)
  })

  it('is for those who may read it, of their own shop', async () => {
    const [mail] = await list()
    for (const role of ['customer', 'operator', 'accountant']) {
      const who = await signInAs(site, shop, role)
      for (const path of ['/admin/mails', `/admin/mails/${mail!.id}`, '/admin/mail-templates/invitation']) {
        expect([role, path, (await who.send(path)).status]).toEqual([role, path, 403])
      }
    }
    const stranger = await signInAs(site, await site.newShop(), 'owner')
    expect(await list('', stranger)).toEqual([])
    expect((await stranger.send(`/admin/mails/${mail!.id}`)).status).toBe(404)
  })

  it.each(Object.keys(TEMPLATES))('can be looked at beforehand: %s', async (template) => {
    for (const language of ['en', 'de', 'fr', 'es']) {
      const seen = await read<Preview>(`/admin/mail-templates/${template}?language=${language}`)
      expect(seen.language).toBe(language)
      expect(seen.subject).toContain('Kestrel Teahouse')
      expect(seen.html).toContain(`lang="${language}"`)
      expect(seen.templates).toEqual(Object.keys(TEMPLATES))
    }
  })

  it('there is no template of is not found, nor one with the name of what every object has', async () => {
    for (const name of ['no-such-mail', 'constructor']) {
      expect((await admin.send(`/admin/mail-templates/${name}`)).status).toBe(404)
    }
  })
})
