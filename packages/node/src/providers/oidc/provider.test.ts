import type { JWTPayload } from 'jose'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { IdentityProvider, Visit } from '../../people/identity-provider.ts'
import { githubProvider } from '../github/provider.ts'
import { googleProvider } from '../google/provider.ts'
import { CLIENT, openIdentityServer } from '../testing/identity-server.ts'
import { oidcProvider } from './provider.ts'

const TIMEOUT_MS = 500
const server = await openIdentityServer()
afterAll(() => server.close())
afterEach(() => {
  server.misbehaviour = {}
})

// Of RFC 7636, appendix B.
const CODE_VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const VISIT: Visit = {
  redirectUri: 'https://brain.example/auth/x/callback',
  state: 'ten_x.st_y',
  codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  nonce: 'n'.repeat(43),
}
const ANN = { subject: '4711', email: 'ann@example.com', name: 'Ann Bell' }

let asked: { url: string; redirect: RequestRedirect | undefined }[] = []
const world = {
  clock: Date.now,
  fetch: ((url: string, init?: RequestInit) => {
    asked.push({ url, redirect: init?.redirect })
    return fetch(url, init)
  }) as typeof fetch,
}
const google = () => googleProvider({ ...CLIENT, issuer: server.issuer, timeoutMs: TIMEOUT_MS })(world)
const github = () => githubProvider({ ...CLIENT, server: server.issuer, timeoutMs: TIMEOUT_MS })(world)

async function arrive(provider: IdentityProvider, person = ANN, change: object = {}) {
  const { code, iss } = server.approve(await provider.visitUrl(VISIT), person)
  const { redirectUri, nonce } = VISIT
  return provider.exchange({ code, iss, redirectUri, nonce, codeVerifier: CODE_VERIFIER, ...change })
}

describe('Google', () => {
  it('sends browsers to where it says of itself, with a choice of account', async () => {
    const url = new URL(await google().visitUrl(VISIT))
    expect(url.origin + url.pathname).toBe(`${server.issuer}/authorize`)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: CLIENT.clientId,
      redirect_uri: VISIT.redirectUri,
      state: VISIT.state,
      code_challenge: VISIT.codeChallenge,
      code_challenge_method: 'S256',
      scope: 'openid email profile',
      nonce: VISIT.nonce,
      prompt: 'select_account',
    })
  })

  it('says who came', async () => {
    expect(await arrive(google())).toEqual({
      issuer: server.issuer,
      subject: '4711',
      email: 'ann@example.com',
      emailVerified: true,
      name: 'Ann Bell',
    })
  })

  it('takes a word for a confirmed address for none', async () => {
    server.misbehaviour = { claims: (claims) => ({ ...claims, email_verified: 'true' }) }
    expect(await arrive(google())).toMatchObject({ emailVerified: false })
  })

  it('is asked what it says of itself and for its keys once, and never follows anywhere', async () => {
    const provider = google()
    asked = []
    await arrive(provider)
    await arrive(provider)
    const paths = asked.map(({ url }) => new URL(url).pathname)
    expect(paths).toEqual(['/.well-known/openid-configuration', '/token', '/jwks', '/token'])
    expect(asked.every(({ redirect }) => redirect === 'error')).toBe(true)
  })

  it.each([
    ['another issuer', { issuer: 'https://evil.example' }],
    ['no token endpoint', { token_endpoint: undefined }],
    ['addresses without TLS', { token_endpoint: 'http://evil.example/token' }],
    ['keys without TLS', { jwks_uri: 'http://evil.example/jwks' }],
  ])('is not believed with %s', async (_what, change) => {
    const origin = server.issuer
    const sound = {
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      jwks_uri: `${origin}/jwks`,
    }
    server.misbehaviour = {
      answer: (path) =>
        path.startsWith('/.well-known') ? { status: 200, body: JSON.stringify({ ...sound, ...change }) } : undefined,
    }
    await expect(arrive(google())).rejects.toMatchObject({ name: 'IdentityProviderError', reason: 'refused' })
  })

  it('takes no ID token of another algorithm than the one that was agreed on', async () => {
    const strict = oidcProvider({ ...CLIENT, id: 'x', label: 'X', issuer: server.issuer, algorithm: 'ES256' })(world)
    await expect(arrive(strict)).rejects.toMatchObject({ reason: 'refused' })
  })

  it('is asked once by all who come at once, and left alone for half a minute where it did not answer', async () => {
    let now = Date.now()
    const provider = googleProvider({ ...CLIENT, issuer: server.issuer })({ ...world, clock: () => now })
    server.misbehaviour = { answer: () => ({ status: 503, body: 'no' }) }
    asked = []
    const visits = await Promise.allSettled(Array.from({ length: 20 }, () => provider.visitUrl(VISIT)))
    await expect(provider.visitUrl(VISIT)).rejects.toMatchObject({ reason: 'unavailable' })
    expect(visits.map(({ status }) => status)).toEqual(Array(20).fill('rejected'))
    expect(asked).toHaveLength(1)
    server.misbehaviour = {}
    now += 29_999
    await expect(provider.visitUrl(VISIT)).rejects.toMatchObject({ reason: 'unavailable' })
    now += 1
    expect(await arrive(provider)).toMatchObject({ subject: '4711' })
  })

  it('is given up after one deadline for all that a visit asks, its keys among them', async () => {
    const provider = google()
    const { code, iss } = server.approve(await provider.visitUrl(VISIT), ANN)
    let calls: (AbortSignal | null | undefined)[] = []
    const watched = googleProvider({ ...CLIENT, issuer: server.issuer, timeoutMs: TIMEOUT_MS })({
      ...world,
      fetch: (url, init) => {
        calls = [...calls, init?.signal]
        return fetch(url, init)
      },
    })
    const { redirectUri, nonce } = VISIT
    await watched.exchange({ code, iss, redirectUri, nonce, codeVerifier: CODE_VERIFIER })
    expect(calls).toHaveLength(3)
    expect(new Set(calls).size).toBe(1)
  })

  it('is asked for its keys again once it signs with one that is not among them', async () => {
    let now = Date.now()
    server.now = () => now
    const provider = googleProvider({ ...CLIENT, issuer: server.issuer })({ ...world, clock: () => now })
    const { keys } = (await (await fetch(`${server.issuer}/jwks`)).json()) as { keys: object[] }
    const older = JSON.stringify({ keys: keys.map((key) => ({ ...key, kid: 'older' })) })
    server.misbehaviour = { answer: (path) => (path === '/jwks' ? { status: 200, body: older } : undefined) }
    await expect(arrive(provider)).rejects.toMatchObject({ reason: 'refused' })
    server.misbehaviour = {}
    await expect(arrive(provider)).rejects.toMatchObject({ reason: 'refused' })
    now += 30_000
    expect(await arrive(provider)).toMatchObject({ subject: '4711' })
    server.now = Date.now
  })

  it.each([
    ['nothing that can be read', 'null'],
    ['no keys', '{"keys":"none"}'],
  ])('is not believed with %s for keys', async (_what, body) => {
    server.misbehaviour = { answer: (path) => (path === '/jwks' ? { status: 200, body } : undefined) }
    await expect(arrive(google())).rejects.toMatchObject({ name: 'IdentityProviderError', reason: 'refused' })
  })
})

describe('any provider', () => {
  const options = { ...CLIENT, id: 'staff', label: 'Staff', issuer: server.issuer }
  const metadata = (change: object) => {
    const origin = server.issuer
    const body = JSON.stringify({
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      jwks_uri: `${origin}/jwks`,
      ...change,
    })
    return (path: string) => (path.startsWith('/.well-known') ? { status: 200, body } : undefined)
  }

  it('lets people choose their account there, unless it is to be asked in another way', async () => {
    const prompt = async (parameters?: Record<string, string>) => {
      const provider = oidcProvider({ ...options, ...(parameters && { parameters }) })(world)
      return new URL(await provider.visitUrl(VISIT)).searchParams.get('prompt')
    }
    expect(await prompt()).toBe('select_account')
    expect(await prompt({ hd: 'example.com' })).toBe('select_account')
    expect(await prompt({ prompt: 'login' })).toBe('login')
  })

  it.each([
    ['in a header', 'client_secret_basic alone', { token_endpoint_auth_methods_supported: ['client_secret_basic'] }],
    ['in a header', 'no list', {}],
    ['in the body', 'both', { token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'] }],
  ])('gets the secret %s where it names %s', async (where, _what, change) => {
    server.misbehaviour = { answer: metadata(change) }
    expect(await arrive(oidcProvider(options)(world))).toMatchObject({ subject: '4711' })
    expect(server.redeemed.at(-1)!.has('client_secret')).toBe(where === 'in the body')
  })

  it('vouches for an address that its tokens do not call confirmed only where the shop says so', async () => {
    server.misbehaviour = { claims: ({ email_verified: _, ...claims }) => ({ ...claims, tid: 'own' }) }
    expect(await arrive(oidcProvider(options)(world))).toMatchObject({ emailVerified: false })
    const emailIsVerified = (claims: JWTPayload) => claims.tid === 'own'
    expect(await arrive(oidcProvider({ ...options, emailIsVerified })(world))).toMatchObject({ emailVerified: true })
  })

  it.each([
    ['a client', { clientId: '' }, /^Provider staff: clientId is missing/],
    ['a secret', { clientSecret: ' ' }, /^Provider staff: clientSecret is missing/],
    ['TLS', { issuer: 'http://login.example.com' }, /^Provider staff: issuer must be an https address/],
    ['an address', { issuer: 'login.example.com' }, /^Provider staff: issuer must be an https address/],
  ])('is refused without %s before anybody tries it', (_what, change, message) => {
    expect(() => oidcProvider({ ...options, ...change })).toThrow(message)
  })

  it('is refused where it is GitHub without TLS or without a client', () => {
    expect(() => githubProvider({ ...CLIENT, server: 'http://git.example.com' })).toThrow(/^Provider github: server/)
    expect(() => githubProvider({ ...CLIENT, clientId: '' })).toThrow(/^Provider github: clientId/)
  })
})

describe('GitHub', () => {
  it('says who came, by number, and their primary address', async () => {
    expect(await arrive(github())).toEqual({
      issuer: server.githubIssuer,
      subject: '4711',
      email: 'ann@example.com',
      emailVerified: true,
      name: 'Ann Bell',
    })
    expect(server.apiCalls.at(-1)).toMatchObject({ 'user-agent': 'Tillwright', 'x-github-api-version': '2022-11-28' })
  })

  it('is known for its one issuer at github.com, and asked at its API', async () => {
    const provider = githubProvider(CLIENT)(world)
    const url = new URL(await provider.visitUrl(VISIT))
    expect(url.origin + url.pathname).toBe('https://github.com/login/oauth/authorize')
    expect(url.searchParams.get('scope')).toBe('read:user user:email')
    const back = { code: 'c', redirectUri: VISIT.redirectUri, codeVerifier: CODE_VERIFIER, nonce: VISIT.nonce }
    await expect(provider.exchange({ ...back, iss: 'https://github.com' })).rejects.toMatchObject({ reason: 'refused' })
  })

  it('may leave out who it is, as older servers do', async () => {
    expect(await arrive(github(), ANN, { iss: undefined })).toMatchObject({ subject: '4711' })
  })

  it.each([
    ['no number', '/api/v3/user', '{"login":"ann"}'],
    ['a number that is text', '/api/v3/user', '{"id":"4711"}'],
  ])('is not believed with %s', async (_what, wrong, body) => {
    server.misbehaviour = { answer: (path) => (path === wrong ? { status: 200, body } : undefined) }
    await expect(arrive(github())).rejects.toMatchObject({ reason: 'refused' })
  })

  it('gives no address where it has none', async () => {
    server.misbehaviour = {
      answer: (path) =>
        path === '/api/v3/user/emails' ? { status: 200, body: '[null,{"email":"x@example.com"}]' } : undefined,
    }
    expect(await arrive(github())).toMatchObject({ subject: '4711', email: null, emailVerified: false })
  })
})

describe.each([
  ['Google', google],
  ['GitHub', github],
])('%s', (_name, provider) => {
  it('is given up when it is silent', async () => {
    const there = provider()
    const { code, iss } = server.approve(await there.visitUrl(VISIT), ANN)
    server.misbehaviour = { answer: () => 'silent' }
    const { redirectUri, nonce } = VISIT
    await expect(there.exchange({ code, iss, redirectUri, nonce, codeVerifier: CODE_VERIFIER })).rejects.toMatchObject({
      reason: 'unavailable',
    })
  })

  it('refuses another verifier, a code twice and another page to come back to', async () => {
    await expect(arrive(provider(), ANN, { codeVerifier: 'x'.repeat(43) })).rejects.toMatchObject({ reason: 'refused' })
    await expect(arrive(provider(), ANN, { redirectUri: 'https://evil.example/' })).rejects.toMatchObject({
      reason: 'refused',
    })
    const there = provider()
    const { code, iss } = server.approve(await there.visitUrl(VISIT), ANN)
    const back = { code, iss, redirectUri: VISIT.redirectUri, nonce: VISIT.nonce, codeVerifier: CODE_VERIFIER }
    await there.exchange(back)
    await expect(there.exchange(back)).rejects.toMatchObject({ reason: 'refused' })
  })

  it('puts no secret into what it says for the log', async () => {
    server.misbehaviour = {
      answer: (path) => (/token/.test(path) ? { status: 400, body: 'a secret of the shop' } : undefined),
    }
    const failure = await arrive(provider()).catch((error: Error) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(String((failure as Error).message)).not.toMatch(/secret of|code-/)
  })
})
