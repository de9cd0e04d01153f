import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Principal, Tenant } from '../context.ts'
import type { Database } from '../db/open.ts'
import { isOwnOrigin } from '../http/authenticate.ts'
import type { Incoming } from '../http/incoming.ts'
import { installationSecret } from '../installation/secret.ts'
import type { Clock, SecretBytes } from '../ports.ts'
import { findOpenTenant } from '../tenants/store.ts'

/** How long a link to the console works. A session that it starts ends when the link does. */
const LINK_MS = 12 * 3_600_000
const COOKIE = 'tw_console'

/** Who may run commands on the server may open its console: a signed link says for which tenant. */
export interface ConsoleSessions {
  /** A token for `/console?token=…`. */
  linkToken(tenant: Tenant): Promise<string>
  /** The `Set-Cookie` value that turns a link into a session; `null` where the token is not valid any more. */
  open(token: string, isSecure: boolean): Promise<string | null>
  /** Who holds the session of a request, if there is one and the request comes from the console itself. */
  principalOf(request: Incoming): Promise<Principal | null>
}

export function consoleSessions({
  database,
  clock,
  secretBytes,
}: {
  database: Database
  clock: Clock
  secretBytes: SecretBytes
}): ConsoleSessions {
  let secret: Promise<string> | undefined
  const secretOnce = () => {
    secret ??= installationSecret(database, 'console', secretBytes).catch((error: unknown) => {
      secret = undefined
      throw error
    })
    return secret
  }

  async function sign(purpose: 'link' | 'session', tenantId: number, expiresAt: number): Promise<string> {
    const claims = `${tenantId}.${expiresAt}`
    return `${claims}.${mac(await secretOnce(), purpose, claims)}`
  }

  async function verify(
    purpose: 'link' | 'session',
    token: string,
  ): Promise<{ tenantId: number; expiresAt: number } | null> {
    const [, claims, tenantId, expiresAt, given] = /^((\d{1,15})\.(\d{1,15}))\.([\w-]{43})$/.exec(token) ?? []
    if (claims === undefined || Number(expiresAt) < clock()) return null
    const expected = Buffer.from(mac(await secretOnce(), purpose, claims))
    if (!timingSafeEqual(expected, Buffer.from(given!))) return null
    return { tenantId: Number(tenantId), expiresAt: Number(expiresAt) }
  }

  return {
    linkToken: (tenant) => sign('link', tenant.id, clock() + LINK_MS),
    async open(token, isSecure) {
      const link = await verify('link', token)
      if (link === null) return null
      const value = await sign('session', link.tenantId, link.expiresAt)
      const lastsSeconds = Math.ceil((link.expiresAt - clock()) / 1000)
      const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${lastsSeconds}`
      return isSecure ? `__Host-${COOKIE}=${value}; ${attributes}; Secure` : `${COOKIE}=${value}; ${attributes}`
    },
    async principalOf(request) {
      const token = sessionCookie(request)
      if (token === undefined || !comesFromConsole(request)) return null
      const session = await verify('session', token)
      const tenant = session === null ? undefined : await findOpenTenant(database.system, session.tenantId)
      return tenant ? { kind: 'console', keyId: 'console', tenant, origins: new Set() } : null
    },
  }
}

function mac(secret: string, purpose: string, claims: string): string {
  return createHmac('sha256', secret).update(`${purpose}:${claims}`).digest('base64url')
}

function sessionCookie(request: Incoming): string | undefined {
  const cookies = request.header('cookie') ?? ''
  return new RegExp(`(?:^|; )(?:__Host-)?${COOKIE}=([^;]+)`).exec(cookies)?.[1]
}

/** A cookie alone proves nothing about who wrote the page that sent it: writes must say that they come from our own. */
function comesFromConsole(request: Incoming): boolean {
  const site = request.header('sec-fetch-site')
  // `none`: typed into the address bar, or opened from outside the browser.
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const origin = request.header('origin')
  if (origin !== null) return isOwnOrigin(origin, request)
  return request.method === 'GET' || request.method === 'HEAD'
}
