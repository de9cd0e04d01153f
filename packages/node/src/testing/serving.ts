import { onTestFinished } from 'vitest'
import { type HttpCaller, httpCaller } from './http-caller.ts'
import { type NodeProcess, sourceUrl, startScript } from './node-process.ts'

/** Serves, and works off its jobs where it is told to, until it is killed or ended by SIGTERM. */
const SERVE = `
  const { createServer } = await import(${JSON.stringify(sourceUrl('server.ts'))})
  const { listen } = await import(${JSON.stringify(sourceUrl('adapters/node.ts'))})
  const { smtpTransport } = await import(${JSON.stringify(sourceUrl('providers/smtp/transport.ts'))})
  const { DATABASE, FOLDER, SMTP, AHEAD_MS, NOW, WITH_JOBS } = process.env
  const log = { debug() {}, info() {}, warn: (f, m) => console.error(m, f), error: (f, m) => console.error(m, f) }
  const server = createServer({
    database: DATABASE,
    dataDir: FOLDER,
    widgets: FOLDER,
    limits: 'off',
    log,
    ...(NOW ? { clock: () => Number(NOW) } : AHEAD_MS ? { clock: () => Date.now() + Number(AHEAD_MS) } : {}),
    ...(SMTP ? { mail: smtpTransport({ url: SMTP, from: 'Shop <shop@example.com>' }) } : {}),
  })
  await server.migrate()
  const { port } = await listen(server, { host: '127.0.0.1', port: 0 })
  if (WITH_JOBS) server.jobs.start()
  process.once('SIGTERM', () => server.close().then(() => process.exit(0)))
  process.stdout.write('port ' + port + '.\\n')
`

export interface ServingOptions {
  readonly url: string
  readonly folder: string
  /** `smtp://…`; without it mail lies in the folder. */
  readonly smtp?: string
  /** How much its clock is ahead of the machine's, in ms. */
  readonly aheadMs?: number
  /** Where its clock stands still, so that a slow machine does not matter; ms since 1970. */
  readonly now?: number
  /** Whether it works off the queue. */
  readonly withJobs?: boolean
  /** The statement, counted from the first of its kind, at which it dies by SIGKILL; see `die-at.ts`. */
  readonly dieAt?: { readonly of: 'people' | 'commit'; readonly count: number }
  /** Watched, so that `end` says how many statements there were. */
  readonly isWatched?: boolean
  readonly env?: NodeJS.ProcessEnv
}

/** A server in a process of its own, without limits. */
export interface Serving extends HttpCaller {
  readonly process: NodeProcess
  /** Ends the process as a power cut would, and resolves when it is gone. */
  kill(): Promise<void>
  /** Lets it stop by itself; returns how many statements on people it issued, where it was watched. */
  end(): Promise<number>
}

/** Starts a server over a database and a folder; what is left of it goes when the test ends. */
export async function startServing(options: ServingOptions): Promise<Serving> {
  const { url, folder, smtp = '', aheadMs = 0, withJobs = false, dieAt, isWatched = dieAt !== undefined } = options
  const process = startScript(SERVE, {
    DATABASE: url,
    FOLDER: folder,
    SMTP: smtp,
    AHEAD_MS: aheadMs === 0 ? '' : String(aheadMs),
    NOW: options.now === undefined ? '' : String(options.now),
    WITH_JOBS: withJobs ? 'yes' : '',
    ...(isWatched ? { NODE_OPTIONS: `--import ${sourceUrl('testing/die-at.ts')}` } : {}),
    ...(dieAt ? { TILLWRIGHT_TEST_DIE_OF: dieAt.of, TILLWRIGHT_TEST_DIE_AT: String(dieAt.count) } : {}),
    ...options.env,
  })
  onTestFinished(async () => {
    process.child.kill('SIGKILL')
    await process.ended
  })
  await process.hasWritten('.\n')
  const caller = httpCaller(Number(/port (\d+)/.exec(process.output())![1]))
  return {
    ...caller,
    process,
    async kill() {
      process.child.kill('SIGKILL')
      await process.ended
      caller.close()
    },
    async end() {
      caller.close()
      process.child.kill('SIGTERM')
      const how = await process.ended
      if (how !== 0) throw new Error(`It should have stopped by itself, but ended with ${how}: ${process.errors()}`)
      return Number(/of people: (\d+)/.exec(process.errors())?.[1] ?? Number.NaN)
    },
  }
}
