import { randomBytes, randomUUID } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { contract, newId } from '@tillwright/core/contract'
import { tillwrightOpenApi } from '@tillwright/core/openapi'
import { type ChatOptions, DEFAULT_CHAT_OPTIONS } from './chat/index.ts'
import { type ConsoleSessions, consoleSessions } from './console/sessions.ts'
import { staffSession } from './console/staff-session.ts'
import { databaseClock } from './db/database-clock.ts'
import { migrations } from './db/migrations.ts'
import { type Database, openDatabase } from './db/open.ts'
import { createDomains, type Tools } from './domains.ts'
import { folderStore } from './files/folder-store.ts'
import { DEFAULT_AUDIT_RETENTION_DAYS, MIN_AUDIT_RETENTION_DAYS } from './housekeeping/retention.ts'
import type { Housekeeping } from './housekeeping/service.ts'
import { adminGate } from './http/admin-gate.ts'
import { createHandle, type Handle } from './http/handle.ts'
import { fromRequest } from './http/incoming.ts'
import { createRequestScope } from './http/request-scope.ts'
import { toResponse } from './http/to-response.ts'
import { installationBox } from './installation/secret-key.ts'
import { type JobHandler, type Jobs, jobRunner } from './jobs/runner.ts'
import { keyRing } from './keys/service.ts'
import { createDrain } from './lifecycle/drain.ts'
import { within } from './lifecycle/within.ts'
import {
  addressBlocks,
  type LimitStore,
  limiter,
  limitStores,
  type RouteLimitsPorts,
  routeLimits,
} from './limits/index.ts'
import { diskTransport, type MailTransport } from './mail/index.ts'
import { silentLog } from './observe/log.ts'
import { consolePage } from './pages/console.ts'
import { docsPage } from './pages/docs.ts'
import { signInPage } from './pages/sign-in.ts'
import { readWidgetFiles } from './pages/widget-files.ts'
import { keepWidgetVersion, olderWidgetFile } from './pages/widget-versions.ts'
import { widgetsPage } from './pages/widgets.ts'
import type { IdentityProviderSetup } from './people/identity-provider.ts'
import { setUpProviders } from './people/set-up-providers.ts'
import type { Clock, FileStore, Logger, Random, SecretBytes } from './ports.ts'
import { receiptPage } from './receipts/index.ts'
import { createRouter } from './router.ts'
import { readAddressRanges } from './security/address-ranges.ts'
import { pinnedFetch } from './security/outgoing-url.ts'
import { type PasswordHasher, passwordHasher } from './security/passwords.ts'
import { embeddedChecks } from './system/checks.ts'
import { type Lifecycle, systemService } from './system/service.ts'
import { findOpenTenant, onlyTenant } from './tenants/service.ts'
import type { OutgoingPorts, WebhooksOptions } from './webhooks/index.ts'

/** Requests and jobs under way are given this long to end before the server stops, in ms. */
export const DRAIN_MS = 30_000
/** And then connections to the database this long, in ms. */
const CLOSE_MS = 5_000

export interface ServerOptions {
  /** `postgres://…`, a SQLite file, or `:memory:`. Default: `tillwright.db` in `dataDir`. */
  readonly database?: string
  /**
   * Folder for uploads, reject files, the embedded database, the key of secrets and unsent mail. Default: `tillwright-data`;
   * with `:memory:`, a temporary folder that goes when the server closes.
   */
  readonly dataDir?: string
  /** Where files are kept. Default: `files` in `dataDir`. */
  readonly files?: FileStore
  /** Folder with the built widgets (`manifest.json` in it). Default: that of the installed `@tillwright/widgets`. */
  readonly widgets?: string
  /** Whether `/docs` shows the API to people. Default `true`; switch it off in production. */
  readonly docs?: boolean
  /** Proxies in front whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed, counted from the server. Default 0: believe nobody. */
  readonly trustedProxies?: number
  /** How the server is reached from outside, without a trailing slash: mails lead there. Default: `http://localhost:4000`. */
  readonly publicUrl?: string
  /** 32 bytes in base64 that seal secrets in the database; older ones after commas. Default: `secret.key` in `dataDir`. */
  readonly secretKey?: string
  /** What sends mail. Default: files in `outbox` in `dataDir`, for `tillwright outbox` to show. */
  readonly mail?: MailTransport
  /** Whether people must confirm their address before they can sign in. Default `false`. */
  readonly requireVerifiedEmail?: boolean
  /** Google, GitHub and other providers that people may sign in with, such as `googleProvider({ … })`. Default: none. */
  readonly identityProviders?: readonly IdentityProviderSetup[]
  /** How providers are reached. Default: Node's. */
  readonly fetch?: typeof fetch
  readonly webhooks?: WebhooksOptions
  /** What the assistant can do beyond what comes with it, and how it is trained. */
  readonly chat?: Partial<ChatOptions>
  /**
   * How addresses that people entered are looked up and called. Default: the machine's name servers, and a connection to
   * exactly what was looked up.
   */
  readonly outgoing?: Partial<OutgoingPorts>
  /**
   * Addresses and ranges (`203.0.113.7`, `10.0.0.0/8`, `2001:db8::/32`) that may administer: everything below `/admin`, and
   * the console. Everybody else gets 403. Default: all addresses.
   */
  readonly adminAddresses?: readonly string[] | undefined
  /** Days after which entries of the audit log are removed, 30 at least. Default 90. */
  readonly auditRetentionDays?: number
  /** What hashes passwords. Default: argon2id, one for each core at a time. */
  readonly hasher?: PasswordHasher
  /** `redis://…`: rate limits are counted there, for all processes that share it. Default: each process counts by itself. */
  readonly redis?: string
  /** `off`, for load tests; or where requests and sign-ins are counted. Default: see `redis`; sign-ins in the database. */
  readonly limits?: 'off' | LimitStore | undefined
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
  /**
   * The same without Web objects, for the adapters: half the cost.
   * @internal
   */
  readonly handle: Handle
  /** `start` begins housekeeping as well. */
  readonly jobs: Jobs
  /** Removes what has had its day; `jobs.start` has it done every hour. */
  readonly housekeeping: Housekeeping
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

/** Builds a server. The database is opened, and files are written, when something is asked of it: `migrate` first. */
export function createServer(options: ServerOptions = {}): Server {
  if (options.webhooks?.allowPrivate && process.env.NODE_ENV === 'production') {
    throw new TypeError('webhooks.allowPrivate is for development only: it lets webhooks call private addresses')
  }
  // What is in memory leaves nothing behind, files included.
  const isPassing = options.database === ':memory:' && options.dataDir === undefined
  const dataDir = isPassing
    ? join(tmpdir(), `tillwright-${randomUUID()}`)
    : resolve(options.dataDir ?? 'tillwright-data')
  const databaseUrl = options.database ?? join(dataDir, 'tillwright.db')
  const random = options.random ?? Math.random
  const secretBytes = options.secretBytes ?? ((count: number) => randomBytes(count))
  const log = options.log ?? silentLog
  const files = options.files ?? folderStore(join(dataDir, 'files'))
  const database = openDatabase(databaseUrl)
  const time = databaseClock({ database, own: Date.now, log })
  const clock = options.clock ?? time.clock
  const lifecycle: Lifecycle = { phase: 'starting' }
  const requestScope = createRequestScope()
  const widgets = readWidgetFiles(options.widgets)
  const mail = options.mail ?? diskTransport({ folder: join(dataDir, 'outbox'), clock })

  const system = systemService({
    database,
    clock,
    version: VERSION,
    startedAt: clock(),
    lifecycle,
    checks: embeddedChecks({ hasWidgets: widgets !== null, hasOwnFiles: options.files !== undefined, mail }),
  })
  const keys = keyRing(database, clock)
  const onlyOne = onlyTenant(database)
  const stores = limitStores({ database, redis: options.redis, limits: options.limits, log })
  const onBlocked: RouteLimitsPorts['onBlocked'] = (...block) => domains.noteBlock(...block)
  const limits = stores && routeLimits({ ...stores, clock, log, onBlocked })
  const blocks = addressBlocks({ database, clock })
  const domains = createDomains({
    limits,
    addressBlocks: blocks,
    auditRetentionDays: soundRetention(options.auditRetentionDays),
    mailTransport: mail,
    webhooks: options.webhooks ?? {},
    chat: { ...DEFAULT_CHAT_OPTIONS, ...options.chat },
    outgoing: { lookup: (host) => lookup(host, { all: true }), fetch: pinnedFetch, ...options.outgoing },
    people: {
      secretBytes,
      hasher: options.hasher ?? passwordHasher(),
      box: installationBox({ keys: options.secretKey, file: join(dataDir, 'secret.key'), secretBytes }),
      publicUrl: (options.publicUrl ?? 'http://localhost:4000').replace(/\/+$/, ''),
      requireVerifiedEmail: options.requireVerifiedEmail ?? false,
      limiter: stores && limiter({ store: stores.requests, clock, log }),
      identityProviders: setUpProviders(options.identityProviders ?? [], { fetch: options.fetch ?? fetch, clock }),
      originsOf: (tenantId) => keys.originsOf(tenantId),
      tenantNamed: (publicId) => findOpenTenant(database, publicId),
      onlyTenant: onlyOne,
    },
    database,
    databaseUrl,
    files,
    clock,
    random,
    log,
    system,
    requestScope,
    wakeJobs: () => jobs.wake(),
  })
  const jobs = jobRunner({
    database,
    clock,
    random,
    log,
    handlers: domains.jobs as Readonly<Record<string, JobHandler>>,
    owner: newId('run', clock, random) + randomUUID().slice(0, 4),
  })
  const console = consoleSessions({ database, clock, secretBytes })
  const authenticators = { keys, consoleSessions: console, people: domains.people.authenticator }
  const gate =
    options.adminAddresses &&
    adminGate({
      ...authenticators,
      ranges: readAddressRanges(options.adminAddresses.join(',')),
      trustedProxies: options.trustedProxies ?? 0,
      limits,
      noteDenial: domains.noteDenial,
    })
  const route = createRouter(contract, domains.handlers, {
    ...authenticators,
    consoleSessions: gate?.consoleSessions ?? console,
    noteDenial: domains.noteDenial,
    database,
    files,
    limits,
    addressBlocks: blocks,
    clock,
    random,
    log,
  })
  const drain = createDrain()
  const handle = createHandle({
    route,
    pages: [
      docsPage(tillwrightOpenApi(VERSION), { isShown: options.docs ?? true }),
      consolePage(widgets, gate?.consoleSessions ?? console, staffSession(domains.people.authenticator)),
      signInPage(widgets, {
        secretBytes,
        findTenant: (id) => (id === null ? onlyOne() : findOpenTenant(database, id)),
      }),
      receiptPage({
        ...domains.receipts,
        database,
        secretBytes,
        findTenant: (id) => findOpenTenant(database, id),
      }),
      ...(widgets ? [widgetsPage(widgets, olderWidgetFile(files))] : []),
    ],
    gate,
    keys,
    clock,
    random,
    log,
    drain,
    lifecycle,
    requestScope,
    trustedProxies: options.trustedProxies ?? 0,
  })

  let closed: Promise<void> | undefined
  async function close(): Promise<void> {
    lifecycle.phase = 'draining'
    const tidied = within(DRAIN_MS, domains.housekeeping.stop())
    await Promise.all([jobs.stop(DRAIN_MS), tidied, drain.drained(DRAIN_MS)])
    stores?.close()
    domains.endChat()
    time.stop()
    // A job that has not ended may hold a connection for ever.
    await within(CLOSE_MS, database.close())
    if (isPassing) await rm(dataDir, { recursive: true, force: true })
  }

  return {
    async fetch(request, { remoteAddress } = {}) {
      return toResponse(await handle(fromRequest(request, remoteAddress)))
    },
    handle,
    jobs: { ...jobs, start: () => void [jobs.start(), domains.housekeeping.start()] },
    housekeeping: domains.housekeeping,
    database,
    console,
    tools: domains.tools,
    widgets: widgets && { version: widgets.version, loaderIntegrity: widgets.files.get('loader.js')!.integrity },
    async migrate() {
      if (isPassing) await mkdir(dataDir, { recursive: true, mode: 0o700 })
      const applied = await database.migrate(migrations)
      if (!options.clock) await time.start()
      if (widgets) await keepWidgetVersion(files, widgets)
      await stores?.open()
      lifecycle.phase = 'running'
      return applied
    },
    close() {
      closed ??= close()
      return closed
    },
  }
}

function soundRetention(days = DEFAULT_AUDIT_RETENTION_DAYS): number {
  if (Number.isSafeInteger(days) && days >= MIN_AUDIT_RETENTION_DAYS) return days
  throw new RangeError(`auditRetentionDays is a whole number from ${MIN_AUDIT_RETENTION_DAYS}, not ${days}`)
}

/** The package's version. */
export const VERSION = readVersion()

/** From the package.json beside `dist` or `src`. */
function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}
