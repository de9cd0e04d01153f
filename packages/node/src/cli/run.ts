import { inspect, parseArgs } from 'node:util'
import { ImportError } from '../imports/errors.ts'
import { jsonLog } from '../observe/log.ts'
import { databaseUrlOf, readSettings, SettingsError } from '../options.ts'
import { createServer, type Server } from '../server.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { type Command, type CommandContext, CommandError, UsageError } from './command.ts'
import { consoleCommand } from './console.ts'
import { importCommand } from './import.ts'
import { keyCreate, keyList, keyRevoke } from './key.ts'
import { migrateCommand } from './migrate.ts'
import { outboxCommand } from './outbox.ts'
import { serveCommand } from './serve.ts'
import { tenantCreate, tenantList } from './tenant.ts'
import { type Terminal, type TerminalStreams, terminal } from './terminal.ts'
import { trainCommand } from './train.ts'

const COMMANDS: readonly Command[] = [
  serveCommand,
  importCommand,
  trainCommand,
  tenantCreate,
  tenantList,
  keyCreate,
  keyList,
  keyRevoke,
  consoleCommand,
  outboxCommand,
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
  const command = findCommand(argv)
  if (!command) return showHelp(screen, argv)
  let server: Server | undefined
  let log: ReturnType<typeof jsonLog> | undefined
  try {
    const { values, positionals } = parse(command, argv.slice(wordsOf(command).length))
    if (values.help) return showCommandHelp(screen, command)
    const settings = readSettings(env, folder)
    const open = async () => {
      if (server) return server
      log = jsonLog(settings.logLevel)
      server = createServer({
        database: databaseUrlOf(settings),
        dataDir: settings.dataDir,
        docs: settings.docs ?? settings.environment !== 'production',
        trustedProxies: settings.trustedProxies,
        log,
      })
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
    log?.close()
  }
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

function showHelp(screen: Terminal, argv: readonly string[]): number {
  const isAsked = argv.length === 0 || argv[0] === 'help' || argv.includes('--help') || argv.includes('-h')
  if (!isAsked) screen.line(`There is no command "${argv.join(' ')}".\n`)
  screen.line('tillwright: one self-hosted brain for a shop and its money\n')
  const width = Math.max(...COMMANDS.map(({ usage }) => usage.length))
  for (const { usage, summary } of COMMANDS) screen.line(`  ${usage.padEnd(width)}  ${summary}`)
  screen.line('\n  tillwright COMMAND --help shows its options.')
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

function knownProblem({ code = '', message }: NodeJS.ErrnoException): string | undefined {
  if (code === 'ENOSPC' || /disk is full/.test(message))
    return 'The disk is full: make room and run the command again; what is stored is safe.'
  if (code === 'EACCES' || code === 'EPERM') return `No permission: ${message}`
  if (/database is locked/.test(message))
    return 'The database is in use by another command: wait for it to end, then try again.'
  if (UNREACHABLE.test(code) && message) return `The database does not answer: ${message}`
  if (REFUSED.test(code)) return `The database refuses: ${message}`
  if (NO_DATABASE.test(message)) return `The database cannot be opened: ${message}. Look at TILLWRIGHT_DATABASE_URL.`
  return undefined
}
