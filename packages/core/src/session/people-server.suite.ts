import { exampleOf } from '../contract/example-of.ts'
import { contract } from '../contract/index.ts'
import { type SignedIn, User } from '../contract/people.ts'
import type { Permission } from '../contract/permissions.ts'
import { problemResponse } from '../testing/index.ts'

const MINUTE_MS = 60_000
export const ACCESS_MS = 15 * MINUTE_MS
export const IDLE_MS = 120 * MINUTE_MS
const ABSOLUTE_MS = 24 * 60 * MINUTE_MS
const GRACE_MS = 30_000

export const EMAIL = 'ann@example.com'
export const PASSWORD = 'a quiet harbour at dusk'

interface ServerSession {
  readonly id: string
  readonly expiresAt: number
  idleExpiresAt: number
  isOver: boolean
}

interface RefreshToken {
  readonly session: ServerSession
  usedAt?: number
  successor?: string
}

/**
 * The people's part of a server, in memory: rotating refresh tokens with a grace time of 30 seconds, sessions that end when
 * a token comes again after it, access tokens of 15 minutes, cookies.
 */
export function peopleServer(clock: () => number, accessMs = ACCESS_MS) {
  const access = new Map<string, { session: ServerSession; endsAt: number }>()
  const refreshTokens = new Map<string, RefreshToken>()
  const permissions: Permission[] = ['orders:read', 'jobs:read']
  const counts = { login: 0, refresh: 0, reuse: 0, logout: 0, anonymous: 0 }
  const jar = new Map<string, string>()
  let serial = 0
  const devices = new Set<string>()
  let isLocked = false
  let asksForCode = false
  /** Decides of each renewal whether its answer gets lost on the way. */
  let isLost = (_renewal: number) => false

  function openSession(): ServerSession {
    const now = clock()
    const id = `ses_${String(++serial).padStart(26, '0')}`
    return { id, expiresAt: now + ABSOLUTE_MS, idleExpiresAt: now + IDLE_MS, isOver: false }
  }

  function signedIn(session: ServerSession, refreshToken: string | undefined, isCookie: boolean): Response {
    const accessToken = `access.${++serial}.x`
    const endsAt = clock() + accessMs
    access.set(accessToken, { session, endsAt })
    if (isCookie) {
      jar.set('access', accessToken)
      if (refreshToken !== undefined) jar.set('refresh', refreshToken)
    }
    const answer: SignedIn = {
      status: 'signed_in',
      user: { ...exampleOf(User), email: EMAIL },
      permissions: [...permissions],
      tenant: { id: 'ten_00000000000000000000000000', name: 'Shop' },
      session: { id: session.id, expiresAt: iso(session.expiresAt), idleExpiresAt: iso(session.idleExpiresAt) },
      accessExpiresAt: iso(endsAt),
      answeredAt: iso(clock()),
      ...(isCookie ? {} : { accessToken }),
      ...(isCookie || refreshToken === undefined ? {} : { refreshToken }),
    }
    return Response.json(answer)
  }

  /** A sign-in: the device is known from now on. */
  async function begin({ delivery, deviceToken }: { delivery: string; deviceToken?: string }): Promise<Response> {
    const session = openSession()
    const answer = signedIn(session, newRefreshToken(session), delivery === 'cookie')
    if (delivery === 'cookie') return answer
    const device = devices.has(deviceToken ?? '') ? deviceToken! : `dt_${++serial}`
    devices.add(device)
    return Response.json({ ...(await answer.json()), deviceToken: device })
  }

  function newRefreshToken(session: ServerSession): string {
    const token = `rt_${++serial}`
    refreshTokens.set(token, { session })
    return token
  }

  function isAlive(session: ServerSession): boolean {
    return !session.isOver && session.expiresAt > clock() && session.idleExpiresAt > clock()
  }

  function refresh(token: string | undefined, isCookie: boolean): Response {
    const known = refreshTokens.get(token ?? '')
    if (!known || !isAlive(known.session)) return problemResponse('session_ended')
    const { session } = known
    if (known.usedAt === undefined) {
      known.usedAt = clock()
      known.successor = newRefreshToken(session)
      session.idleExpiresAt = Math.min(clock() + IDLE_MS, session.expiresAt)
    } else if (clock() - known.usedAt > GRACE_MS) {
      counts.reuse++
      session.isOver = true
      return problemResponse('session_ended')
    }
    return signedIn(session, known.successor, isCookie)
  }

  function holder(request: Request): ServerSession | 'nobody' | 'lapsed' {
    const bearer = /^Bearer (access\..+)$/.exec(request.headers.get('authorization') ?? '')?.[1]
    const token = bearer ?? (request.credentials === 'include' ? jar.get('access') : undefined)
    if (token === undefined) return 'nobody'
    const known = access.get(token)
    return known && known.endsAt > clock() && isAlive(known.session) ? known.session : 'lapsed'
  }

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    const withCookies = request.credentials === 'include'
    const input = request.method === 'POST' ? await request.json() : {}
    switch (`${request.method} ${pathname}`) {
      case 'POST /auth/v1/login': {
        counts.login++
        if (input.email !== EMAIL || input.password !== PASSWORD) return problemResponse('invalid_credentials')
        if (isLocked && !devices.has(input.deviceToken)) return problemResponse('invalid_credentials')
        if (asksForCode) {
          return Response.json({ status: 'second_factor', pendingToken: 'pending.1.x', methods: ['totp', 'recovery'] })
        }
        return begin(input)
      }
      case 'POST /auth/v1/two-factor': {
        if (input.pendingToken !== 'pending.1.x' || input.code !== '123456')
          return problemResponse('invalid_credentials')
        return begin(input)
      }
      case 'POST /auth/v1/refresh': {
        counts.refresh++
        const given = refresh(input.refreshToken ?? (withCookies ? jar.get('refresh') : undefined), !input.refreshToken)
        if (isLost(counts.refresh)) throw new TypeError('the answer got lost')
        return given
      }
      case 'POST /auth/v1/logout': {
        counts.logout++
        const known = refreshTokens.get(input.refreshToken ?? (withCookies ? jar.get('refresh') : ''))
        if (known) known.session.isOver = true
        if (withCookies) jar.clear()
        return new Response(null, { status: 204 })
      }
      case 'GET /auth/v1/session': {
        const session = holder(request)
        if (session === 'nobody') return Response.json({ status: 'signed_out' })
        if (session === 'lapsed') return Response.json({ status: 'expired' })
        return Response.json({ status: 'signed_in', user: { ...exampleOf(User), email: EMAIL } })
      }
    }
    const session = holder(request)
    if (session === 'lapsed') return problemResponse('invalid_token')
    if (pathname === '/api/v1/products') {
      if (session === 'nobody') counts.anonymous++
      return Response.json({ items: [], nextCursor: null })
    }
    // A key is not a person, and where one is given the server takes it for the credentials.
    if (session === 'nobody') return problemResponse(request.url.includes('key=') ? 'invalid_token' : 'sign_in_needed')
    switch (pathname) {
      case '/auth/v1/validate':
        return Response.json({
          ...exampleOf(contract.auth.validate.output),
          permissions,
          sessionId: session.id,
          impersonatedBy: null,
        })
      case '/auth/v1/sessions': {
        const expiresAt = iso(Math.min(session.expiresAt, session.idleExpiresAt))
        const [example] = exampleOf(contract.account.sessions.output).items
        return Response.json({ items: [{ ...example, id: session.id, current: true, expiresAt }] })
      }
      case '/auth/v1/reauthenticate':
        return signedIn(session, undefined, withCookies)
      case '/auth/v1/account':
        return Response.json(exampleOf(User))
    }
    throw new Error(`No answer for ${request.method} ${pathname}`)
  }

  return {
    fetch: answer,
    counts,
    permissions,
    jar,
    loseAnswers(when: (renewal: number) => boolean) {
      isLost = when
    },
    askForCode() {
      asksForCode = true
    },
    /** Keeps everybody out but devices that are known. */
    lock() {
      isLocked = true
    },
    /** Ends everything, as an administrator can. */
    endSessions() {
      for (const { session } of refreshTokens.values()) session.isOver = true
    },
    /** Sessions that are alive: one for each person who is signed in, and no fork of any. */
    aliveSessions: () => new Set([...refreshTokens.values()].map(({ session }) => session).filter(isAlive)).size,
    unusedTokens: () =>
      [...refreshTokens.values()].filter(({ session, usedAt }) => isAlive(session) && usedAt === undefined).length,
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
