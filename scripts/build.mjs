import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, root, toolEnv } from './install.mjs'
import { done, fail, progress } from './terminal.mjs'

/** In the order in which they need each other. */
const PACKAGES = ['core', 'widgets', 'node']

/** Builds what has changed since it was last built. Without `types` the declaration files, most of the time, are left out. */
export async function ensureBuilt({ types }) {
  const label = 'Building'
  // A package is built anew when it or one that it is built from has changed.
  let digest = ''
  for (const [i, name] of PACKAGES.entries()) {
    const folder = join(root, 'packages', name)
    if (!existsSync(folder)) continue
    digest = digestOf(folder, digest)
    const stampFile = join(folder, 'dist', '.built.json')
    const stamp = readStamp(stampFile)
    if (stamp.digest === digest && isWhole(folder, types) && (stamp.types || !types)) continue
    progress(label, i / PACKAGES.length, `@tillwright/${name}`)
    const { code, output } = await run('npm', ['run', '--silent', 'build'], folder, types)
    if (code !== 0) fail(`@tillwright/${name} could not be built:\n\n${output.slice(-4000)}`)
    writeFileSync(stampFile, JSON.stringify({ digest, types }))
    if (i === PACKAGES.length - 1) done(label)
  }
}

function run(command, args, cwd, types) {
  const env = toolEnv(types ? {} : { TILLWRIGHT_BUILD_JS_ONLY: '1' })
  const child = spawn(command, args, { cwd, env, shell: process.platform === 'win32' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}

/** Whether a build is there, and not what a build that was broken off left. */
function isWhole(folder, types) {
  const entries = ['index.js', 'index.cjs', ...(types ? ['index.d.ts'] : [])]
  return entries.every((entry) => existsSync(join(folder, 'dist', entry)))
}

function digestOf(folder, before) {
  const hash = createHash('sha256').update(before)
  for (const file of sources(folder)) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function sources(folder) {
  return readdirSync(folder)
    .filter((name) => !['node_modules', 'dist', 'bench'].includes(name))
    .flatMap((name) => {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) return sources(path)
      return /\.(test|suite)\.tsx?$|\.test-d\.ts$/.test(name) ? [] : [path]
    })
    .sort()
}

function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {} // Never built.
  }
}

if (process.argv[1] === join(root, 'scripts', 'build.mjs')) {
  await ensureInstalled('all')
  await ensureBuilt({ types: true })
}
