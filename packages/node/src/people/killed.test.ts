import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom } from '@tillwright/core/testing'
import { expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type Serving, startServing } from '../testing/serving.ts'
import { signInAs } from '../testing/sign-in-as.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { makeDatabase } from '../testing/test-database.ts'
import { openSite } from '../testing/test-site.ts'

const SEED = 20_261_121
const CLIENTS = 6
/** How servers die: within a renewal, between its commit and its answer, or whenever. */
const DEATHS = ['people', 'commit', 'outside', 'commit', 'people', 'outside', 'commit', 'outside'] as const
const LAST_STATEMENT = { people: 160, commit: 25 }
/** Milliseconds after its start in which a server is killed from outside. */
const LAST_MOMENT_MS = 60
/** All of them together take less than the 30 s in which a lost answer can be asked for again: an app may miss several in a row. */
const RESTART_MS = 3_000

/** An app of somebody who is signed in: it keeps the last token that it was given, and nothing else. */
interface App {
  readonly sessionId: string
  token: string
  accessToken: string
  renewals: number
}

describeOnDatabases('sessions and a process that is killed', (engine) => {
  it('renew again after each restart: nobody is signed out, and no chain forks', { timeout: 400_000 }, async () => {
    const random = seededRandom(SEED)
    const place = await makeDatabase(engine)
    const folder = await temporaryFolder()
    let now = Date.now()
    const site = await openSite(engine, { database: place.url, dataDir: folder, clock: () => now })
    const shop = await site.newShop()
    const apps: App[] = []
    for (let i = 0; i < CLIENTS; i++) {
      const { sessionId, refreshToken: token, accessToken } = await signInAs(site, shop, 'customer')
      apps.push({ sessionId, token, accessToken, renewals: 0 })
    }
    const headers = { authorization: `Bearer ${shop.publishableKey}`, 'content-type': 'application/json' }

    /** One renewal; of two tabs at once now and then. Rejects where the server is gone. */
    async function renew(server: Serving, app: App): Promise<void> {
      const body = JSON.stringify({ refreshToken: app.token })
      const tabs = random() < 0.3 ? 2 : 1
      const calls = Array.from({ length: tabs }, () =>
        server.call({ method: 'POST', path: '/auth/v1/refresh', headers, body }),
      )
      const answered = (await Promise.allSettled(calls)).flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
      for (const { status, text } of answered) expect(status, text).toBe(200)
      const given = answered.map(({ text }) => JSON.parse(text) as { refreshToken: string; accessToken: string })
      expect(new Set(given.map(({ refreshToken }) => refreshToken)).size).toBeLessThanOrEqual(1)
      if (given[0]) {
        app.token = given[0].refreshToken
        app.accessToken = given[0].accessToken
        app.renewals++
      }
      if (answered.length < tabs) throw new GoneError()
    }

    let lostAnswers = 0
    for (const death of DEATHS) {
      now += RESTART_MS
      const options = { url: place.url, folder, now }
      const server = await startServing(
        death === 'outside'
          ? options
          : { ...options, dieAt: { of: death, count: Math.ceil(random() * LAST_STATEMENT[death]) } },
      )
      const working = apps.map(async (app) => {
        try {
          for (;;) await renew(server, app)
        } catch (error) {
          if (!(error instanceof GoneError)) throw error
        }
      })
      if (death === 'outside') {
        await delay(random() * LAST_MOMENT_MS)
        await server.kill()
      }
      await Promise.all(working)
      expect(await server.process.ended).toBe('SIGKILL')
      const db = site.server.database.tenant(shop.tenant.id)
      const used = await db.query
        .selectFrom('refresh_tokens')
        .where('used_at', 'is not', null)
        .select('digest')
        .execute()
      lostAnswers += used.length - apps.reduce((sum, { renewals }) => sum + renewals, 0)
    }
    // Or the test would say nothing.
    expect(lostAnswers).toBeGreaterThan(0)

    const server = await startServing({ url: place.url, folder, now: now + RESTART_MS })
    for (const app of apps) {
      await renew(server, app)
      const bearer = { authorization: `Bearer ${app.accessToken}` }
      expect((await server.call({ path: '/auth/v1/validate', headers: bearer })).status).toBe(200)
    }
    await server.end()

    const { query } = site.server.database.tenant(shop.tenant.id)
    for (const { sessionId } of apps) {
      const tokens = await query.selectFrom('refresh_tokens').where('session_id', '=', sessionId).selectAll().execute()
      expect(tokens.filter(({ used_at: usedAt }) => usedAt === null)).toHaveLength(1)
      const session = await query.selectFrom('sessions').where('id', '=', sessionId).selectAll().executeTakeFirst()
      expect(session).toMatchObject({ ended_at: null })
    }
    const reuse = await query
      .selectFrom('audit_log')
      .where('kind', '=', 'session.token_reused')
      .select('kind')
      .execute()
    expect(reuse).toEqual([])
    await site.close()
  })
})

/** The server did not answer. */
class GoneError extends Error {}
