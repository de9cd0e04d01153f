import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

// Runs the tests of the security bar and prints its statements: how many cases each has on each database, and whether they
// hold. Ends with 1 where one does not, or has fewer cases than it should. Words after it choose statements: `01 24`.

const MIN_CASES = 4
const root = fileURLToPath(new URL('..', import.meta.url))
const report = `${root}.cache/security-bar.json`

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly message?: string
    readonly assertionResults: readonly { readonly ancestorTitles: readonly string[]; readonly status: string }[]
  }[]
}

interface Statement {
  readonly number: string
  readonly text: string
  readonly sqlite: number
  readonly postgres: number
  readonly failed: number
}

mkdirSync(`${root}.cache`, { recursive: true })
const files = process.argv.slice(2).map((number) => `src/security/bar/${number}-`)
const options = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
const { status } = spawnSync(
  'vitest',
  ['run', '--project', 'node', ...(files.length > 0 ? files : ['src/security/bar/']), ...options],
  { cwd: root, stdio: 'inherit' },
)

const statements = (JSON.parse(readFileSync(report, 'utf8')) as Report).testResults
  .filter(({ name }) => /^\d\d-/.test(basename(name)))
  .map(({ name, assertionResults: cases }): Statement => {
    const on = (database: string) =>
      cases.filter(({ ancestorTitles: [title = ''], status }) => title.endsWith(`(${database})`) && status === 'passed')
        .length
    const text = cases[0]?.ancestorTitles[0]?.replace(/^\d\d /, '').replace(/ \(\w+\)$/, '') ?? 'could not be read'
    return {
      number: basename(name).slice(0, 2),
      text,
      sqlite: on('sqlite'),
      postgres: on('postgres'),
      failed: cases.filter(({ status }) => status === 'failed').length,
    }
  })
  .toSorted((a, b) => a.number.localeCompare(b.number))

function stateOf({ sqlite, postgres, failed }: Statement): string {
  if (failed > 0) return `BROKEN (${failed})`
  return Math.min(sqlite, postgres) >= MIN_CASES ? 'holds' : 'TOO FEW'
}

const width = Math.max(...statements.map(({ text }) => text.length), 9)
console.log(`\n #  ${'statement'.padEnd(width)}  sqlite  postgres  state`)
for (const statement of statements) {
  const { number, text, sqlite, postgres } = statement
  const cases = `${String(sqlite).padStart(6)}  ${String(postgres).padStart(8)}`
  console.log(`${number}  ${text.padEnd(width)}  ${cases}  ${stateOf(statement)}`)
}
const held = statements.filter((statement) => stateOf(statement) === 'holds').length
console.log(`${held} of ${statements.length} statements hold`)
process.exitCode = status === 0 && held === statements.length ? 0 : 1
