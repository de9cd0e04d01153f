import { createHash } from 'node:crypto'
import {
  BACKUP_FORMAT,
  BACKUP_PLAN,
  BACKUP_VERSION,
  type BackupBytes,
  type BackupHeader,
  type BackupTable,
  type BackupTrailer,
} from './backup-plan.ts'

/** A backup that cannot be restored; the message says why. */
export class BackupError extends Error {
  override name = 'BackupError'
}

export type BackupPart =
  | { readonly type: 'header'; readonly header: BackupHeader }
  | {
      readonly type: 'rows'
      readonly table: string
      readonly columns: readonly string[]
      readonly rows: readonly unknown[][]
    }
  | { readonly type: 'trailer'; readonly trailer: BackupTrailer }

const ROWS_PER_PART = 1_000

/**
 * Reads a backup's lines and checks them as they pass: format, counts and digest. Throws `BackupError` where it was cut
 * short or altered, at the latest after the last line: write nothing for good before the trailer has come.
 */
export async function* readBackup(lines: AsyncIterable<string>): AsyncGenerator<BackupPart> {
  const hash = createHash('sha256')
  const counts: Record<string, number> = {}
  let table: BackupTable | undefined
  let rows: unknown[][] = []
  let hasHeader = false
  let isComplete = false
  const flush = function* (): Generator<BackupPart> {
    if (table && rows.length > 0) yield { type: 'rows', table: table.table, columns: table.columns, rows }
    rows = []
  }
  for await (const line of lines) {
    if (isComplete) throw new BackupError('The backup goes on after its end')
    const value = parse(line)
    if (!hasHeader) {
      hasHeader = true
      yield { type: 'header', header: soundHeader(value) }
    } else if (Array.isArray(value)) {
      if (!table || value.length !== table.columns.length)
        throw new BackupError('The backup has a row that fits no table')
      rows.push(value.map(decode))
      counts[table.table] = (counts[table.table] ?? 0) + 1
      if (rows.length >= ROWS_PER_PART) yield* flush()
    } else if ('table' in value) {
      yield* flush()
      table = soundTable(value as unknown as BackupTable)
    } else {
      yield* flush()
      checkTrailer(value as unknown as BackupTrailer, counts, hash.digest('hex'))
      isComplete = true
      yield { type: 'trailer', trailer: value as unknown as BackupTrailer }
    }
    if (!isComplete) hash.update(`${line}\n`)
  }
  if (!isComplete) throw new BackupError('The backup was cut short: its last line is missing')
}

function parse(line: string): unknown[] | Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null) return value as unknown[] | Record<string, unknown>
  } catch {
    // Falls through to the refusal.
  }
  throw new BackupError('The backup has a line that is not JSON: the file is damaged, or not a backup of Tillwright')
}

function soundHeader(value: unknown[] | Record<string, unknown>): BackupHeader {
  const header = value as unknown as BackupHeader
  if (header.format !== BACKUP_FORMAT || !Array.isArray(header.migrations)) {
    throw new BackupError('The file is not a backup of Tillwright')
  }
  if (header.version !== BACKUP_VERSION) {
    throw new BackupError(`The backup is of version ${header.version}, this program reads version ${BACKUP_VERSION}`)
  }
  return header
}

function soundTable(table: BackupTable): BackupTable {
  const isSound = Array.isArray(table.columns) && table.columns.every((name) => /^[a-z_]+$/.test(name))
  if (!Object.hasOwn(BACKUP_PLAN, table.table) || !isSound) {
    throw new BackupError(`The backup has a table that is unknown here: ${String(table.table).slice(0, 50)}`)
  }
  return table
}

function checkTrailer(trailer: BackupTrailer, counts: Readonly<Record<string, number>>, sha256: string): void {
  if (trailer.sha256 !== sha256) throw new BackupError('The backup was altered: its digest is not that of its lines')
  for (const [table, count] of Object.entries(trailer.rows)) {
    if ((counts[table] ?? 0) !== count)
      throw new BackupError(`The backup should hold ${count} rows of ${table}, it holds ${counts[table] ?? 0}`)
  }
}

function decode(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { base64 } = value as Partial<BackupBytes>
  if (typeof base64 !== 'string') throw new BackupError('The backup is damaged: it has a value that no row can hold')
  return Buffer.from(base64, 'base64')
}
