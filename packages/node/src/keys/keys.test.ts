import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { ORIGIN, SHOP_ORIGIN, type Shop, useSite } from '../testing/test-site.ts'
import { createKey, KeySettingsError, type NewKey } from './service.ts'
import { listKeys, revokeKey } from './store.ts'

const ports = { clock: Date.now, random: Math.random, secretBytes: (count: number) => randomBytes(count) }

const newKey = ({ db }: Shop, settings: Partial<NewKey> = {}) =>
  createKey(ports, db, { kind: 'publishable', label: '', origins: [SHOP_ORIGIN], ...settings })

describeOnDatabases('API keys', (engine) => {
  const site = useSite(engine)
  const ask = (key: string, headers: Record<string, string> = {}) =>
    site.send('/api/products', { headers: { authorization: `Bearer ${key}`, ...headers } })

  it('say by their start what they are, and are kept as a hash and four characters', async () => {
    const shop = await site.newShop()
    const publishable = await newKey(shop, { label: 'till' })
    const secret = await newKey(shop, { kind: 'secret', origins: [] })
    expect(publishable.key).toMatch(/^pk_[\w-]{32}$/)
    expect(secret.key).toMatch(/^sk_[\w-]{32}$/)
    const rows = await shop.db.query.selectFrom('api_keys').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(secret.key.slice(3))
    const kept = (await listKeys(shop.db)).find(({ id }) => id === publishable.id)
    expect(kept).toMatchObject({ kind: 'publishable', label: 'till', hint: publishable.key.slice(-4), revokedAt: null })
  })

  it.each([
    'shop.example',
    'https://shop.example/path',
    'https://*.shop.example',
    'https://shop.example?x',
    'ftp://shop.example',
    'null',
    '*',
    '',
    'https://user@shop.example',
  ])('are not made for "%s", which is no origin', async (origin) => {
    await expect(newKey(await site.newShop(), { origins: [origin] })).rejects.toThrow(KeySettingsError)
  })

  it('that are secret have no origins', async () => {
    await expect(newKey(await site.newShop(), { kind: 'secret' })).rejects.toThrow(KeySettingsError)
  })

  it('that are revoked are as good as unknown', async () => {
    const shop = await site.newShop()
    const { id, key } = await newKey(shop)
    expect(await shop.db.transaction((tx) => revokeKey(tx, id, 1))).toBe(true)
    const answer = await ask(key)
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'invalid_key' }])
    expect(await shop.db.transaction((tx) => revokeKey(tx, id, 2))).toBe(false)
  })

  it('that are in use stop working soon after they were revoked', async () => {
    const shop = await site.newShop()
    const { id, key } = await newKey(shop)
    expect((await ask(key)).status).toBe(200)
    await shop.db.transaction((tx) => revokeKey(tx, id, 1))
    await expect.poll(async () => (await ask(key)).status, { timeout: 5_000 }).toBe(401)
  })

  it('of one shop cannot be revoked by another', async () => {
    const [shop, other] = [await site.newShop(), await site.newShop()]
    const { id, key } = await newKey(shop)
    expect(await other.db.transaction((tx) => revokeKey(tx, id, 1))).toBe(false)
    expect((await ask(key)).status).toBe(200)
  })

  it('are read whatever the case of "Bearer", and a secret one never from an address', async () => {
    const { secretKey, publishableKey } = await site.newShop()
    expect((await site.send('/api/products', { headers: { authorization: `bearer ${secretKey}` } })).status).toBe(200)
    expect((await site.send(`/api/products?key=${publishableKey}`)).status).toBe(200)
    const refused = await site.send(`/api/products?key=${secretKey}`)
    expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'secret_key_in_url' }])
  })

  describe('that are publishable', () => {
    it('let the pages of their origins read the answer, and refusals as well', async () => {
      const { publishableKey } = await site.newShop()
      const good = await ask(publishableKey, { origin: SHOP_ORIGIN })
      expect([good.status, good.headers.get('access-control-allow-origin')]).toEqual([200, SHOP_ORIGIN])
      // A sign-in goes by the key and sets cookies; the origin is never a wildcard.
      expect(good.headers.get('access-control-allow-credentials')).toBe('true')
      expect(good.headers.get('vary')).toContain('origin')
      const init = { headers: { authorization: `Bearer ${publishableKey}`, origin: SHOP_ORIGIN } }
      const refusal = await site.send('/api/products/none', init)
      expect([refusal.status, refusal.headers.get('access-control-allow-origin')]).toEqual([404, SHOP_ORIGIN])
    })

    it.each(['https://evil.example', 'https://shop.example.evil.example', 'http://shop.example', 'null'])(
      'refuse the pages of %s, which cannot even read why',
      async (origin) => {
        const { publishableKey } = await site.newShop()
        const answer = await ask(publishableKey, { origin })
        expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'origin_not_allowed' }])
        expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      },
    )

    it('work from the server’s own pages, and where no browser says whence', async () => {
      const { publishableKey } = await site.newShop()
      expect((await ask(publishableKey, { origin: ORIGIN })).status).toBe(200)
      expect((await ask(publishableKey)).status).toBe(200)
    })
  })

  describe('that are missing or wrong', () => {
    it('let the pages of known origins read that they are refused, and nobody else’s', async () => {
      await site.newShop()
      const refused = (origin: string, headers: Record<string, string> = {}) =>
        site.send('/api/products', { headers: { origin, ...headers } })
      const readable = (answer: Response) => answer.headers.get('access-control-allow-origin')
      // Whose origins there are is looked up once a second.
      await expect.poll(async () => readable(await refused(SHOP_ORIGIN)), { timeout: 5_000 }).toBe(SHOP_ORIGIN)
      const answer = await refused(SHOP_ORIGIN, { authorization: 'Bearer pk_wrong' })
      expect([answer.status, readable(answer), answer.headers.get('vary')]).toEqual([
        401,
        SHOP_ORIGIN,
        expect.stringContaining('origin'),
      ])
      expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
      expect(answer.headers.get('access-control-expose-headers')).toContain('retry-after')
      expect(readable(await refused('https://evil.example'))).toBeNull()
      expect(readable(await site.send('/api/products'))).toBeNull()
    })
  })

  describe('and preflights', () => {
    const preflight = (origin: string, search = '') =>
      site.send(`/api/events${search}`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      })

    it('allow an origin of the key in the address, and of no other key', async () => {
      const shop = await site.newShop()
      const { key } = await newKey(shop, { origins: ['https://one.example'] })
      const own = await preflight('https://one.example', `?key=${key}`)
      expect(own.status).toBe(204)
      expect(own.headers.get('access-control-allow-origin')).toBe('https://one.example')
      expect(own.headers.get('access-control-allow-headers')).toContain('idempotency-key')
      const foreign = await preflight(SHOP_ORIGIN, `?key=${key}`)
      expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([204, null])
    })

    it('without a key allow the origins of any, and nobody else’s', async () => {
      await site.newShop()
      const known = async () => (await preflight(SHOP_ORIGIN)).headers.get('access-control-allow-origin')
      await expect.poll(known, { timeout: 5_000 }).toBe(SHOP_ORIGIN)
      expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
      expect(
        (await preflight('https://evil.example', '?key=pk_none')).headers.get('access-control-allow-origin'),
      ).toBeNull()
    })
  })
})
