import { createHmac } from 'node:crypto'
import { importJWK, type JWK, SignJWT } from 'jose'
import type { Bar, Someone } from './bar-site.ts'
import { PUBLIC_URL } from './bar-site.ts'

export interface Forgery {
  readonly header?: Readonly<Record<string, unknown>>
  readonly claims?: Readonly<Record<string, unknown>>
  /** Seconds since 1970, each unless the claims say otherwise. */
  readonly iat?: number
  readonly exp?: number
}

/** The key that signs, as only the server should have it. */
export async function signingJwk(bar: Bar): Promise<{ kid: string; privateJwk: JWK; publicJwk: JWK }> {
  const {
    kid,
    sealed,
    public: publicJwk,
  } = await bar.site.server.database.system
    .selectFrom('signing_keys')
    .where('retired_at', 'is', null)
    .selectAll()
    .executeTakeFirstOrThrow()
  const privateJwk = JSON.parse(Buffer.from(bar.box.open(sealed, 'signing-key')).toString()) as JWK
  return { kid, privateJwk, publicJwk: JSON.parse(publicJwk) as JWK }
}

/** The claims of an access token of somebody, good in every respect. */
export function goodClaims(bar: Bar, person: Someone): Record<string, unknown> {
  const now = Math.floor(bar.now / 1000)
  return {
    iss: PUBLIC_URL,
    aud: PUBLIC_URL,
    sub: person.id,
    tenant: bar.shop.tenant.publicId,
    sid: person.sessionId,
    role: 'customer',
    auth_time: now,
    iat: now,
    exp: now + 600,
  }
}

/** A token signed with the server's own key; what is given replaces what would be right, `undefined` leaves it out. */
export async function signed(bar: Bar, person: Someone, { header = {}, claims = {} }: Forgery = {}): Promise<string> {
  const { kid, privateJwk } = await signingJwk(bar)
  return new SignJWT({ ...goodClaims(bar, person), ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, ...header })
    .sign(await importJWK(privateJwk, 'ES256'), { crit: { 'urn:made-up': true } })
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token with any header at all, signed with HMAC under `secret`, or not signed. */
export function unsafeToken(
  header: Readonly<Record<string, unknown>>,
  claims: Readonly<Record<string, unknown>>,
  secret?: string,
): string {
  const text = `${base64url(header)}.${base64url(claims)}`
  return `${text}.${secret === undefined ? '' : createHmac('sha256', secret).update(text).digest('base64url')}`
}
