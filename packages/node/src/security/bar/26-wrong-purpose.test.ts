import { expect, it } from 'vitest'
import { purposeTokens } from '../access-tokens.ts'
import { describeStatement, OTHER_PASSWORD, PUBLIC_URL } from './bar-site.ts'
import { signed, signingJwk } from './forge.ts'

describeStatement('26 a token works for its own purpose and its own tenant only', (bar) => {
  it('takes each for its own', async () => {
    const person = await bar.newPerson()
    expect(await bar.validate(person.accessToken)).toBe(200)
    expect((await bar.post('/auth/refresh', { refreshToken: person.refreshToken })).status).toBe(200)
  })

  it('takes no refresh token, mailed token or one that awaits a code as an access token', async () => {
    const person = await bar.newPerson()
    await bar.withTwoFactor(person)
    const { pendingToken } = (await bar.login(person)).body
    await bar.post('/auth/forgot-password', { email: person.email })
    const reset = await bar.linkTo(person.email, 'reset-password')
    for (const token of [person.refreshToken, person.deviceToken, pendingToken!, reset]) {
      expect(await bar.validate(token)).toBe(401)
    }
  })

  it('takes no JWT of another purpose, though it is signed by our key', async () => {
    const person = await bar.newPerson()
    for (const typ of ['JWT', 'id+jwt', 'second-factor+jwt', 'reset-password+jwt', 'at+jwt ', 'application/at+jwt']) {
      expect(await bar.validate(await signed(bar, person, { header: { typ } })), typ).toBe(401)
    }
    const { kid, privateJwk, publicJwk } = await signingJwk(bar)
    const keys = [{ kid, privateJwk, publicJwk, createdAt: 0, retiredAt: null }]
    const purposes = purposeTokens({ keys: () => keys, issuer: PUBLIC_URL, audience: PUBLIC_URL, clock: () => bar.now })
    const claims = { sub: person.id, sid: person.sessionId, tenant: bar.shop.tenant.publicId, role: 'customer' }
    expect(await bar.validate(await purposes.issue('second-factor', claims, 300))).toBe(401)
  })

  it('takes no access token as a refresh token, nor one that awaits a code', async () => {
    const person = await bar.newPerson()
    await bar.withTwoFactor(person)
    const { pendingToken } = (await bar.login(person)).body
    for (const refreshToken of [pendingToken, person.deviceToken]) {
      expect((await bar.post('/auth/refresh', { refreshToken })).status).toBe(401)
    }
    expect((await bar.post('/auth/refresh', { refreshToken: person.accessToken })).status).toBeGreaterThanOrEqual(400)
  })

  it('takes no mailed token for another purpose than its own', async () => {
    const person = await bar.newPerson()
    await bar.post('/auth/magic-link', { email: person.email })
    await bar.post('/auth/forgot-password', { email: person.email })
    const magic = await bar.linkTo(person.email, 'magic-link')
    const reset = await bar.linkTo(person.email, 'reset-password')
    expect((await bar.post('/auth/magic-link/use', { token: reset })).status).toBe(410)
    expect((await bar.post('/auth/verify-email', { token: reset })).status).toBe(410)
    expect((await bar.post('/auth/reset-password', { token: magic, password: OTHER_PASSWORD })).status).toBe(410)
    expect((await bar.post('/auth/two-factor', { pendingToken: magic, code: '123456' })).status).toBe(401)
    expect((await bar.post('/auth/magic-link/use', { token: magic })).status).toBe(200)
  })

  it('takes nothing of one tenant at another', async () => {
    const person = await bar.newPerson()
    const other = await bar.site.newShop()
    const bearer = other.publishableKey
    await bar.post('/auth/magic-link', { email: person.email })
    const token = await bar.linkTo(person.email, 'magic-link')
    expect((await bar.post('/auth/refresh', { refreshToken: person.refreshToken }, { bearer })).status).toBe(401)
    expect((await bar.post('/auth/magic-link/use', { token }, { bearer })).status).toBe(410)
    expect((await bar.login(person, {}, { bearer })).status).toBe(401)
    expect(await bar.validate(await signed(bar, person, { claims: { tenant: other.tenant.publicId } }))).toBe(401)
  })

  it('takes one address in two tenants for two people', async () => {
    const person = await bar.newPerson()
    const other = await bar.site.newShop()
    const call = { bearer: other.publishableKey }
    await bar.post('/auth/register', { email: person.email, password: OTHER_PASSWORD }, call)
    expect((await bar.login({ ...person, password: OTHER_PASSWORD }, {}, call)).body.user!.id).not.toBe(person.id)
    expect((await bar.login({ ...person, password: OTHER_PASSWORD })).status).toBe(401)
  })
})
