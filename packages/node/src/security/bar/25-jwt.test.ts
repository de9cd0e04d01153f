import { generateKeyPairSync } from 'node:crypto'
import { exportJWK, generateKeyPair, importJWK, type JWTHeaderParameters, SignJWT } from 'jose'
import { expect, it } from 'vitest'
import { describeStatement } from './bar-site.ts'
import { goodClaims, signed, signingJwk, unsafeToken } from './forge.ts'

describeStatement('25 access tokens are ES256 under a key of ours, and every claim of theirs counts', (bar) => {
  it('takes one that is right in every respect', async () => {
    const person = await bar.newPerson()
    expect(await bar.validate(await signed(bar, person))).toBe(200)
  })

  it.each(['none', 'None', 'NONE', ''])('refuses alg %s', async (alg) => {
    const person = await bar.newPerson()
    const { kid } = await signingJwk(bar)
    const header = { alg, typ: 'at+jwt', kid }
    for (const token of [
      unsafeToken(header, goodClaims(bar, person)),
      `${unsafeToken(header, goodClaims(bar, person))}AA`,
    ]) {
      expect(await bar.validate(token)).toBe(401)
    }
  })

  it('refuses HMAC under the public key', async () => {
    const person = await bar.newPerson()
    const { kid, publicJwk } = await signingJwk(bar)
    const header = { alg: 'HS256', typ: 'at+jwt', kid }
    for (const secret of [JSON.stringify(publicJwk), publicJwk.x!, '']) {
      expect(await bar.validate(unsafeToken(header, goodClaims(bar, person), secret))).toBe(401)
    }
  })

  it('refuses other algorithms under keys of their own', async () => {
    const person = await bar.newPerson()
    const { kid } = await signingJwk(bar)
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const rs = await new SignJWT(goodClaims(bar, person))
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid })
      .sign(rsa)
    expect(await bar.validate(rs)).toBe(401)
  })

  it('refuses an unknown key id, none, and one of another’s key', async () => {
    const person = await bar.newPerson()
    const stranger = await generateKeyPair('ES256', { extractable: true })
    const { kid } = await signingJwk(bar)
    for (const header of [{ kid: 'kid_unknown' }, { kid: undefined }, { kid: '../../etc/passwd' }]) {
      expect(await bar.validate(await signed(bar, person, { header }))).toBe(401)
    }
    const forged = await new SignJWT(goodClaims(bar, person))
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
      .sign(stranger.privateKey)
    expect(await bar.validate(forged)).toBe(401)
  })

  it('takes no key that the token brings along or points to', async () => {
    const person = await bar.newPerson()
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = await exportJWK(publicKey)
    const own = await importJWK(await exportJWK(privateKey), 'ES256')
    const { kid } = await signingJwk(bar)
    for (const extra of [
      { jwk },
      { jku: 'https://evil.example/jwks' },
      { x5u: 'https://evil.example/x' },
      { x5c: ['AA'] },
    ]) {
      const forged = await new SignJWT(goodClaims(bar, person))
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, ...extra } as JWTHeaderParameters)
        .sign(own)
      expect(await bar.validate(forged)).toBe(401)
      expect(await bar.validate(await signed(bar, person, { header: extra }))).toBe(401)
    }
  })

  it('refuses what it is told is critical and does not know', async () => {
    const person = await bar.newPerson()
    const header = { crit: ['urn:made-up'], 'urn:made-up': 1 }
    expect(await bar.validate(await signed(bar, person, { header }))).toBe(401)
  })

  it.each([
    ['typ of another kind', { header: { typ: 'JWT' } }],
    ['no typ', { header: { typ: undefined } }],
    ['another issuer', { claims: { iss: 'https://evil.example' } }],
    ['no issuer', { claims: { iss: undefined } }],
    ['another audience', { claims: { aud: 'https://evil.example' } }],
    ['several audiences', { claims: { aud: ['https://brain.example', 'https://evil.example'] } }],
    ['no audience', { claims: { aud: undefined } }],
    ['no expiry', { claims: { exp: undefined } }],
    ['an expiry that is text', { claims: { exp: 'never' } }],
    ['no subject', { claims: { sub: undefined } }],
    ['no session', { claims: { sid: undefined } }],
    ['another person', { claims: { sub: 'usr_01k80000000000000000000000' } }],
    ['a session that there is not', { claims: { sid: 'ses_01k80000000000000000000000' } }],
    ['a role that it does not have', { claims: { role: 'superadmin' } }],
  ])('refuses %s, though it is signed by our key', async (_, forgery) => {
    const person = await bar.newPerson()
    expect(await bar.validate(await signed(bar, person, forgery))).toBe(401)
  })

  it('refuses one that has run out, is not valid yet, or is from the future', async () => {
    const person = await bar.newPerson()
    const now = Math.floor(bar.now / 1000)
    for (const claims of [{ exp: now }, { exp: now - 1 }, { nbf: now + 60 }, { iat: now + 60 }]) {
      expect(await bar.validate(await signed(bar, person, { claims }))).toBe(401)
    }
  })

  it('refuses one that is altered, cut or no token at all', async () => {
    const person = await bar.newPerson()
    const [header, claims, signature] = person.accessToken.split('.') as [string, string, string]
    const altered = Buffer.from(JSON.stringify({ ...goodClaims(bar, person), role: 'owner' })).toString('base64url')
    for (const token of [
      `${header}.${altered}.${signature}`,
      `${header}.${claims}.`,
      `${header}.${claims}`,
      '..',
      'a.b.c',
    ]) {
      expect(await bar.validate(token)).toBe(401)
    }
  })
})
