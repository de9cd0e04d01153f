import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import {
  BACKUP_FORMAT,
  BACKUP_PLAN,
  BACKUP_VERSION,
  type BackupHeader,
  type BackupTable,
  type BackupTrailer,
  SEQUENCES,
} from './backup-plan.ts'
import type { Dialect } from './dialect.ts'

const ROWS_PER_QUERY = 5_000

export interface BackupProgress {
  readonly table: string
  readonly rows: number
}

/**
 * Writes the whole database as lines of JSON: a header, then each table, then a trailer with counts and the SHA-256 of all
 * lines before. The same lines can be restored into either kind of database. `db` must see one state throughout.
 */
export async function* writeBackup(
  db: Kysely<never>,
  dialect: Dialect,
  now: number,
  onProgress: (progress: BackupProgress) => void,
): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const line = (value: unknown) => {
    const text = `${JSON.stringify(value)}\n`
    hash.update(text)
    return text
  }
  yield line(await headerOf(db, dialect, now))
  const counts: Record<string, number> = {}
  for (const [table, { key }] of Object.entries(BACKUP_PLAN)) {
    counts[table] = 0
    let columns: string[] | undefined
    for await (const rows of readTable(db, table, key)) {
      if (!columns) {
        columns = Object.keys(rows[0]!)
        yield line({ table, columns } satisfies BackupTable)
      }
      const names = columns
      yield rows.map((row) => line(names.map((name) => encode(row[name])))).join('')
      counts[table] += rows.length
      onProgress({ table, rows: counts[table] })
    }
  }
  yield `${JSON.stringify({ rows: counts, sha256: hash.digest('hex') } satisfies BackupTrailer)}\n`
}

async function headerOf(db: Kysely<never>, dialect: Dialect, now: number): Promise<BackupHeader> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  const sequences: Record<string, number> = {}
  for (const name of SEQUENCES) sequences[name] = await dialect.nextOf(db, name)
  return {
    format: BACKUP_FORMAT,
    version: BACKUP_VERSION,
    createdAt: new Date(now).toISOString(),
    migrations: rows.map(({ name }) => name),
    sequences,
  }
}

type Row = Readonly<Record<string, unknown>>

/** Reads a table in the order of its key, some rows at a time. */
async function* readTable(db: Kysely<never>, table: string, key: readonly string[]): AsyncGenerator<Row[]> {
  const columns = sql.join(key.map((name) => sql.id(name)))
  let after = sql``
  for (;;) {
    const { rows } =
      await sql<Row>`select * from ${sql.id(table)} ${after} order by ${columns} limit ${ROWS_PER_QUERY}`.execute(db)
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = sql`where (${columns}) > (${sql.join(key.map((name) => last[name]))})`
  }
}

function encode(value: unknown): unknown {
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value
}
