import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '../db/open.ts'
import { describeOnPostgres } from '../testing/describe-on-databases.ts'
import { asAdministrator } from '../testing/postgres.ts'
import { signInAs, TEST_PASSWORD } from '../testing/sign-in-as.ts'
import { openSite, type Shop } from '../testing/test-site.ts'

const WRONG = 'nine kites above the mill'
/** Failures after which an account is locked. */
const MAX_FAILURES = 5

/** What people do, and the table that each needs to write. */
const TABLES = { register: 'users', login: 'sign_in_attempts', refresh: 'refresh_tokens' } as const

interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  readonly body: Readonly<Record<string, unknown>>
}

/** A shop with limits as they come, and somebody who is signed in. */
async function openShop(engine: 'sqlite' | 'postgres') {
  const site = await openSite(engine, { limits: undefined })
  const shop = await site.newShop()
  const person = await signInAs(site, shop, 'customer')
  let calls = 0
  async function post(path: string, body: object): Promise<Answer> {
    calls++
    const request = new Request(`http://tillwright.test${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${shop.publishableKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    // Another address each time: limits by address are not what is looked at.
    const response = await site.server.fetch(request, { remoteAddress: `192.0.2.${calls}` })
    const text = await response.text()
    const { status, headers } = response
    return { status, retryAfter: headers.get('retry-after'), body: text === '' ? {} : JSON.parse(text) }
  }
  const login = (email: string, password = TEST_PASSWORD) => post('/auth/login', { email, password })
  return {
    site,
    shop,
    person,
    post,
    login,
    register: (email: string) => post('/auth/register', { email, password: TEST_PASSWORD }),
    refresh: (refreshToken: string) => post('/auth/refresh', { refreshToken }),
    peopleNamed: (email: string) => shop.db.query.selectFrom('users').where('email', '=', email).select('id').execute(),
  }
}

type OpenShop = Awaited<ReturnType<typeof openShop>>

/** What holds of people while their database is out of reach, whatever keeps it away. */
function itFailsClosed(
  open: () => OpenShop,
  whileAway: (table: string, work: () => Promise<Answer>) => Promise<Answer>,
) {
  const expectUnavailable = ({ status, retryAfter, body }: Answer) => {
    expect([status, body.code]).toEqual([503, 'unavailable'])
    expect(Number(retryAfter)).toBeGreaterThan(0)
  }

  it('makes no half of an account, and a whole one afterwards', async () => {
    const { register, login, peopleNamed, shop, site } = open()
    const email = 'ann@person.example'
    expectUnavailable(await whileAway(TABLES.register, () => register(email)))
    expect(await peopleNamed(email)).toEqual([])
    for (const table of ['one_time_tokens', 'mail_messages', 'password_history'] as const) {
      expect(await rowsOf(shop, table), table).toBe(0)
    }
    expect(await site.server.jobs.runDue()).toBe(0)
    expect((await register(email)).status).toBe(202)
    expect((await login(email)).status).toBe(200)
  })

  it('lets nobody in, right or wrong, and forgets no failure', async () => {
    const { login, person } = open()
    for (let i = 0; i < MAX_FAILURES - 1; i++) expect((await login(person.email, WRONG)).status).toBe(401)
    expectUnavailable(await whileAway(TABLES.login, () => login(person.email)))
    expectUnavailable(await whileAway(TABLES.login, () => login(person.email, WRONG)))
    expect((await login(person.email, WRONG)).status).toBe(401)
    // The fifth failure: the right password does not open it any more.
    expect((await login(person.email)).status).toBe(401)
  })

  it('signs nobody out: the token that could not be used is good afterwards', async () => {
    const { refresh, person, shop } = open()
    expectUnavailable(await whileAway(TABLES.refresh, () => refresh(person.refreshToken)))
    const { status, body } = await refresh(person.refreshToken)
    expect(status).toBe(200)
    const bearer = { headers: { authorization: `Bearer ${body.accessToken}` } }
    expect((await open().site.send('/auth/validate', bearer)).status).toBe(200)
    const live = await shop.db.query
      .selectFrom('refresh_tokens')
      .where('session_id', '=', person.sessionId)
      .where('used_at', 'is', null)
      .select('digest')
      .execute()
    expect(live).toHaveLength(1)
  })
}

async function rowsOf({ db }: Shop, table: 'one_time_tokens' | 'mail_messages' | 'password_history'): Promise<number> {
  return (await db.query.selectFrom(table).select('tenant_id').execute()).length
}

describe('a SQLite file that another process keeps for more than 5 seconds', () => {
  let opened: OpenShop
  let other: DatabaseSync
  beforeEach(async () => {
    opened = await openShop('sqlite')
    await opened.shop.db.query.deleteFrom('password_history').execute()
    other = new DatabaseSync(opened.site.url)
  })
  afterEach(async () => {
    vi.useRealTimers()
    other?.close()
    await opened?.site.close()
  })

  itFailsClosed(
    () => opened,
    async (_table, work) => {
      other.exec('begin immediate')
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      let answer: Answer | undefined
      const working = work().then((given) => {
        answer = given
      })
      while (!answer) await vi.advanceTimersByTimeAsync(10)
      await working
      vi.useRealTimers()
      other.exec('commit')
      return answer
    },
  )
})

describeOnPostgres('a PostgreSQL connection that is cut in the middle of a transaction', () => {
  let opened: OpenShop
  beforeEach(async () => {
    opened = await openShop('postgres')
    await opened.shop.db.query.deleteFrom('password_history').execute()
  })
  afterEach(() => opened?.site.close())

  itFailsClosed(
    () => opened,
    async (table, work) => {
      const { site } = opened
      const name = new URL(site.url).pathname.slice(1)
      const holder = openDatabase(site.url)
      const release = Promise.withResolvers<void>()
      const held = Promise.withResolvers<void>()
      // Whoever would write the table waits within its transaction, where its connection is cut.
      const holding = holder.system.transaction().execute(async (tx) => {
        await sql`lock table ${sql.table(table)} in exclusive mode`.execute(tx)
        held.resolve()
        await release.promise
      })
      await held.promise
      let answer: Answer | undefined
      let cuts = 0
      const working = work().then((given) => {
        answer = given
      })
      while (!answer) {
        const cut = await asAdministrator(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and wait_event_type = 'Lock'`,
        )
        cuts += cut.rowCount ?? 0
        await delay(20)
      }
      await working
      release.resolve()
      await holding
      await holder.close()
      expect(cuts).toBeGreaterThan(0)
      return answer
    },
  )
})
