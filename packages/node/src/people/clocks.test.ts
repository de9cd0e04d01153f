import { expect, it, onTestFinished } from 'vitest'
import { createServer } from '../server.ts'
import { describeOnDatabases, describeOnPostgres } from '../testing/describe-on-databases.ts'
import { type Serving, startServing } from '../testing/serving.ts'
import { addPerson, signInAs, TEST_PASSWORD } from '../testing/sign-in-as.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { openSite } from '../testing/test-site.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
/** Clocks of two servers may differ by this much. */
const SKEW_MS = 5 * SECOND_MS
const ACCESS_MS = 15 * MINUTE_MS

describeOnDatabases('two processes whose clocks differ', (engine) => {
  /** Two servers over one database; `differBy` is how much the first one's clock is ahead. */
  async function openPair(differBy: number) {
    const time = { now: Date.parse('2026-03-01T12:00:00Z') }
    const site = await openSite(engine, { clock: () => time.now + differBy })
    const shop = await site.newShop()
    const { url: database, dataDir } = site
    const second = createServer({ database, dataDir, widgets: dataDir, limits: 'off', clock: () => time.now })
    await second.migrate()
    onTestFinished(async () => {
      await second.close()
      await site.close()
    })
    const statusAtSecond = async (accessToken: string) => {
      const headers = { authorization: `Bearer ${accessToken}` }
      return (await second.fetch(new Request('http://tillwright.test/auth/validate', { headers }))).status
    }
    return { time, site, shop, statusAtSecond }
  }

  it('by 5 seconds take each other’s tokens', async () => {
    for (const differBy of [SKEW_MS, -SKEW_MS]) {
      const { site, shop, statusAtSecond } = await openPair(differBy)
      const { accessToken } = await signInAs(site, shop, 'customer')
      expect([differBy, await statusAtSecond(accessToken)]).toEqual([differBy, 200])
    }
  })

  it('by more refuse a token from the future until it is none', async () => {
    const { time, site, shop, statusAtSecond } = await openPair(5 * MINUTE_MS)
    const { accessToken } = await signInAs(site, shop, 'customer')
    expect(await statusAtSecond(accessToken)).toBe(401)
    time.now += 5 * MINUTE_MS - SKEW_MS - SECOND_MS
    expect(await statusAtSecond(accessToken)).toBe(401)
    time.now += SECOND_MS
    expect(await statusAtSecond(accessToken)).toBe(200)
  })

  it('never take a token beyond the instant that it names, not even for the seconds that clocks may differ', async () => {
    const { time, site, shop, statusAtSecond } = await openPair(-5 * MINUTE_MS)
    const { accessToken } = await signInAs(site, shop, 'customer')
    expect(await statusAtSecond(accessToken)).toBe(200)
    time.now += ACCESS_MS - 5 * MINUTE_MS - SECOND_MS
    expect(await statusAtSecond(accessToken)).toBe(200)
    time.now += SECOND_MS
    expect(await statusAtSecond(accessToken)).toBe(401)
  })
})

describeOnPostgres('processes on machines whose clocks are five minutes off', () => {
  it('go by the time of their database: they take each other’s tokens, and nothing lives longer than it says', {
    timeout: 240_000,
  }, async () => {
    const site = await openSite('postgres')
    onTestFinished(() => site.close())
    const shop = await site.newShop()
    const folder = await temporaryFolder()
    const serve = (offMs: number) =>
      startServing({
        url: site.url,
        folder,
        env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(shiftedDate(offMs))}` },
      })
    const fast = await serve(5 * MINUTE_MS)
    const slow = await serve(-5 * MINUTE_MS)
    const headers = { authorization: `Bearer ${shop.publishableKey}`, 'content-type': 'application/json' }

    async function signIn(server: Serving) {
      const { email } = await addPerson(shop, 'customer')
      const body = JSON.stringify({ email, password: TEST_PASSWORD })
      const startedAt = Date.now()
      const { status, text } = await server.call({ method: 'POST', path: '/auth/v1/login', headers, body })
      expect(status, text).toBe(200)
      const { accessToken, accessExpiresAt } = JSON.parse(text) as { accessToken: string; accessExpiresAt: string }
      const issuedAt = Date.parse(accessExpiresAt) - ACCESS_MS
      expect(issuedAt).toBeGreaterThan(startedAt - SKEW_MS)
      expect(issuedAt).toBeLessThan(Date.now() + SKEW_MS)
      return accessToken
    }
    for (const [issuer, checker] of [
      [fast, slow],
      [slow, fast],
    ] as const) {
      const bearer = { authorization: `Bearer ${await signIn(issuer)}` }
      expect((await checker.call({ path: '/auth/v1/validate', headers: bearer })).status).toBe(200)
    }
    await fast.end()
    await slow.end()
  })
})

/** A program that puts the clock of its process wrong, as that of a machine can be. */
function shiftedDate(offMs: number): string {
  return `const now = Date.now; Date.now = () => now() + ${offMs}`
}
