import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { ADDRESS_HINT, unknownScheme } from './db/address.ts'
import { DEFAULT_AUDIT_RETENTION_DAYS, MIN_AUDIT_RETENTION_DAYS } from './housekeeping/retention.ts'
import { parseMailbox } from './mail/message.ts'
import { LOG_LEVELS } from './observe/log.ts'
import { readAddressRanges } from './security/address-ranges.ts'

/** Every setting: its name in the environment is `TILLWRIGHT_` and the name here in capitals with underscores. */
const settingsSchema = z.object({
  /** Folder of the embedded database, of uploads and of backups. */
  dataDir: z.string().min(1).default('tillwright-data'),
  /** `postgres://user:password@host/database`, or a SQLite file. Default: `tillwright.db` in the data folder. */
  databaseUrl: z
    .string()
    .min(1)
    .refine((url) => unknownScheme(url) === null, { error: `No such database: ${ADDRESS_HINT}` })
    .optional(),
  /** `redis://[user:password@]host[:port][/database]`: rate limits that several processes share are counted there. */
  redisUrl: z.url({ protocol: /^rediss?$/ }).optional(),
  host: z.string().min(1).default('127.0.0.1'),
  port: wholeNumber(0, 65_535).default(4000),
  /** How the server is reached from outside, without a trailing slash. Default: host and port. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  logLevel: z.enum(LOG_LEVELS).default('info'),
  /** `production` switches `/docs` off unless `docs` says otherwise. */
  environment: z.enum(['development', 'production']).default('development'),
  docs: z.stringbool().or(z.boolean()).optional(),
  /** Proxies in front of the server whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. 0: believe nobody. */
  trustedProxies: wholeNumber(0, 10).default(0),
  /** Addresses and ranges that may administer, comma-separated. Default: all. */
  adminAddresses: z
    .string()
    .superRefine((text, context) => {
      const fault = faultOfRanges(text)
      if (fault !== null) context.addIssue({ code: 'custom', message: fault })
    })
    .optional(),
  /** How long the audit log is kept. */
  auditRetentionDays: wholeNumber(MIN_AUDIT_RETENTION_DAYS, 3650).default(DEFAULT_AUDIT_RETENTION_DAYS),
  /** Folder of backups. Default: `backups` in the data folder. */
  backupDir: z.string().min(1).optional(),
  backupRetentionDays: wholeNumber(1, 3650).default(30),
  /** `smtps://user:password@host:465` or `smtp://user:password@host:587`. Default: mail lies in `outbox` in the data folder. */
  smtpUrl: z.url({ protocol: /^smtps?$/, error: 'must be smtps://user:password@host:port' }).optional(),
  /** Who mail is from: an address, or a name and an address in brackets. */
  mailFrom: z.string().refine(isMailbox, 'must be an address, or a name and an address in brackets').optional(),
  /** Seals secrets in the database: 32 bytes in base64, older ones after commas. Default: `secret.key` in the data folder. */
  secretKey: z
    .string()
    .regex(/^\s*[\w+/-]{43}=?\s*(,\s*[\w+/-]{43}=?\s*)*$/, 'must be 32 bytes in base64 (openssl rand -base64 32)')
    .optional(),
  /** Whether people must confirm their address before they can sign in. */
  requireVerifiedEmail: z.stringbool().or(z.boolean()).default(false),
  /** Lets webhooks be http and at private addresses. For development: production refuses it. */
  webhooksAllowPrivate: z.stringbool().or(z.boolean()).default(false),
  /** Of the OAuth client at Google; both or none. */
  googleClientId: z.string().min(1).optional(),
  googleClientSecret: z.string().min(1).optional(),
  /** Of the OAuth app at GitHub; both or none. */
  githubClientId: z.string().min(1).optional(),
  githubClientSecret: z.string().min(1).optional(),
})

function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error })
}

function faultOfRanges(text: string): string | null {
  try {
    readAddressRanges(text)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

function isMailbox(text: string): boolean {
  try {
    parseMailbox(text)
    return true
  } catch {
    return false
  }
}

export type Settings = z.output<typeof settingsSchema>

const EXAMPLES: Readonly<Record<keyof Settings, string>> = {
  dataDir: '/var/lib/tillwright',
  databaseUrl: 'postgres://tillwright:secret@localhost/tillwright',
  redisUrl: 'redis://localhost:6379',
  host: '0.0.0.0',
  port: '4000',
  publicUrl: 'https://brain.example.com',
  logLevel: 'info',
  environment: 'production',
  docs: 'false',
  trustedProxies: '1',
  adminAddresses: '203.0.113.7,10.0.0.0/8,2001:db8::/32',
  auditRetentionDays: '90',
  backupDir: '/var/backups/tillwright',
  backupRetentionDays: '30',
  smtpUrl: 'smtps://shop:secret@mail.example.com:465',
  mailFrom: 'Shop <shop@example.com>',
  // No key: somebody would use it.
  secretKey: '$(openssl rand -base64 32)',
  requireVerifiedEmail: 'true',
  webhooksAllowPrivate: 'true',
  googleClientId: '1234567890-abc.apps.googleusercontent.com',
  googleClientSecret: 'GOCSPX-…',
  githubClientId: 'Ov23li…',
  githubClientSecret: '0123456789abcdef…',
}

/** Settings that cannot be used; the message has a line for each: its name, what is wrong, and an example. */
export class SettingsError extends Error {
  override name = 'SettingsError'
}

export const SETTINGS_FILE = 'tillwright.config.json'

/**
 * Reads settings from an optional JSON file (`TILLWRIGHT_CONFIG`, else `tillwright.config.json` in `folder` if there) and
 * the environment, which wins. Throws `SettingsError`.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>, folder: string): Settings {
  const fromFile = readFile(env.TILLWRIGHT_CONFIG, folder)
  const fromEnv = Object.fromEntries(
    Object.keys(settingsSchema.shape).flatMap((name) => {
      const value = env[variable(name)]
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )
  const unknown = Object.keys(fromFile).filter((name) => !(name in settingsSchema.shape))
  if (unknown.length > 0) {
    throw new SettingsError(
      `Unknown setting ${unknown.join(', ')}. There are: ${Object.keys(settingsSchema.shape).join(', ')}`,
    )
  }
  const given: Readonly<Record<string, unknown>> = { ...fromFile, ...fromEnv }
  const result = settingsSchema.safeParse(given)
  const faults = result.success
    ? faultsBetween(result.data)
    : result.error.issues.map(({ path, message }): Fault => [String(path[0]) as keyof Settings, message])
  if (result.success && faults.length === 0) return result.data
  const lines = faults.map(([name, message]) => {
    const got = HOLD_SECRETS.has(name) || given[name] === undefined ? '' : `, got ${JSON.stringify(given[name])}`
    return `${variable(name)}: ${message}${got}. For example: ${variable(name)}=${EXAMPLES[name]}`
  })
  throw new SettingsError(lines.join('\n'))
}

type Fault = readonly [name: keyof Settings, message: string]

/** What is wrong with settings that are sound each by itself. */
function faultsBetween(settings: Settings): Fault[] {
  const faults: Fault[] = []
  if (settings.smtpUrl !== undefined && settings.mailFrom === undefined) {
    faults.push(['mailFrom', `must say who mail is from, since ${variable('smtpUrl')} is set`])
  }
  if (settings.webhooksAllowPrivate && settings.environment === 'production') {
    faults.push(['webhooksAllowPrivate', 'is for development only: production sends webhooks to public addresses'])
  }
  for (const pair of [
    ['googleClientId', 'googleClientSecret'],
    ['githubClientId', 'githubClientSecret'],
  ] as const) {
    const missing = pair.filter((name) => settings[name] === undefined)
    const there = pair.find((name) => settings[name] !== undefined)
    if (there && missing[0]) faults.push([missing[0], `must be set as well, since ${variable(there)} is`])
  }
  return faults
}

/** Their values are shown to nobody. */
const HOLD_SECRETS: ReadonlySet<string> = new Set([
  'databaseUrl',
  'redisUrl',
  'smtpUrl',
  'secretKey',
  'googleClientSecret',
  'githubClientSecret',
])

/** The database that settings mean. */
export function databaseUrlOf(settings: Settings): string {
  return settings.databaseUrl ?? join(resolve(settings.dataDir), 'tillwright.db')
}

function variable(name: string): string {
  return `TILLWRIGHT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

function readFile(path: string | undefined, folder: string): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(path ?? join(folder, SETTINGS_FILE), 'utf8')
  } catch (cause) {
    if (path === undefined && (cause as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new SettingsError(`TILLWRIGHT_CONFIG: cannot read ${path ?? SETTINGS_FILE}: ${(cause as Error).message}`, {
      cause,
    })
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch (cause) {
    throw new SettingsError(`${path ?? SETTINGS_FILE} is not valid JSON: ${(cause as Error).message}`, { cause })
  }
  throw new SettingsError(`${path ?? SETTINGS_FILE} must hold one JSON object`)
}
