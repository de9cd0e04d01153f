import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { done, fail, progress } from './terminal.mjs'

export const root = fileURLToPath(new URL('..', import.meta.url))
const PNPM = 'pnpm@12.21.0'
/** Examples of single hosts, whose frameworks the storefront does without. */
const HOST_EXAMPLES = ['express', 'fastify', 'hono', 'next', 'node-service']
/** What the storefront needs of the workspace, and everything. */
const SCOPES = { start: HOST_EXAMPLES.flatMap((name) => ['--filter', `!./examples/${name}`]), all: [] }

/** The environment in which the workspace's own Node and tools come first. */
export function toolEnv(extra = {}) {
  const bin = join(root, 'node_modules', '.bin')
  const separator = process.platform === 'win32' ? ';' : ':'
  return { ...process.env, PATH: `${bin}${separator}${process.env.PATH}`, ...extra }
}

/** Installs what the lock file says, unless it is there. `scope`: `start` for the storefront alone, else `all`. */
export async function ensureInstalled(scope) {
  requireNode()
  const stampFile = join(root, 'node_modules', '.tillwright-installed.json')
  const digest = lockDigest()
  const stamp = readStamp(stampFile)
  if (stamp.digest === digest && (stamp.scope === 'all' || stamp.scope === scope)) return
  const label = 'Installing packages'
  progress(label, 0)
  const { code, errors } = await install(SCOPES[scope], (fraction, note) => progress(label, fraction, note))
  if (code !== 0) fail(explain(errors))
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(stampFile, JSON.stringify({ digest, scope }))
  requireRuntime()
  done(label)
}

function install(filter, onProgress) {
  const args = ['--yes', PNPM, ...filter, 'install', '--frozen-lockfile', '--reporter=ndjson']
  const child = spawn('npx', args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  })
  const counts = { resolved: 0, imported: 0 }
  const errors = []
  let rest = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop()
    for (const line of lines) read(line, counts, errors)
    if (counts.resolved > 0) onProgress(counts.imported / counts.resolved, `${counts.imported} of ${counts.resolved}`)
  })
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, errors: [error.message] }))
    child.on('close', (code) => resolve({ code, errors: [...errors, rest] }))
  })
}

function read(line, counts, errors) {
  if (!line.startsWith('{')) {
    if (line.trim() && !line.startsWith('npm warn')) errors.push(line)
    return
  }
  const event = JSON.parse(line)
  if (event.name === 'pnpm:progress' && event.status in counts) counts[event.status]++
  else if (event.level === 'error') errors.push(event.message ?? event.err?.message ?? line)
}

function explain(errors) {
  const text = errors.join('\n').trim()
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|dns error|network|error sending request/i.test(text)) {
    return `The packages could not be downloaded: is there a network, and is the npm registry reachable?\n\n${text.slice(-1500)}`
  }
  if (/ENOSPC|no space left/i.test(text))
    return 'The disk is full: the packages need about 1 GB. Make room and run the command again.'
  return `The packages could not be installed:\n\n${text.slice(-3000)}`
}

function requireNode() {
  const [major] = process.versions.node.split('.').map(Number)
  if (major < 20) fail(`Node 20 or newer is needed, this is ${process.version}. See https://nodejs.org`)
}

/** The workspace brings Node 24 along where the registry has it for the machine; elsewhere the machine's own must do. */
function requireRuntime() {
  if (existsSync(join(root, 'node_modules', '.bin', 'node'))) return
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return
  fail(`Node 22.18 or newer is needed on ${process.platform} ${process.arch}, this is ${process.version}.`)
}

function lockDigest() {
  const hash = createHash('sha256').update(process.version)
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.cjs', 'package.json', ...manifests()]
  for (const file of files) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

function manifests() {
  return ['packages', 'examples']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name, 'package.json')))
    .concat(join('tests', 'package.json'))
    .filter((file) => existsSync(join(root, file)))
}

function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {} // Never installed, or not to its end.
  }
}
