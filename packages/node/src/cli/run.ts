import { join, resolve } from 'node:path'
import { inspect, parseArgs } from 'node:util'
import { ImportError } from '../imports/errors.ts'
import { diskTransport, type MailTransport } from '../mail/index.ts'
import { jsonLog } from '../observe/log.ts'
import { databaseUrlOf, readSettings, type Settings, SettingsError } from '../options.ts'
import type { IdentityProviderSetup } from '../people/identity-provider.ts'
import { githubProvider } from '../providers/github/provider.ts'
import { googleProvider } from '../providers/google/provider.ts'
import { smtpTransport } from '../providers/smtp/transport.ts'
import { createServer, type Server, type ServerOptions, VERSION } from '../server.ts'
import { publicUrlOf } from './address.ts'
import { auditVerify } from './audit.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { type Command, type CommandContext, CommandError, UsageError } from './command.ts'
import { consoleCommand } from './console.ts'
import { importCommand } from './import.ts'
import { keyCreate, keyList, keyRevoke } from './key.ts'
import { mailPreview } from './mail-preview.ts'
import { migrateCommand } from './migrate.ts'
import { outboxCommand } from './outbox.ts'
import { serveCommand } from './serve.ts'
import { signingKeyRotate } from './signing-key.ts'
import { tenantCreate, tenantList } from './tenant.ts'
import { type Terminal, type TerminalStreams, terminal } from './terminal.ts'
import { trainCommand } from './train.ts'
import { userCreate } from './user.ts'

const COMMANDS: readonly Command[] = [
  serveCommand,
  importCommand,
  trainCommand,
  tenantCreate,
  tenantList,
  userCreate,
  keyCreate,
  keyList,
  keyRevoke,
  signingKeyRotate,
  consoleCommand,
  auditVerify,
  outboxCommand,
  mailPreview,
  backupCommand,
  restoreCommand,
  migrateCommand,
]

export interface Invocation {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly folder: string
  readonly streams: TerminalStreams
  /** Aborted when the person or the system wants the command to end. */
  readonly signal: AbortSignal
}

/** Runs one command line; returns the exit code: 0 done, 1 could not, 2 called wrongly. */
export async function runCommandLine({ argv, env, folder, streams, signal }: Invocation): Promise<number> {
  const screen = terminal(streams)
  if (argv[0] === '--version' || argv[0] === '-v') {
    screen.line(VERSION)
    return 0
  }
  const command = findCommand(argv)
  if (!command) return showHelp(screen, argv)
  let server: Server | undefined
  let mail: ReturnType<typeof mailOf> | undefined
  let log: ReturnType<typeof jsonLog> | undefined
  try {
    const { values, positionals } = parse(command, argv.slice(wordsOf(command).length))
    if (values.help) return showCommandHelp(screen, command)
    refuseMore(command, positionals)
    const settings = readSettings(env, folder)
    const open = async ({ publicUrl = publicUrlOf(settings) } = {}) => {
      if (server) return server
      log = jsonLog(settings.logLevel)
      mail = mailOf(settings)
      server = createServer({ ...serverOptionsOf(settings), publicUrl, mail, log })
      await server.migrate()
      return server
    }
    const context: CommandContext = { settings, terminal: screen, args: positionals, options: values, signal, open }
    await command.run(context)
    return 0
  } catch (error) {
    return showError(error, command, streams)
  } finally {
    await server?.close()
    mail?.close()
    log?.close()
  }
}

function serverOptionsOf(settings: Settings): ServerOptions {
  const { redisUrl, dataDir, docs, environment, trustedProxies, secretKey, requireVerifiedEmail } = settings
  const { adminAddresses, auditRetentionDays } = settings
  return {
    database: databaseUrlOf(settings),
    ...(redisUrl === undefined ? {} : { redis: redisUrl }),
    ...(secretKey === undefined ? {} : { secretKey }),
    dataDir,
    docs: docs ?? environment !== 'production',
    trustedProxies,
    ...(adminAddresses === undefined ? {} : { adminAddresses: adminAddresses.split(',') }),
    auditRetentionDays,
    requireVerifiedEmail,
    webhooks: { allowPrivate: settings.webhooksAllowPrivate },
    identityProviders: identityProvidersOf(settings),
  }
}

function identityProvidersOf(settings: Settings): IdentityProviderSetup[] {
  const { googleClientId, googleClientSecret, githubClientId, githubClientSecret } = settings
  return [
    ...(googleClientId !== undefined && googleClientSecret !== undefined
      ? [googleProvider({ clientId: googleClientId, clientSecret: googleClientSecret })]
      : []),
    ...(githubClientId !== undefined && githubClientSecret !== undefined
      ? [githubProvider({ clientId: githubClientId, clientSecret: githubClientSecret })]
      : []),
  ]
}

/** Sends mail, or keeps it on disk where there is nobody to send it. */
function mailOf({ smtpUrl, mailFrom, dataDir }: Settings): MailTransport & { close(): void } {
  if (smtpUrl !== undefined) return smtpTransport({ url: smtpUrl, from: mailFrom! })
  const folder = join(resolve(dataDir), 'outbox')
  const sender = mailFrom === undefined ? {} : { from: mailFrom }
  return { ...diskTransport({ folder, clock: Date.now, ...sender }), close() {} }
}

function findCommand(argv: readonly string[]): Command | undefined {
  return COMMANDS.find((command) => wordsOf(command).every((word, i) => argv[i] === word))
}

/** The words that name a command: those of its usage up to the first that stands for something. */
function wordsOf({ usage }: Command): string[] {
  const words = usage.split(' ')
  const end = words.findIndex((word) => /[A-Z|]/.test(word))
  return end < 0 ? words : words.slice(0, end)
}

function parse({ options = {} }: Command, args: readonly string[]) {
  const known = Object.entries(options).map(
    ([name, [value]]) => [name, { type: value === null ? 'boolean' : 'string' }] as const,
  )
  try {
    return parseArgs({
      args: [...args],
      options: { ...Object.fromEntries(known), help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** What is given and not read would be believed to have been done. */
function refuseMore(command: Command, positionals: readonly string[]): void {
  const { usage } = command
  if (usage.endsWith('…')) return
  const most = usage.split(' ').length - wordsOf(command).length
  if (positionals.length > most) {
    throw new UsageError(`Do not know what to do with "${positionals.slice(most).join(' ')}"`)
  }
}

function showHelp(screen: Terminal, argv: readonly string[]): number {
  const isAsked = argv.length === 0 || argv[0] === 'help' || argv.includes('--help') || argv.includes('-h')
  if (!isAsked) screen.line(`There is no command "${argv.join(' ')}".\n`)
  screen.line('tillwright: one self-hosted brain for a shop and its money\n')
  const width = Math.max(...COMMANDS.map(({ usage }) => usage.length))
  for (const { usage, summary } of COMMANDS) screen.line(`  ${usage.padEnd(width)}  ${summary}`)
  screen.line('\n  tillwright COMMAND --help shows its options, tillwright --version the version.')
  screen.line('  Settings come from TILLWRIGHT_… variables or tillwright.config.json; see docs/configuration.md.')
  return isAsked ? 0 : 2
}

function showCommandHelp(screen: Terminal, { usage, summary, options = {} }: Command): number {
  screen.line(`tillwright ${usage}\n\n  ${summary}\n`)
  const lines = Object.entries(options).map(
    ([name, [value, meaning]]) => [`--${name}${value ? ` ${value}` : ''}`, meaning] as const,
  )
  const width = Math.max(0, ...lines.map(([left]) => left.length))
  for (const [left, meaning] of lines) screen.line(`  ${left.padEnd(width)}  ${meaning}`)
  return 0
}

function showError(error: unknown, command: Command, { err }: TerminalStreams): number {
  if (error instanceof UsageError) {
    err.write(`${error.message}\nUsage: tillwright ${command.usage}\n`)
    return 2
  }
  const isExpected =
    error instanceof CommandError ||
    error instanceof SettingsError ||
    (error instanceof Error && error.name === ImportError.name)
  err.write(`${isExpected ? (error as Error).message : explained(error)}\n`)
  return 1
}

/** What the system says, with what to do where that is known; else everything, for whoever looks into it. */
function explained(error: unknown): string {
  for (const cause of causesOf(error)) {
    const explanation = knownProblem(cause)
    if (explanation) return explanation
  }
  return inspect(error)
}

/** An error and what caused it, outermost first. A host of several addresses fails with an error for each. */
function* causesOf(error: unknown): Iterable<NodeJS.ErrnoException> {
  if (!(error instanceof Error)) return
  yield error
  if (error instanceof AggregateError) yield* causesOf(error.errors[0])
  yield* causesOf(error.cause)
}

const UNREACHABLE = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/
/** SQLSTATE: login refused, no such database, no right to do this. */
const REFUSED = /^(28...|3D000|42501)$/
const NO_DATABASE = /unable to open database file|file is not a database/

function knownProblem({ code = '', message, syscall }: NodeJS.ErrnoException): string | undefined {
  if (code === 'ENOSPC' || /disk is full/.test(message))
    return 'The disk is full: make room and run the command again; what is stored is safe.'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `No permission: ${message}. Look at TILLWRIGHT_DATA_DIR and TILLWRIGHT_DATABASE_URL.`
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return `There is a file where a folder should be: ${message}. Look at TILLWRIGHT_DATA_DIR.`
  }
  if (code === 'ENOENT' && syscall === 'mkdir') {
    return `The folder cannot be made: ${message}. Look at TILLWRIGHT_DATA_DIR.`
  }
  if (/database is locked/.test(message))
    return 'The database is in use by another command: wait for it to end, then try again.'
  if (UNREACHABLE.test(code) && message) return `The database does not answer: ${message}`
  if (REFUSED.test(code)) return `The database refuses: ${message}`
  if (NO_DATABASE.test(message)) return `The database cannot be opened: ${message}. Look at TILLWRIGHT_DATABASE_URL.`
  return undefined
}
