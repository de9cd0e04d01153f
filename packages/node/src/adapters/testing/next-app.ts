import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const WORKSPACE = fileURLToPath(new URL('../../../../../', import.meta.url))
const EXAMPLE = join(WORKSPACE, 'examples/next')
const ADAPTERS = join(WORKSPACE, 'packages/node/src/adapters')

/** Next.js' command, or `null` where it is not installed. */
export function findNext(): string | null {
  try {
    return createRequire(join(EXAMPLE, 'package.json')).resolve('next/dist/bin/next')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null
    throw error
  }
}

export interface NextApp {
  readonly origin: string
  close(): Promise<void>
}

/**
 * Builds an application and starts it as one would in production. It has three catch-all routes: probe servers at the root
 * and in `/brain`, and a Tillwright server over `dataDir` in `/real`.
 */
export async function startNextApp(command: string, dataDir: string): Promise<NextApp> {
  await mkdir(join(EXAMPLE, '.cache'), { recursive: true })
  const folder = await mkdtemp(join(EXAMPLE, '.cache/app-'))
  const running: ChildProcess[] = []
  const run = (...args: string[]) => {
    const child = spawn(process.execPath, ['--import', join(ADAPTERS, 'testing/child.ts'), command, ...args], {
      cwd: folder,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', DATA_DIR: dataDir },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    running.push(child)
    return child
  }
  const close = async () => {
    for (const child of running) await end(child)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await writeApp(folder)
    await succeeded(run('build'))
    const origin = await saying(run('start', '--port', '0', '--hostname', '127.0.0.1'), /http:\/\/127\.0\.0\.1:\d+/)
    return { origin, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function writeApp(folder: string): Promise<void> {
  await writeFile(join(folder, 'next.config.mjs'), config())
  await writeRoute(folder, '', probeRoute('/'))
  await writeRoute(folder, 'brain', probeRoute('/brain'))
  await writeRoute(folder, 'real', () => REAL_ROUTE)
}

async function writeRoute(folder: string, base: string, source: (adapters: string) => string): Promise<void> {
  const route = join(folder, 'app', base, '[[...path]]')
  await mkdir(route, { recursive: true })
  await writeFile(join(route, 'route.js'), source(relative(route, ADAPTERS)))
}

const config = () => `export default { turbopack: { root: ${JSON.stringify(WORKSPACE)} } }\n`

const EXPORTS = 'export const { GET, POST, PUT, PATCH, DELETE, OPTIONS, HEAD }'

/** The bundler takes the adapter in. */
const probeRoute = (basePath: string) => (adapters: string) =>
  `
import { nextHandlers } from '${adapters}/next.ts'
import { probeServer } from '${adapters}/testing/probe-server.ts'

${EXPORTS} = nextHandlers(probeServer(), {
  basePath: '${basePath}',
  remoteAddress: (request) => request.headers.get('x-platform-address') ?? undefined,
})
`

/** The bundler leaves the server alone, as it does with \`serverExternalPackages\`. */
const REAL_ROUTE = `
const load = (name) => import(/* turbopackIgnore: true */ '${new URL('../../', import.meta.url).href}' + name)

let server
async function start() {
  const { createServer } = await load('server.ts')
  const dataDir = process.env.DATA_DIR
  const server = createServer({ dataDir, widgets: dataDir + '/widgets-1.0.0' })
  await server.migrate()
  return server
}

const { nextHandlers } = await load('adapters/next.ts')
${EXPORTS} = nextHandlers(
  { handle: async (incoming) => (await (server ??= start())).handle(incoming) },
  { basePath: '/real' },
)
`

async function succeeded(child: ChildProcess): Promise<void> {
  const output = outputOf(child)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`next build ended with ${code}:\n${output()}`)
}

async function saying(child: ChildProcess, sign: RegExp): Promise<string> {
  const output = outputOf(child)
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', () => {
      const [found] = sign.exec(output()) ?? []
      if (found !== undefined && output().includes('Ready')) resolve(found)
    })
    child.once('close', (code) => reject(new Error(`next start ended with ${code}:\n${output()}`)))
  })
}

function outputOf({ stdout, stderr }: ChildProcess): () => string {
  let output = ''
  for (const stream of [stdout!, stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  return () => output
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
}
