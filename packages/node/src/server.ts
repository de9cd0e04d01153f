import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { contract, newId } from '@tillwright/core/contract'
import { tillwrightOpenApi } from '@tillwright/core/openapi'
import { type ConsoleSessions, consoleSessions } from './console/sessions.ts'
import { migrations } from './db/migrations.ts'
import { type Database, openDatabase } from './db/open.ts'
import { createDomains, type Tools } from './domains.ts'
import { folderStore } from './files/folder-store.ts'
import { createHandle, type Handle } from './http/handle.ts'
import { fromRequest } from './http/incoming.ts'
import { toResponse } from './http/to-response.ts'
import { installationBox } from './installation/secret-key.ts'
import { type JobHandler, type Jobs, jobRunner } from './jobs/runner.ts'
import { keyRing } from './keys/service.ts'
import { createDrain } from './lifecycle/drain.ts'
import { diskTransport, type MailTransport } from './mail/index.ts'
import { silentLog } from './observe/log.ts'
import { consolePage } from './pages/console.ts'
import { docsPage } from './pages/docs.ts'
import { readWidgetFiles } from './pages/widget-files.ts'
import { keepWidgetVersion, olderWidgetFile } from './pages/widget-versions.ts'
import { widgetsPage } from './pages/widgets.ts'
import type { Clock, FileStore, Logger, Random, SecretBytes } from './ports.ts'
import { createRouter } from './router.ts'
import { passwordHasher } from './security/passwords.ts'
import { type Lifecycle, systemService } from './system/service.ts'
import { onlyTenant } from './tenants/service.ts'

/** Requests and jobs under way are given this long to end before the server stops, in ms. */
export const DRAIN_MS = 30_000
const JOB_CONCURRENCY = 2

export interface ServerOptions {
  /** `postgres://…`, a SQLite file, or `:memory:`. Default: `tillwright.db` in `dataDir`. */
  readonly database?: string
  /** Folder for uploads, reject files and the embedded database. Default: `tillwright-data`. */
  readonly dataDir?: string
  /** Where files are kept. Default: `files` in `dataDir`. */
  readonly files?: FileStore
  /** Folder with the built widgets (`manifest.json` in it). Default: that of the installed `@tillwright/widgets`. */
  readonly widgets?: string
  /** Whether `/docs` shows the API to people. Default `true`; switch it off in production. */
  readonly docs?: boolean
  /** Proxies in front whose `X-Forwarded-For` is believed, counted from the server. Default 0: believe nobody. */
  readonly trustedProxies?: number
  /** How the server is reached from outside, without a trailing slash: mails lead there. Default: `http://localhost:4000`. */
  readonly publicUrl?: string
  /** 32 bytes in base64 that seal secrets in the database; older ones after commas. Default: `secret.key` in `dataDir`. */
  readonly secretKey?: string
  /** What sends mail. Default: files in `outbox` in `dataDir`, for `tillwright outbox` to show. */
  readonly mail?: MailTransport
  /** Whether people must confirm their address before they can sign in. Default `false`. */
  readonly requireVerifiedEmail?: boolean
  readonly log?: Logger
  readonly clock?: Clock
  readonly random?: Random
  readonly secretBytes?: SecretBytes
}

export interface ServerFetchInfo {
  /** Address of the peer. */
  readonly remoteAddress?: string | undefined
}

export type ServerFetch = (request: Request, info?: ServerFetchInfo) => Promise<Response>

export interface Server {
  /**
   * Answers a request. `remoteAddress` is the peer's, which a Web request does not carry: adapters pass it in. Never
   * throws.
   */
  readonly fetch: ServerFetch
  /** The same without Web objects, for hosts that have none: half the cost. */
  readonly handle: Handle
  readonly jobs: Jobs
  readonly database: Database
  readonly console: ConsoleSessions
  /** What commands do at once and the server does in jobs. */
  readonly tools: Tools
  /** Version and digests of the widgets that it serves; `null` where there are none. */
  readonly widgets: { readonly version: string; readonly loaderIntegrity: string } | null
  /** Brings the database up to date; returns the steps that were applied. Until then `/ready` says no. */
  migrate(): Promise<string[]>
  /** Takes no more work, lets what is under way end (30 s at most), and closes the database. */
  close(): Promise<void>
}

/** Builds a server. Nothing is opened, read or listened to before it is asked to. */
export function createServer(options: ServerOptions = {}): Server {
  const dataDir = resolve(options.dataDir ?? 'tillwright-data')
  const databaseUrl = options.database ?? join(dataDir, 'tillwright.db')
  const clock = options.clock ?? Date.now
  const random = options.random ?? Math.random
  const secretBytes = options.secretBytes ?? ((count: number) => randomBytes(count))
  const log = options.log ?? silentLog
  const files = options.files ?? folderStore(join(dataDir, 'files'))
  const database = openDatabase(databaseUrl)
  const lifecycle: Lifecycle = { phase: 'starting' }
  const widgets = readWidgetFiles(options.widgets)

  const system = systemService({
    database,
    clock,
    version: VERSION,
    startedAt: clock(),
    lifecycle,
    checks: [() => widgetsCheck(widgets !== null)],
  })
  const keys = keyRing(database)
  const domains = createDomains({
    mailTransport: options.mail ?? diskTransport({ folder: join(dataDir, 'outbox'), clock }),
    people: {
      secretBytes,
      hasher: passwordHasher(),
      box: installationBox({ keys: options.secretKey, file: join(dataDir, 'secret.key'), secretBytes }),
      publicUrl: (options.publicUrl ?? 'http://localhost:4000').replace(/\/+$/, ''),
      requireVerifiedEmail: options.requireVerifiedEmail ?? false,
      originsOf: (tenantId) => keys.originsOf(tenantId),
      onlyTenant: onlyTenant(database),
    },
    database,
    databaseUrl,
    files,
    clock,
    random,
    log,
    system,
    wakeJobs: () => jobs.wake(),
  })
  const jobs = jobRunner({
    database,
    clock,
    random,
    log,
    handlers: domains.jobs as Readonly<Record<string, JobHandler>>,
    concurrency: JOB_CONCURRENCY,
    owner: newId('run', clock, random) + randomUUID().slice(0, 4),
  })
  const console = consoleSessions({ database, clock, secretBytes })
  const route = createRouter(contract, domains.handlers, {
    keys,
    consoleSessions: console,
    people: domains.people.authenticator,
    database,
    files,
    clock,
    random,
    log,
  })
  const drain = createDrain()
  const handle = createHandle({
    route,
    pages: [
      docsPage(tillwrightOpenApi(VERSION), { isShown: options.docs ?? true }),
      consolePage(widgets, console),
      ...(widgets ? [widgetsPage(widgets, olderWidgetFile(files))] : []),
    ],
    keys,
    clock,
    random,
    log,
    drain,
    lifecycle,
    trustedProxies: options.trustedProxies ?? 0,
  })

  let closed: Promise<void> | undefined
  async function close(): Promise<void> {
    lifecycle.phase = 'draining'
    await Promise.all([jobs.stop(), drain.drained(DRAIN_MS)])
    await database.close()
  }

  return {
    async fetch(request, { remoteAddress } = {}) {
      return toResponse(await handle(fromRequest(request, remoteAddress)))
    },
    handle,
    jobs,
    database,
    console,
    tools: domains.tools,
    widgets: widgets && { version: widgets.version, loaderIntegrity: widgets.files.get('loader.js')!.integrity },
    async migrate() {
      const applied = await database.migrate(migrations)
      if (widgets) await keepWidgetVersion(files, widgets)
      lifecycle.phase = 'running'
      return applied
    },
    close() {
      closed ??= close()
      return closed
    },
  }
}

function widgetsCheck(isThere: boolean) {
  if (isThere) return { name: 'widgets', status: 'ok' as const }
  const detail = '@tillwright/widgets is not installed beside the server: /widgets and /console have nothing to serve'
  return { name: 'widgets', status: 'degraded' as const, detail }
}

const VERSION = readVersion()

/** The package's own version, from its package.json beside `dist` or `src`. */
function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}
