import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

export const CLIENT = { clientId: 'shop-client', clientSecret: 'a secret of the shop' } as const

/** Somebody with an account at the provider. */
export interface ProviderPerson {
  /** Google's `sub`; a number for GitHub. */
  readonly subject: string
  readonly email: string
  readonly isVerified?: boolean
  readonly name?: string
}

/** What the provider adds to the address that the browser comes back to. */
export interface Redirect {
  readonly state: string
  readonly code: string
  readonly iss: string
}

interface Grant {
  readonly person: ProviderPerson
  readonly challenge: string
  readonly nonce: string | null
  readonly redirectUri: string
  readonly issuer: string
  isUsed: boolean
}

/** How the provider misbehaves. */
export interface Misbehaviour {
  /** Changes the claims of ID tokens. */
  claims?: (claims: JWTPayload) => JWTPayload
  /** Writes ID tokens in place of a signature with its key. */
  forge?: (claims: JWTPayload, kid: string) => string | Promise<string>
  /** Answers a path by itself; `'silent'`: never. */
  answer?: (
    path: string,
  ) => { readonly status: number; readonly body: string; readonly location?: string } | 'silent' | undefined
}

export interface IdentityServer {
  /** Of OpenID Connect. */
  readonly issuer: string
  /** Of GitHub. */
  readonly githubIssuer: string
  /** ms since 1970, in ID tokens. */
  now: () => number
  misbehaviour: Misbehaviour
  /** Who signs in as soon as a browser comes; `null`: whoever it is calls it off. */
  visitor: ProviderPerson | null
  /** What was posted to the token endpoints, newest last. */
  readonly redeemed: URLSearchParams[]
  /** Headers of calls of GitHub's API, newest last. */
  readonly apiCalls: IncomingMessage['headers'][]
  /** Signs the person in at the address that the browser was sent to. Throws where that is not as the protocol wants it. */
  approve(url: string, person: ProviderPerson): Redirect
  close(): Promise<void>
}

const KID = 'provider-key'

/** A provider on this machine that speaks OpenID Connect as Google does, and OAuth 2 as GitHub does; it checks PKCE itself. */
export async function openIdentityServer(): Promise<IdentityServer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: KID, alg: 'RS256', use: 'sig' }
  const grants = new Map<string, Grant>()
  const tokens = new Map<string, ProviderPerson>()

  const listener = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`

  const server: IdentityServer = {
    issuer: origin,
    githubIssuer: `${origin}/login/oauth`,
    now: Date.now,
    misbehaviour: {},
    visitor: null,
    redeemed: [],
    apiCalls: [],
    approve(address, person) {
      const { pathname, searchParams: query } = new URL(address)
      const isGithub = pathname === '/login/oauth/authorize'
      const wanted = { client_id: CLIENT.clientId, response_type: 'code', code_challenge_method: 'S256' }
      for (const [name, value] of Object.entries(wanted)) {
        if (query.get(name) !== value) throw new Error(`${name} is ${query.get(name)}, and should be ${value}`)
      }
      const challenge = query.get('code_challenge') ?? ''
      if (!/^[\w-]{43}$/.test(challenge)) throw new Error('There is no S256 challenge')
      const nonce = query.get('nonce')
      if (!isGithub && (nonce ?? '').length < 43) throw new Error('The nonce can be guessed')
      const code = `code-${randomBytes(12).toString('hex')}`
      const issuer = isGithub ? server.githubIssuer : server.issuer
      grants.set(code, { person, challenge, nonce, redirectUri: query.get('redirect_uri')!, issuer, isUsed: false })
      return { state: query.get('state')!, code, iss: issuer }
    },
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve())
        listener.closeAllConnections()
      }),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url!
    const body = await text(request)
    const instead = server.misbehaviour.answer?.(path)
    if (instead === 'silent') return
    if (instead) {
      const headers = instead.location === undefined ? {} : { location: instead.location }
      response.writeHead(instead.status, { 'content-type': 'application/json', ...headers }).end(instead.body)
      return
    }
    if (/^\/(?:login\/oauth\/)?authorize\?/.test(path)) {
      response.writeHead(303, { location: backFrom(origin + path) }).end()
      return
    }
    const { status = 200, ...value } = await jsonOf(request, path, body)
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify('items' in value ? value.items : value))
  }

  /** Where a browser is sent back to. */
  function backFrom(address: string): string {
    const query = new URL(address).searchParams
    const back = new URL(query.get('redirect_uri')!)
    const answer = server.visitor
      ? server.approve(address, server.visitor)
      : { state: query.get('state')!, error: 'access_denied' }
    for (const [name, value] of Object.entries({ ...answer, scope: 'openid', authuser: '0' })) {
      back.searchParams.set(name, value)
    }
    return back.href
  }

  async function jsonOf(
    request: IncomingMessage,
    path: string,
    body: string,
  ): Promise<Record<string, unknown> & { status?: number }> {
    if (path === '/.well-known/openid-configuration') {
      return {
        issuer: server.issuer,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        jwks_uri: `${origin}/jwks`,
        token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
        authorization_response_iss_parameter_supported: true,
      }
    }
    if (path === '/jwks') return { keys: [jwk] }
    if (path === '/token') {
      const grant = redeem(body, request.headers.authorization)
      return grant
        ? { access_token: 'at', token_type: 'Bearer', id_token: await idToken(grant) }
        : { status: 400, error: 'invalid_grant' }
    }
    if (path === '/login/oauth/access_token') {
      const grant = redeem(body)
      // GitHub refuses with 200.
      if (!grant) return { error: 'bad_verification_code' }
      const token = `gho_${randomBytes(16).toString('hex')}`
      tokens.set(token, grant.person)
      return { access_token: token, token_type: 'bearer', scope: 'read:user,user:email' }
    }
    server.apiCalls.push(request.headers)
    const person = tokens.get(request.headers.authorization?.replace('Bearer ', '') ?? '')
    if (!person) return { status: 401, message: 'Bad credentials' }
    if (path === '/api/v3/user') return { id: Number(person.subject), login: 'login', name: person.name ?? null }
    const primary = { email: person.email, primary: true, verified: person.isVerified ?? true, visibility: null }
    return { items: [{ email: 'other@example.net', primary: false, verified: true, visibility: null }, primary] }
  }

  function redeem(body: string, authorization?: string): Grant | undefined {
    const sent = new URLSearchParams(body)
    server.redeemed.push(sent)
    const client = authorization === undefined ? clientInBody(sent) : clientInHeader(authorization)
    const grant = grants.get(sent.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(sent.get('code_verifier') ?? '')
      .digest('base64url')
    const isSound =
      grant &&
      !grant.isUsed &&
      sent.get('grant_type') === 'authorization_code' &&
      client.id === CLIENT.clientId &&
      client.secret === CLIENT.clientSecret &&
      sent.get('redirect_uri') === grant.redirectUri &&
      challenge === grant.challenge
    if (!isSound) return undefined
    grant.isUsed = true
    return grant
  }

  async function idToken({ person, nonce }: Grant): Promise<string> {
    const iat = Math.floor(server.now() / 1000)
    const sound: JWTPayload = {
      iss: server.issuer,
      aud: CLIENT.clientId,
      azp: CLIENT.clientId,
      sub: person.subject,
      email: person.email,
      email_verified: person.isVerified ?? true,
      ...(person.name === undefined ? {} : { name: person.name }),
      nonce,
      iat,
      exp: iat + 3600,
    }
    const claims = server.misbehaviour.claims?.(sound) ?? sound
    if (server.misbehaviour.forge) return server.misbehaviour.forge(claims, KID)
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: KID, typ: 'JWT' }).sign(privateKey)
  }

  return server
}

const clientInBody = (sent: URLSearchParams) => ({ id: sent.get('client_id'), secret: sent.get('client_secret') })

/** RFC 6749 §2.3.1: both parts are form-encoded before they are joined. */
function clientInHeader(authorization: string) {
  const [id, secret] = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString().split(':')
  const decoded = (part = '') => new URLSearchParams(`x=${part}`).get('x')
  return { id: decoded(id), secret: decoded(secret) }
}
