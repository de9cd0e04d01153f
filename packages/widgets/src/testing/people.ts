import type { Session, User } from '@tillwright/core/contract'
import type { Received, Reply } from './http.ts'

/** With this key the canned server takes the browser for signed in. */
export const SIGNED_IN_KEY = 'pk_signed_in'

export function cannedUser(change: Partial<User> = {}): User {
  return {
    id: 'usr_01jj6w2m8p0000000000000001',
    email: 'ann@example.com',
    emailVerified: true,
    name: 'Ann Bell',
    role: 'customer',
    status: 'active',
    twoFactor: false,
    hasPassword: true,
    preferences: {
      language: null,
      timeZone: 'Europe/Paris',
      currency: 'EUR',
      notifications: { receipts: true, offers: false, reports: true },
    },
    createdAt: '2026-01-02T03:04:05.000Z',
    ...change,
  }
}

export function cannedSessions(now = Date.now()): Session[] {
  const session = (id: number, change: Partial<Session>): Session => ({
    id: `ses_01jj6w2m8p000000000000000${id}`,
    current: false,
    createdAt: '2026-01-02T03:04:05.000Z',
    lastUsedAt: new Date(now - 30_000).toISOString(),
    expiresAt: new Date(now + 86_400_000).toISOString(),
    device: 'Firefox on Linux',
    address: '203.0.113.7',
    impersonated: false,
    ...change,
  })
  return [
    session(1, { current: true }),
    session(2, { device: 'Safari on iPhone', lastUsedAt: new Date(now - 3 * 3_600_000).toISOString() }),
    session(3, {
      device: 'Chrome on Windows',
      address: '198.51.100.23',
      lastUsedAt: new Date(now - 4 * 86_400_000).toISOString(),
    }),
  ]
}

export function cannedSignedIn(user = cannedUser()) {
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString()
  return {
    status: 'signed_in' as const,
    user,
    permissions: [],
    tenant: { id: 'ten_01jj6w2m8p0000000000000000', name: 'Corner Shop' },
    session: { id: 'ses_01jj6w2m8p0000000000000001', expiresAt, idleExpiresAt: expiresAt },
    accessExpiresAt: expiresAt,
    answeredAt: new Date().toISOString(),
  }
}

/** A picture as the server draws it: 250 × 250, in squares of ten. */
export const CANNED_QR_CODE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 250 250"><rect fill="white" width="250" height="250"/><path fill="black" d="M20,20h70v70h-70zM160,20h70v70h-70zM20,160h70v70h-70zM110,110h30v30h-30z"/></svg>'

/** As most shops have it: none. */
export const CANNED_PROVIDERS = {
  items: [] as { readonly id: string; readonly label: string }[],
  page: 'https://brain.example/sign-in?tenant=ten_01jj6w2m8p0000000000000000',
}

const ACCEPTED = { status: 'accepted', message: 'Done.' }

/** What the server answers to sign-in and account at its best; `undefined` for other routes. */
export function cannedPeopleAnswer({ method, url }: Received): Reply | undefined {
  const path = url.pathname.replace('/auth/v1/', '')
  const isSignedIn = url.searchParams.get('key') === SIGNED_IN_KEY
  const codes = Array.from({ length: 10 }, (_, n) => `K7QM-4TRD-9XW${n}-2HVB-6NPA-E3C8`)
  const answers: Record<string, unknown> = {
    'GET session': isSignedIn ? { status: 'signed_in', user: cannedUser() } : { status: 'signed_out' },
    'GET sessions': { items: cannedSessions() },
    'GET providers': CANNED_PROVIDERS,
    'GET account/identities': { items: [] },
    'POST login': cannedSignedIn(),
    'POST two-factor': cannedSignedIn(),
    'POST magic-link/use': cannedSignedIn(),
    'POST reauthenticate': cannedSignedIn(),
    'POST account/two-factor': { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://x', qrCode: CANNED_QR_CODE },
    'POST account/two-factor/confirm': { recoveryCodes: codes },
    'POST account/recovery-codes': { recoveryCodes: codes },
    'PATCH account': cannedUser(),
    'GET account/export': { user: cannedUser() },
    'POST logout': null,
    'DELETE account': null,
    'DELETE account/two-factor': null,
  }
  if (!url.pathname.startsWith('/auth/v1/')) return undefined
  const answer = `${method} ${path}` in answers ? answers[`${method} ${path}`] : method === 'POST' ? ACCEPTED : null
  return answer === null ? { status: 204 } : { status: 200, body: JSON.stringify(answer) }
}
