import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { LOG_LEVELS } from './observe/log.ts'

/** Every setting: its name in the environment is `TILLWRIGHT_` and the name here in capitals with underscores. */
const settingsSchema = z.object({
  /** Folder of the embedded database, of uploads and of backups. */
  dataDir: z.string().min(1).default('tillwright-data'),
  /** `postgres://user:password@host/database`, or a SQLite file. Default: `tillwright.db` in the data folder. */
  databaseUrl: z.string().min(1).optional(),
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(4000),
  /** How the server is reached from outside, without a trailing slash. Default: host and port. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  logLevel: z.enum(LOG_LEVELS).default('info'),
  /** `production` switches `/docs` off unless `docs` says otherwise. */
  environment: z.enum(['development', 'production']).default('development'),
  docs: z.stringbool().or(z.boolean()).optional(),
  /** Proxies in front of the server whose `X-Forwarded-For` is believed. 0: believe nobody. */
  trustedProxies: z.coerce.number().int().min(0).max(10).default(0),
  /** Folder of backups. Default: `backups` in the data folder. */
  backupDir: z.string().min(1).optional(),
  backupRetentionDays: z.coerce.number().int().min(1).max(3650).default(30),
})

export type Settings = z.output<typeof settingsSchema>

const EXAMPLES: Readonly<Record<keyof Settings, string>> = {
  dataDir: '/var/lib/tillwright',
  databaseUrl: 'postgres://tillwright:secret@localhost/tillwright',
  host: '0.0.0.0',
  port: '4000',
  publicUrl: 'https://brain.example.com',
  logLevel: 'info',
  environment: 'production',
  docs: 'false',
  trustedProxies: '1',
  backupDir: '/var/backups/tillwright',
  backupRetentionDays: '30',
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
  const result = settingsSchema.safeParse({ ...fromFile, ...fromEnv })
  if (result.success) return result.data
  const lines = result.error.issues.map(({ path, message }) => {
    const name = String(path[0]) as keyof Settings
    return `${variable(name)}: ${message}. For example: ${variable(name)}=${EXAMPLES[name]}`
  })
  throw new SettingsError(lines.join('\n'))
}

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
