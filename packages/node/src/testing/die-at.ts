/**
 * Loaded before a program (`node --import`): ends the process with SIGKILL right after it has issued its n-th statement on
 * orders, their lines or products, or commit; `TILLWRIGHT_TEST_DIE_AT` says n. With `TILLWRIGHT_TEST_DIE_OF=import` only
 * statements on the progress of imports count, with `people` those on people, their sessions and mail, and commits, with
 * `commit` these alone. Without n, the process runs to its end and writes to standard error how many of each there were,
 * from which a test can choose where to die.
 */
import { StatementSync } from 'node:sqlite'
import { isMainThread } from 'node:worker_threads'
import pg from 'pg'

const COUNTED = {
  any: /"(order_lines|orders|order_line_names|products)"|^commit/,
  import: /"order_import_progress"/,
  people: /"(users|user_imports|sessions|refresh_tokens|mail_messages)"|^commit/,
  commit: /^commit/,
}
type What = keyof typeof COUNTED
const dieOf = (process.env.TILLWRIGHT_TEST_DIE_OF ?? 'any') as What
const dieAt = Number(process.env.TILLWRIGHT_TEST_DIE_AT ?? Number.POSITIVE_INFINITY)
const issued: Record<What, number> = { any: 0, import: 0, people: 0, commit: 0 }

function count(statement: string): void {
  for (const what of Object.keys(COUNTED) as What[]) {
    if (!COUNTED[what].test(statement)) continue
    issued[what]++
    if (what === dieOf && issued[what] === dieAt) process.kill(process.pid, 'SIGKILL')
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what is wrapped has many forms, and all pass through as they are.
type Method = (...parameters: any[]) => unknown

function wrap<K extends string>(owner: Record<K, Method>, name: K, textOf: (self: unknown, first: unknown) => string) {
  const original = owner[name]
  owner[name] = function (this: unknown, ...parameters) {
    const result = original.apply(this, parameters)
    count(textOf(this, parameters[0]))
    return result
  } as Method
}

if (isMainThread) {
  const source = (statement: unknown) => (statement as StatementSync).sourceSQL
  const sqlite = StatementSync.prototype as unknown as Record<'run' | 'all' | 'iterate', Method>
  wrap(sqlite, 'run', source)
  wrap(sqlite, 'all', source)
  const postgres = pg.Client.prototype as unknown as Record<'query', Method>
  wrap(postgres, 'query', (_, query) => (typeof query === 'string' ? query : (query as { text: string }).text))
  process.on('exit', () =>
    process.stderr.write(`statements: ${issued.any}, of imports: ${issued.import}, of people: ${issued.people}\n`),
  )
}
