import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { CompiledQuery, type Kysely, sql } from 'kysely'
import { sqliteFile } from './address.ts'
import { BACKUP_PLAN, type BackupHeader } from './backup-plan.ts'
import { migrations } from './migrations.ts'
import { type Database, openDatabase } from './open.ts'
import { BackupError, readBackup } from './read-backup.ts'
import { type BackupProgress, writeBackup } from './write-backup.ts'

const NAME = /^tillwright-\d{4}-\d{2}-\d{2}T[\d-]+Z\.ndjson\.gz$/
const SNAPSHOT = '.snapshot-'
const DAY_MS = 86_400_000

export interface BackupOptions {
  readonly folder: string
  readonly retentionDays: number
  readonly now: number
  readonly onProgress?: (progress: BackupProgress) => void
}

/**
 * Writes the whole database into a new file of `folder`, checks the file by reading it back, and removes backups older
 * than the retention, never the new one. The database may be in use: the backup is of one moment.
 */
export async function backUp(database: Database, options: BackupOptions): Promise<{ file: string; removed: string[] }> {
  const { folder, now, onProgress = () => {} } = options
  await mkdir(folder, { recursive: true })
  await removeLeftovers(folder, now - DAY_MS)
  const file = join(folder, `tillwright-${new Date(now).toISOString().replace(/[:.]/g, '-')}.ndjson.gz`)
  const part = `${file}.part`
  try {
    await atOneMoment(database, folder, async (db) => {
      const lines = writeBackup(db, database.dialect, now, onProgress)
      await pipeline(
        Readable.from(lines, { objectMode: false }),
        createGzip(),
        createWriteStream(part, { flush: true }),
      )
    })
    for await (const _ of readBackup(linesOf(part))) {
      // Reading checks; there is nothing else to do with what was read.
    }
    await rename(part, file)
  } finally {
    await rm(part, { force: true })
  }
  return { file, removed: await sweep(folder, now - options.retentionDays * DAY_MS, file) }
}

/** Lends a handle that sees one state of the database, without keeping anybody from writing. */
async function atOneMoment(
  database: Database,
  folder: string,
  work: (db: Kysely<never>) => Promise<void>,
): Promise<void> {
  if (database.engine === 'postgres') {
    const transaction = database.system.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
    return transaction.execute((tx) => work(tx as unknown as Kysely<never>))
  }
  const scratch = await mkdtemp(join(folder, SNAPSHOT))
  try {
    const copy = join(scratch, 'copy.db')
    await database.system.getExecutor().executeQuery(CompiledQuery.raw('vacuum into ?', [copy]))
    const snapshot = openDatabase(copy)
    await work(snapshot.system as unknown as Kysely<never>).finally(() => snapshot.close())
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Removes what backups left behind whose process was killed: copies of the whole database, and files cut short. */
async function removeLeftovers(folder: string, before: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const isLeftover = name.startsWith(SNAPSHOT) || (name.endsWith('.part') && NAME.test(name.slice(0, -5)))
    const path = join(folder, name)
    if (isLeftover && (await stat(path)).mtimeMs < before) await rm(path, { recursive: true, force: true })
  }
}

async function sweep(folder: string, before: number, keep: string): Promise<string[]> {
  const removed: string[] = []
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    if (!NAME.test(name) || file === keep || (await stat(file)).mtimeMs >= before) continue
    await rm(file)
    removed.push(file)
  }
  return removed
}

/** A database that has something in it already; restoring would mix two states. */
export class NotEmptyError extends Error {
  override name = 'NotEmptyError'
}

export interface RestoreOptions {
  /** Sets an existing SQLite file aside instead of refusing. */
  readonly replace: boolean
  readonly now: number
  readonly onProgress?: (progress: BackupProgress) => void
}

/**
 * Restores a backup into an empty database, or in place of a SQLite file. The backup is checked whole before anything
 * changes, and the rows are counted afterwards. Returns where a replaced file went.
 */
export async function restore(
  url: string,
  file: string,
  options: RestoreOptions,
): Promise<{ setAside: string | null }> {
  const header = await checkWhole(file)
  const unknown = header.migrations.filter((name) => !Object.hasOwn(migrations, name))
  if (unknown.length > 0) {
    throw new BackupError(
      `The backup comes from a newer Tillwright (it knows ${unknown[0]}): update this program first`,
    )
  }
  const path = sqliteFile(url)
  if (path === null) {
    await restoreInto(url, file, header, options)
    return { setAside: null }
  }
  const exists = existsSync(path)
  if (exists && !options.replace) throw new NotEmptyError(`There is a database at ${path} already`)
  const fresh = `${path}.restoring`
  await removeSqlite(fresh)
  await mkdir(dirname(path), { recursive: true })
  try {
    await restoreInto(fresh, file, header, options)
  } catch (error) {
    await removeSqlite(fresh)
    throw error
  }
  const setAside = exists ? `${path}.before-restore-${options.now}` : null
  if (setAside) for (const ending of SQLITE_FILES) await rename(path + ending, setAside + ending).catch(ignoreAbsent)
  await rename(fresh, path)
  return { setAside }
}

async function checkWhole(file: string): Promise<BackupHeader> {
  let header: BackupHeader | undefined
  for await (const part of readBackup(linesOf(file))) if (part.type === 'header') header = part.header
  return header!
}

async function restoreInto(
  url: string,
  file: string,
  header: BackupHeader,
  { onProgress = () => {} }: RestoreOptions,
): Promise<void> {
  const database = openDatabase(url)
  try {
    // The schema as it was, the rows, and then the steps since.
    const before = Object.fromEntries(header.migrations.map((name) => [name, migrations[name]!]))
    const applied = await database.migrate(before)
    if (applied.length < header.migrations.length) throw new NotEmptyError('The database is not empty')
    await database.system.transaction().execute(async (tx) => {
      const db = tx as unknown as Kysely<never>
      await insertRows(db, file, onProgress)
      for (const [name, next] of Object.entries(header.sequences)) await database.dialect.setNext(db, name, next)
      for (const [table, { serial }] of Object.entries(BACKUP_PLAN)) {
        if (serial) await database.dialect.resumeSerial(db, table, serial)
      }
    })
    await database.migrate(migrations)
    if (database.engine === 'sqlite') await sql`pragma wal_checkpoint(truncate)`.execute(database.system)
  } finally {
    await database.close()
  }
}

async function insertRows(
  db: Kysely<never>,
  file: string,
  onProgress: (progress: BackupProgress) => void,
): Promise<void> {
  const written: Record<string, number> = {}
  for await (const part of readBackup(linesOf(file))) {
    if (part.type === 'rows') {
      const { table, columns, rows } = part
      const names = sql.join(columns.map((name) => sql.id(name)))
      for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
        const values = sql.join(rows.slice(at, at + ROWS_PER_INSERT).map((row) => sql`(${sql.join(row)})`))
        await sql`insert into ${sql.id(table)} (${names}) values ${values}`.execute(db)
      }
      written[table] = (written[table] ?? 0) + rows.length
      onProgress({ table, rows: written[table] })
    } else if (part.type === 'trailer') {
      for (const [table, count] of Object.entries(part.trailer.rows)) await checkCount(db, table, count)
    }
  }
}

const ROWS_PER_INSERT = 100

async function checkCount(db: Kysely<never>, table: string, expected: number): Promise<void> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.id(table)}`.execute(db)
  if (rows[0]!.count !== expected)
    throw new BackupError(`Restored ${rows[0]!.count} rows of ${table}, expected ${expected}`)
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file)
  const text = source.pipe(createGunzip())
  source.on('error', (error) => text.destroy(error))
  let rest = ''
  try {
    for await (const chunk of text.setEncoding('utf8') as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()!
      yield* lines
    }
  } catch (cause) {
    if (!(cause as { code?: string }).code?.startsWith('Z_')) throw cause
    throw new BackupError('The backup is damaged or cut short: it cannot be unpacked', { cause })
  }
  if (rest !== '') yield rest
}

const SQLITE_FILES = ['', '-wal', '-shm']

async function removeSqlite(file: string): Promise<void> {
  for (const ending of SQLITE_FILES) await rm(file + ending, { force: true })
}

function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
