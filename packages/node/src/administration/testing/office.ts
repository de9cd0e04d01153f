import type { AdminUser, Job, Problem } from '@tillwright/core/contract'
import { afterAll, beforeAll } from 'vitest'
import type { Engine } from '../../db/dialect.ts'
import type { MailMessage } from '../../mail/index.ts'
import { type SignedInPerson, signInAs } from '../../testing/sign-in-as.ts'
import { openSite, type Shop, type TestSite } from '../../testing/test-site.ts'

export interface OfficeAnswer {
  readonly status: number
  readonly text: string
  /** Fields that tests look at; which of them are there depends on the route. */
  readonly body: Partial<AdminUser> &
    Partial<Problem> & {
      readonly items?: readonly Readonly<Record<string, unknown>>[]
      readonly nextCursor?: string | null
      readonly accessToken?: string
      readonly token?: string
      readonly key?: { readonly id: string; readonly scopes: readonly string[] | null }
    }
}

/** A shop with people who run it, a clock that tests turn, and the mail that went out. */
export interface Office {
  readonly site: TestSite
  readonly shop: Shop
  readonly now: number
  advance(ms: number): void
  newShop(): Promise<Shop>
  staff(role: string, shop?: Shop): Promise<SignedInPerson>
  call(who: Pick<SignedInPerson, 'send'>, method: string, path: string, body?: unknown): Promise<OfficeAnswer>
  upload(who: Pick<SignedInPerson, 'send'>, path: string, csv: string | Uint8Array): Promise<OfficeAnswer>
  /** Works off what is queued and returns a job as it is then. */
  settled(who: Pick<SignedInPerson, 'send'>, answer: OfficeAnswer): Promise<Job>
  mailsTo(email: string): Promise<MailMessage[]>
  validate(accessToken: string): Promise<number>
  auditKinds(subjectId: string): Promise<string[]>
}

export function useOffice(engine: Engine): Office {
  let site: TestSite
  let shop: Shop
  let now = Date.now()
  const mails: MailMessage[] = []
  beforeAll(async () => {
    site = await openSite(engine, {
      clock: () => now,
      mail: {
        name: 'recording',
        async send(message) {
          mails.push(message)
        },
      },
    })
    shop = await site.newShop()
  })
  afterAll(() => site?.close())

  async function answerOf(response: Response): Promise<OfficeAnswer> {
    const text = await response.text()
    if (response.status === 500) {
      throw new Error('A request failed on the server', { cause: site.log.withMessage('a request failed').at(-1)?.err })
    }
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, text, body: isJson ? JSON.parse(text) : {} }
  }

  async function runJobs(): Promise<void> {
    while ((await site.server.jobs.runDue()) > 0);
  }

  return {
    get site() {
      return site
    },
    get shop() {
      return shop
    },
    get now() {
      return now
    },
    advance(ms) {
      now += ms
    },
    newShop: () => site.newShop(),
    staff: (role, of = shop) => signInAs(site, of, role),
    async call(who, method, path, body) {
      const init = body === undefined ? {} : { body: JSON.stringify(body), headers: JSON_BODY }
      return answerOf(await who.send(path, { method, ...init }))
    },
    async upload(who, path, csv) {
      const init = { method: 'POST', body: csv as BodyInit, headers: { 'content-type': 'text/csv' } }
      return answerOf(await who.send(path, init))
    },
    async settled(who, { status, text, body }) {
      if (status !== 202) throw new Error(`There is no job to wait for: ${status} ${text}`)
      await runJobs()
      return (await answerOf(await who.send(`/admin/jobs/${body.id}`))).body as unknown as Job
    },
    async mailsTo(email) {
      await runJobs()
      return mails.filter(({ to }) => to === email)
    },
    async validate(accessToken) {
      return (await site.send('/auth/validate', { headers: { authorization: `Bearer ${accessToken}` } })).status
    },
    async auditKinds(subjectId) {
      const rows = await shop.db.query
        .selectFrom('audit_log')
        .where('subject_id', '=', subjectId)
        .orderBy('number')
        .select('kind')
        .execute()
      return rows.map(({ kind }) => kind)
    },
  }
}

const JSON_BODY = { 'content-type': 'application/json' }
