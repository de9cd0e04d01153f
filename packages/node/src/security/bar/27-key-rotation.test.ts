import { expect, it } from 'vitest'
import { accessTokens } from '../access-tokens.ts'
import { describeStatement, PUBLIC_URL } from './bar-site.ts'
import { signingJwk } from './forge.ts'

const RELOAD_MS = 31_000

describeStatement('27 keys rotate without signing anybody out, and a removed key is dead', (bar) => {
  const kidOf = (token: string) =>
    (JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: string }).kid
  const published = async () => (await bar.get('/.well-known/jwks.json', { bearer: null })).body.keys!

  it('signs with the new key after a rotation', async () => {
    const person = await bar.newPerson()
    const kid = await bar.site.server.tools.rotateSigningKey()
    const after = (await bar.login(person)).body.accessToken!
    expect(kidOf(after)).toBe(kid)
    expect(kidOf(after)).not.toBe(kidOf(person.accessToken))
    expect(await bar.validate(after)).toBe(200)
  })

  it('still takes what the old key signed, until it runs out', async () => {
    const person = await bar.newPerson()
    await bar.site.server.tools.rotateSigningKey()
    await bar.advance(RELOAD_MS)
    expect(await bar.validate(person.accessToken)).toBe(200)
    await bar.advance(15 * 60_000)
    expect(await bar.validate(person.accessToken)).toBe(401)
  })

  it('refuses what a key signed that has been removed', async () => {
    const person = await bar.newPerson()
    const kid = kidOf(person.accessToken)
    await bar.site.server.tools.rotateSigningKey()
    expect(await bar.validate(person.accessToken)).toBe(200)
    await bar.site.server.database.system.deleteFrom('signing_keys').where('kid', '=', kid).execute()
    await bar.advance(RELOAD_MS)
    expect(await bar.validate(person.accessToken)).toBe(401)
    expect((await published()).map((key) => key.kid)).not.toContain(kid)
  })

  it('takes what another process signed with a key that it has just made', async () => {
    const person = await bar.newPerson()
    const other = bar.otherServer()
    await other.migrate()
    await other.tools.rotateSigningKey()
    await bar.advance(1_500)
    const request = new Request('http://tillwright.test/auth/login', {
      method: 'POST',
      headers: { authorization: `Bearer ${bar.shop.publishableKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email: person.email, password: person.password }),
    })
    const { accessToken } = (await (await other.fetch(request)).json()) as { accessToken: string }
    expect(await bar.validate(accessToken)).toBe(200)
  })

  it('drops keys at a rotation that retired so long ago that none of their tokens lives', async () => {
    const person = await bar.newPerson()
    const kid = kidOf(person.accessToken)
    await bar.site.server.tools.rotateSigningKey()
    await bar.advance(2 * 3_600_000)
    await bar.site.server.tools.rotateSigningKey()
    expect((await published()).map((key) => key.kid)).not.toContain(kid)
  })

  it('publishes public members only', async () => {
    await bar.newPerson()
    const keys = await published()
    expect(keys.length).toBeGreaterThan(0)
    for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  })

  it('leaves private members out before the contract does', async () => {
    await bar.newPerson()
    const { kid, privateJwk } = await signingJwk(bar)
    const key = { kid, privateJwk, publicJwk: privateJwk, createdAt: 0, retiredAt: null }
    const options = { keys: () => [key], issuer: PUBLIC_URL, audience: PUBLIC_URL, clock: () => bar.now }
    expect(privateJwk.d).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(accessTokens(options).jwks())).not.toContain(privateJwk.d)
  })

  it('keeps private keys sealed', async () => {
    await bar.newPerson()
    const rows = await bar.site.server.database.system.selectFrom('signing_keys').selectAll().execute()
    for (const { sealed, public: publicJwk } of rows) {
      expect(sealed).toMatch(/^v1\.[0-9a-f]{16}\./)
      expect(JSON.parse(publicJwk)).not.toHaveProperty('d')
      const { d } = JSON.parse(Buffer.from(bar.box.open(sealed, 'signing-key')).toString()) as { d: string }
      expect(JSON.stringify(rows)).not.toContain(d)
    }
  })
})
