import { createHmac, createSign, generateKeyPairSync, hash, type JsonWebKeyInput } from 'node:crypto'
import { createLocalJWKSet, type JWK, jwtVerify } from 'jose'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type AccessClaims,
  accessTokens,
  NoSigningKeyError,
  newSigningKey,
  purposeTokens,
  type SigningKey,
} from './access-tokens.ts'

const START = Date.UTC(2026, 0, 1)
const ISSUER = 'https://tills.example'
const AUDIENCE = 'tillwright'
const CLAIMS: AccessClaims = { sub: 'usr_1', tenant: 'ten_1', sid: 'ses_1', role: 'admin', authTime: START / 1000 - 60 }
const VERIFIED = { ...CLAIMS, expiresAt: START + 900_000 }

const first = await newSigningKey('first', START - 2_000)
const second = await newSigningKey('second', START - 1_000)
let keys: SigningKey[]
let now: number
const options = { keys: () => keys, issuer: ISSUER, audience: AUDIENCE, clock: () => now }
let tokens: ReturnType<typeof accessTokens>

beforeEach(() => {
  keys = [first, second]
  now = START
  tokens = accessTokens(options)
})

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const part = (token: string, index: number) => JSON.parse(Buffer.from(token.split('.')[index]!, 'base64url').toString())

/** A token as an attacker, or another program with our key, would put it together. */
function forged({
  header = {},
  claims = {},
  key = second.privateJwk,
  digest = 'sha256',
}: {
  header?: object
  claims?: object
  key?: JWK
  digest?: string
} = {}): string {
  const text = [
    encoded({ alg: 'ES256', typ: 'at+jwt', kid: 'second', ...header }),
    encoded({
      iss: ISSUER,
      aud: AUDIENCE,
      iat: START / 1000,
      exp: START / 1000 + 900,
      sub: 'usr_1',
      tenant: 'ten_1',
      sid: 'ses_1',
      role: 'admin',
      auth_time: CLAIMS.authTime,
      ...claims,
    }),
  ].join('.')
  const input = { key, format: 'jwk' } as JsonWebKeyInput
  const signature = createSign(digest)
    .update(text)
    .sign({ ...input, dsaEncoding: 'ieee-p1363' } as never)
  return `${text}.${signature.toString('base64url')}`
}

describe('a good token', () => {
  test('gives back what was put in', async () => {
    expect(await tokens.verify(await tokens.issue(CLAIMS))).toEqual(VERIFIED)
    const impersonating = { ...CLAIMS, actor: 'usr_9' }
    expect(await tokens.verify(await tokens.issue(impersonating))).toEqual({ ...VERIFIED, actor: 'usr_9' })
  })

  test('is an RFC 9068 token of the newest key, for 900 seconds', async () => {
    const token = await tokens.issue({ ...CLAIMS, actor: 'usr_9' })
    expect(part(token, 0)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: 'second' })
    expect(part(token, 1)).toEqual({
      iss: ISSUER,
      aud: AUDIENCE,
      iat: START / 1000,
      exp: START / 1000 + 900,
      sub: 'usr_1',
      tenant: 'ten_1',
      sid: 'ses_1',
      role: 'admin',
      auth_time: CLAIMS.authTime,
      act: { sub: 'usr_9' },
    })
  })

  test('is one that a stranger can verify with the published keys', async () => {
    const published = createLocalJWKSet(tokens.jwks() as { keys: JWK[] })
    const { payload } = await jwtVerify(await tokens.issue(CLAIMS), published, { currentDate: new Date(now) })
    expect(payload.sub).toBe('usr_1')
  })

  test('may come from a server whose clock is 5 seconds ahead', async () => {
    expect(await tokens.verify(forged({ claims: { iat: START / 1000 + 5 } }))).not.toBeNull()
  })

  test('put together by hand is accepted, so that each refusal below has one reason', async () => {
    expect(await tokens.verify(forged())).toEqual(VERIFIED)
  })
})

describe('refuses', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const strangers = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const strangersPrivate = strangers.privateKey.export({ format: 'jwk' }) as JWK
  const strangersPublic = strangers.publicKey.export({ format: 'jwk' }) as JWK

  const unsigned = (header: object) => {
    const [, claims] = forged().split('.')
    return `${encoded(header)}.${claims}`
  }
  /** The public key, which everybody has, as the secret of an HMAC. */
  const hmacWithPublicKey = (secret: string | Buffer) => {
    const text = unsigned({ alg: 'HS256', typ: 'at+jwt', kid: 'second' })
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
  }
  const rs256 = () => {
    const text = unsigned({ alg: 'RS256', typ: 'at+jwt', kid: 'second' })
    return `${text}.${createSign('sha256').update(text).sign(rsa.privateKey).toString('base64url')}`
  }

  const cases: [string, () => string][] = [
    ['nothing', () => ''],
    ['two dots', () => '..'],
    ['words', () => 'not.a.token'],
    ['a token that is cut short', () => forged().slice(0, -2)],
    ['a part too many', () => `${forged()}.x`],
    ['no signature', () => `${forged().split('.').slice(0, 2).join('.')}.`],
    ['alg none', () => `${unsigned({ alg: 'none', typ: 'at+jwt', kid: 'second' })}.`],
    ['alg None', () => `${unsigned({ alg: 'None', typ: 'at+jwt', kid: 'second' })}.`],
    ['no alg', () => forged({ header: { alg: undefined } })],
    ['an HMAC with the public key as JSON', () => hmacWithPublicKey(JSON.stringify(second.publicJwk))],
    ['an HMAC with the public point', () => hmacWithPublicKey(Buffer.from(second.publicJwk.x!, 'base64url'))],
    ['an RSA signature', rs256],
    ['another hash under the right name', () => forged({ digest: 'sha384' })],
    ['ES384 named over an ES256 key', () => forged({ header: { alg: 'ES384' }, digest: 'sha384' })],
    ['an unknown key id', () => forged({ header: { kid: 'third' } })],
    ['no key id', () => forged({ header: { kid: undefined } })],
    ['a key id that is no text', () => forged({ header: { kid: ['second'] } })],
    ['the id of another key of ours', () => forged({ header: { kid: 'first' } })],
    ['a stranger’s key under our id', () => forged({ key: strangersPrivate })],
    ['a key in the header', () => forged({ key: strangersPrivate, header: { jwk: strangersPublic } })],
    ['our own key in the header', () => forged({ header: { jwk: second.publicJwk } })],
    ['jku', () => forged({ header: { jku: 'https://evil.example/jwks' } })],
    ['x5u', () => forged({ header: { x5u: 'https://evil.example/cert' } })],
    ['x5c', () => forged({ header: { x5c: ['AAAA'] } })],
    ['crit', () => forged({ header: { crit: ['exp'] } })],
    ['unencoded payload', () => forged({ header: { b64: true, crit: ['b64'] } })],
    ['compression', () => forged({ header: { zip: 'DEF' } })],
    ['typ JWT', () => forged({ header: { typ: 'JWT' } })],
    ['typ of a purpose', () => forged({ header: { typ: 'reset+jwt' } })],
    ['typ with a prefix', () => forged({ header: { typ: 'application/at+jwt' } })],
    ['no typ', () => forged({ header: { typ: undefined } })],
    ['another issuer', () => forged({ claims: { iss: 'https://evil.example' } })],
    ['our issuer with a slash', () => forged({ claims: { iss: `${ISSUER}/` } })],
    ['no issuer', () => forged({ claims: { iss: undefined } })],
    ['another audience', () => forged({ claims: { aud: 'other' } })],
    ['two audiences', () => forged({ claims: { aud: [AUDIENCE, 'other'] } })],
    ['no audience', () => forged({ claims: { aud: undefined } })],
    ['an expiry that is reached', () => forged({ claims: { exp: START / 1000 } })],
    ['no expiry', () => forged({ claims: { exp: undefined } })],
    ['an expiry that is text', () => forged({ claims: { exp: '9999999999' } })],
    ['not yet valid', () => forged({ claims: { nbf: START / 1000 + 1 } })],
    ['issued in the future', () => forged({ claims: { iat: START / 1000 + 6 } })],
    ['no time of issue', () => forged({ claims: { iat: undefined } })],
    ['no subject', () => forged({ claims: { sub: undefined } })],
    ['an empty subject', () => forged({ claims: { sub: '' } })],
    ['no tenant', () => forged({ claims: { tenant: undefined } })],
    ['a tenant that is no text', () => forged({ claims: { tenant: ['ten_1'] } })],
    ['no session', () => forged({ claims: { sid: undefined } })],
    ['no role', () => forged({ claims: { role: null } })],
    ['no time of proof', () => forged({ claims: { auth_time: undefined } })],
    ['a time of proof that is text', () => forged({ claims: { auth_time: '1' } })],
    ['an actor without an id', () => forged({ claims: { act: {} } })],
    ['an actor that is null', () => forged({ claims: { act: null } })],
    ['a token too long to look at', () => forged({ claims: { note: 'x'.repeat(4_096) } })],
    [
      'claims that are no object',
      () => `${encoded({ alg: 'ES256', typ: 'at+jwt', kid: 'second' })}.${encoded([1])}.AAAA`,
    ],
  ]
  test.each(cases)('%s', async (_, make) => {
    expect(await tokens.verify(make())).toBeNull()
  })

  test('any one character changed', async () => {
    const token = await tokens.issue(CLAIMS)
    for (let at = 0; at < token.length - 1; at += 3) {
      const other = token[at] === 'A' ? 'B' : 'A'
      expect(await tokens.verify(token.slice(0, at) + other + token.slice(at + 1))).toBeNull()
    }
  })
})

describe('keys', () => {
  test('a retired key signs no more, and what it signed stays good until it is removed', async () => {
    const token = await tokens.issue(CLAIMS)
    keys = [first, { ...second, retiredAt: now }]
    expect(part(await tokens.issue(CLAIMS), 0).kid).toBe('first')
    expect(await accessTokens(options).verify(token)).toEqual(VERIFIED)
    expect(await tokens.verify(token)).toEqual(VERIFIED)
    keys = [first]
    expect(await tokens.verify(token)).toBeNull()
    expect(await accessTokens(options).verify(token)).toBeNull()
  })

  test('another key under the same id does not open the tokens of the one before', async () => {
    const token = await accessTokens(options).issue(CLAIMS)
    await tokens.verify(forged())
    keys = [first, { ...(await newSigningKey('second', START)) }]
    expect(await tokens.verify(token)).toBeNull()
  })

  test('without a key that signs, issuing says so', async () => {
    keys = []
    await expect(tokens.issue(CLAIMS)).rejects.toThrow(NoSigningKeyError)
    keys = [{ ...first, retiredAt: now }]
    await expect(tokens.issue(CLAIMS)).rejects.toThrow(NoSigningKeyError)
  })

  test('are published with their public members only, retired ones too', () => {
    keys = [{ ...first, retiredAt: now, publicJwk: first.privateJwk }, second]
    const published = tokens.jwks()
    expect(published.keys.map(({ kid }) => kid)).toEqual(['first', 'second'])
    for (const key of published.keys)
      expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
    expect(JSON.stringify(published)).not.toContain(first.privateJwk.d)
  })

  test('are new each time', async () => {
    expect((await newSigningKey('a', START)).privateJwk.d).not.toBe((await newSigningKey('a', START)).privateJwk.d)
  })

  test('a lifetime is a whole number of seconds', async () => {
    for (const lifetime of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      await expect(tokens.issue(CLAIMS, lifetime)).rejects.toThrow(RangeError)
    expect(part(await tokens.issue(CLAIMS, 60), 1).exp).toBe(START / 1000 + 60)
  })
})

describe('a token that was verified before', () => {
  test('costs no signature check', async () => {
    const token = await tokens.issue(CLAIMS)
    await tokens.verify(token)
    const verify = vi.spyOn(crypto.subtle, 'verify')
    try {
      for (let again = 0; again < 10; again++) expect(await tokens.verify(token)).toEqual(VERIFIED)
      expect(verify).not.toHaveBeenCalled()
      await accessTokens(options).verify(token)
      expect(verify).toHaveBeenCalledTimes(1)
    } finally {
      verify.mockRestore()
    }
  })

  test('expires to the millisecond', async () => {
    const token = await tokens.issue(CLAIMS)
    await tokens.verify(token)
    now = START + 900_000 - 1
    expect(await tokens.verify(token)).toEqual(VERIFIED)
    now = START + 900_000
    expect(await tokens.verify(token)).toBeNull()
  })

  test('cannot be altered by who got its claims', async () => {
    const token = await tokens.issue(CLAIMS)
    for (let again = 0; again < 3; again++) {
      const claims = (await tokens.verify(token))!
      expect(claims.role).toBe('admin')
      claims.role = 'superadmin'
    }
  })

  test('does not vouch for one that differs in its signature only', async () => {
    const token = await tokens.issue(CLAIMS)
    await tokens.verify(token)
    const [header, claims] = token.split('.')
    expect(await tokens.verify(`${header}.${claims}.${hash('sha512', 'x', 'base64url')}`)).toBeNull()
  })
})

describe('purpose tokens', () => {
  const purposes = purposeTokens(options)
  const claims = { sub: 'usr_1', step: 3, remember: true }

  test('give back what was put in, to the same purpose', async () => {
    const token = await purposes.issue('second-factor', claims, 300)
    expect(part(token, 0)).toEqual({ alg: 'ES256', typ: 'second-factor+jwt', kid: 'second' })
    expect(await purposes.verify('second-factor', token)).toEqual(claims)
    now = START + 300_000
    expect(await purposes.verify('second-factor', token)).toBeNull()
  })

  test('open no other door', async () => {
    const access = { sub: 'usr_1', tenant: 'ten_1', sid: 'ses_1', role: 'admin', auth_time: 1 }
    const token = await purposes.issue('second-factor', access, 300)
    expect(await purposes.verify('reset', token)).toBeNull()
    expect(await tokens.verify(token)).toBeNull()
    expect(await purposes.verify('at', await tokens.issue(CLAIMS))).toBeNull()
    expect(await purposes.verify('second-factor', await tokens.issue(CLAIMS))).toBeNull()
  })

  test.each(['', 'at', 'AT', 'a b', 'x+jwt', 'Reset', 'réset'])('there is no purpose %j', async (purpose) => {
    await expect(purposes.issue(purpose, claims, 300)).rejects.toThrow(RangeError)
    expect(await purposes.verify(purpose, forged({ header: { typ: `${purpose}+jwt` } }))).toBeNull()
  })

  test.each(['iss', 'aud', 'exp', 'iat', 'nbf'])('cannot set %s', async (name) => {
    await expect(purposes.issue('reset', { [name]: 1 }, 300)).rejects.toThrow(RangeError)
  })
})
