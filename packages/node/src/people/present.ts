import {
  BUILT_IN_ROLES,
  type BuiltInRole,
  type Permission,
  ROLE_PERMISSIONS,
  type User,
} from '@tillwright/core/contract'
import type { UserRow } from './users-store.ts'

const DEFAULT_NOTIFICATIONS = { receipts: true, offers: false, reports: true }

/** What a person and those who look after people both see. */
export function presentPerson(row: UserRow, twoFactor: boolean): Omit<User, 'preferences'> {
  return {
    id: row.id,
    email: row.email,
    emailVerified: row.email_verified_at !== null,
    name: row.name,
    role: row.role,
    status: row.status,
    twoFactor,
    hasPassword: row.password_hash !== null,
    createdAt: new Date(row.created_at).toISOString(),
  }
}

/** A person as they see themselves. */
export function presentUser(row: UserRow, twoFactor: boolean): User {
  return {
    ...presentPerson(row, twoFactor),
    preferences: {
      language: row.language,
      timeZone: row.time_zone,
      currency: row.currency,
      notifications: notificationsOf(row),
    },
  }
}

export function notificationsOf({
  notifications,
}: Pick<UserRow, 'notifications'>): User['preferences']['notifications'] {
  return { ...DEFAULT_NOTIFICATIONS, ...(JSON.parse(notifications) as object) }
}

/** What a role may do; a role that is not there may do nothing. */
export function permissionsOf(
  role: string,
  own: ReadonlyMap<string, readonly Permission[]> = new Map(),
): ReadonlySet<Permission> {
  if ((BUILT_IN_ROLES as readonly string[]).includes(role)) return new Set(ROLE_PERMISSIONS[role as BuiltInRole])
  return new Set(own.get(role))
}

/** `Firefox on Linux`, as well as a header tells. */
export function deviceName(userAgent: string): string {
  const browser = BROWSERS.find(([, sign]) => sign.test(userAgent))?.[0]
  const system = SYSTEMS.find(([, sign]) => sign.test(userAgent))?.[0]
  if (browser && system) return `${browser} on ${system}`
  return browser ?? system ?? 'Unknown device'
}

/** In the order in which they are looked for: Edge calls itself Chrome, and Chrome calls itself Safari. */
const BROWSERS = [
  ['Edge', /\bEdg\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\bFirefox\/|\bFxiOS\//],
  ['Chrome', /\bChrome\/|\bCriOS\//],
  ['Safari', /\bSafari\//],
] as const satisfies readonly (readonly [string, RegExp])[]

const SYSTEMS = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
] as const satisfies readonly (readonly [string, RegExp])[]
