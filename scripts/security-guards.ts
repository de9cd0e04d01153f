import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GUARDS, type Guard } from './guards.ts'

// Takes the guards of the security bar out, one at a time and in a copy, and looks whether the tests of their statement
// notice. Ends with 1 where one does not. Words after it choose statements: `01 24`.

const LANES = 2
const root = fileURLToPath(new URL('..', import.meta.url))
const source = 'packages/node/src'

/** The tree without what is built, its packages linked. */
function copyOfTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tillwright-guards-'))
  for (const name of ['package.json', 'tsconfig.json', 'vitest.config.ts']) cpSync(join(root, name), join(folder, name))
  cpSync(join(root, 'tests'), join(folder, 'tests'), {
    recursive: true,
    filter: (path) => !path.endsWith('node_modules'),
  })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const name of readdirSync(join(root, 'packages'))) {
    const from = join(root, 'packages', name)
    const to = join(folder, 'packages', name)
    cpSync(from, to, {
      recursive: true,
      filter: (path) => !/\/(node_modules|dist)(\/|$)/.test(path.slice(from.length)),
    })
    if (existsSync(join(from, 'node_modules'))) symlinkSync(join(from, 'node_modules'), join(to, 'node_modules'))
  }
  return folder
}

/** Whether the tests of statements pass in a copy. */
function passes(folder: string, statements: readonly string[]): Promise<boolean> {
  const files = statements.map((statement) => `src/security/bar/${statement}-`)
  const options = ['run', '--project', 'node', ...files, '-t', '(sqlite)', '--bail', '1']
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin/vitest'), options, { cwd: folder, stdio: 'ignore' })
    child.on('error', reject)
    child.on('close', (code) => resolve(code === 0))
  })
}

async function isMissed(folder: string, { statement, file, guard, instead }: Guard): Promise<boolean> {
  const path = join(folder, source, file)
  const whole = readFileSync(path, 'utf8')
  if (!whole.includes(guard)) throw new Error(`${file} has no such guard any more: ${guard}`)
  writeFileSync(
    path,
    whole.replace(guard, () => instead),
  )
  try {
    return !(await passes(folder, [statement]))
  } finally {
    writeFileSync(path, whole)
  }
}

const chosen = process.argv.slice(2)
const waiting = GUARDS.filter(({ statement }) => chosen.length === 0 || chosen.includes(statement))
const unnoticed: Guard[] = []
console.log(' #  without                                                       the tests')

let checked: Promise<boolean> | undefined
function intact(folder: string): Promise<boolean> {
  checked ??= passes(folder, [...new Set(waiting.map(({ statement }) => statement))])
  return checked
}

async function lane(): Promise<void> {
  const folder = copyOfTree()
  try {
    // Tests that fail with every guard in place would notice anything.
    if (!(await intact(folder))) throw new Error('The tests fail as they are')
    for (let guard = waiting.shift(); guard; guard = waiting.shift()) {
      const verdict = await isMissed(folder, guard).catch((error: Error) => error.message)
      if (verdict !== true) unnoticed.push(guard)
      const said = verdict === true ? 'break' : verdict === false ? 'NOTICE NOTHING' : verdict
      console.log(`${guard.statement}  ${guard.says.padEnd(60)}  ${said}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await Promise.all(Array.from({ length: LANES }, lane))
console.log(unnoticed.length === 0 ? 'Every guard is missed.' : `${unnoticed.length} guards are not missed.`)
process.exitCode = unnoticed.length === 0 ? 0 : 1
