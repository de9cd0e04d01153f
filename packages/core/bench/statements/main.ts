import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  balancesAgree,
  fingerprintsOf,
  readStatement,
  type Statement,
  StatementError,
} from '../../src/brain/statements/index.ts'

/** What a file is expected to be, by its name. */
const KINDS: Readonly<Record<string, string>> = {
  '.ofx': 'ofx',
  '.qfx': 'ofx',
  '.qif': 'qif',
  '.xml': 'camt',
  '.sta': 'mt940',
  '.940': 'mt940',
  '.csv': 'csv',
}
const USAGE = `npm run bench:statements -- --data DIR [--currency EUR] [--order dmy|mdy|ymd]
Reads each file below DIR that ends with ${Object.keys(KINDS).join(', ')}.`

interface Row {
  readonly file: string
  readonly kind: string
  readonly outcome: 'read' | 'refused' | 'FAILED'
  readonly notes: string
  readonly ms: number
}

const { values } = parseArgs({
  options: { data: { type: 'string' }, currency: { type: 'string' }, order: { type: 'string' } },
})
const order = (['dmy', 'mdy', 'ymd'] as const).find((one) => one === values.order)
if (!values.data || (values.order && !order)) {
  console.error(USAGE)
  process.exit(2)
}
const options = { ...(values.currency && { currency: values.currency }), ...(order && { dateOrder: order }) }
const files = readdirSync(values.data, { recursive: true, encoding: 'utf8' }).filter((name) => extname(name) in KINDS)
const rows = files.sort().map((file) => look(join(values.data!, file), file))
for (const { file, outcome, notes, ms } of rows)
  console.log(`${outcome.padEnd(8)} ${file.padEnd(62)} ${ms.toFixed(1).padStart(6)} ms  ${notes}`)

console.log()
let isMet = true
for (const [kind, own] of Map.groupBy(rows, (row) => row.kind)) {
  const count = (outcome: Row['outcome']) => own.filter((row) => row.outcome === outcome).length
  const answered = own.length - count('FAILED')
  if (answered < own.length) isMet = false
  const verdict = answered === own.length ? 'met' : 'MISSED'
  console.log(
    `${kind.padEnd(6)} ${answered}/${own.length} read or refused with a reason (${count('read')} read, ${count('refused')} refused)  ${verdict}`,
  )
}
process.exitCode = isMet ? 0 : 1

function look(path: string, file: string): Row {
  const kind = KINDS[extname(file)]!
  const bytes = readFileSync(path)
  const start = performance.now()
  const row = (outcome: Row['outcome'], notes: string): Row => ({
    file,
    kind,
    outcome,
    notes,
    ms: performance.now() - start,
  })
  try {
    const statement = readStatement(bytes, options)
    const [broken] = problems(statement, readStatement(bytes, options), kind)
    return broken ? row('FAILED', broken) : row('read', summary(statement))
  } catch (error) {
    return error instanceof StatementError
      ? row('refused', `${error.code}: ${error.message}`)
      : row('FAILED', String(error))
  }
}

/** What must hold of every file: its own format, one fingerprint an entry, the same ones when it is read again. */
function* problems(statement: Statement, again: Statement, kind: string): Generator<string> {
  if (statement.format !== kind) yield `taken for ${statement.format}`
  for (const [i, account] of statement.accounts.entries()) {
    const prints = fingerprintsOf(account)
    if (new Set(prints).size !== prints.length) yield `two entries of ${account.id} have one fingerprint`
    if (prints.join() !== fingerprintsOf(again.accounts[i]!).join())
      yield `entries of ${account.id} get other fingerprints when read again`
  }
}

function summary({ accounts, rejected, warnings }: Statement): string {
  const entries = accounts.reduce((sum, { transactions }) => sum + transactions.length, 0)
  const checks = accounts
    .flatMap((account) => account.statements.map((period) => balancesAgree(account, period)))
    .filter((agrees) => agrees !== null)
  const parts = [`${accounts.length} accounts, ${entries} entries`]
  if (checks.length > 0) parts.push(`balances agree in ${checks.filter(Boolean).length} of ${checks.length} statements`)
  if (rejected.length > 0) parts.push(`${rejected.length} rejected: line ${rejected[0]!.line}: ${rejected[0]!.reason}`)
  return [...parts, ...warnings].join('; ')
}
