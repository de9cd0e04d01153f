import { setImmediate as breathe } from 'node:timers/promises'
import { type ImportField, parseMapping } from './columns.ts'
import { type BadRow, type Row, readRows } from './read-rows.ts'
import { emptyReport, type ImportReport, type ImportTarget, noteRejects } from './report.ts'

/** Rows in one transaction: some 15 ms of work, so that a server goes on answering between them. */
const BATCH_ROWS = 2_000

export type ImportFormat = 'csv' | 'jsonl'

/** A file to import, and whom to tell. */
export interface FileImport extends ImportTarget {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly format: ImportFormat
  /** `field=header` pairs; see `parseMapping`. */
  readonly map?: string
}

export interface ImportKind<T> {
  readonly fields: readonly ImportField[]
  /** Checks a row; gives the record, or why not as a phrase. */
  readonly parse: (row: Row) => T | string
  /** Stores records, all of them or none. */
  readonly write: (records: readonly T[]) => Promise<{ created: number; updated: number; unchanged: number }>
}

/**
 * Reads a file of any size in batches. A bad row never stops it: it goes to the reject file with its line number and the
 * reason. What a batch brought is durable once the next one is read. Throws `ImportError` where the file as a whole is
 * unusable.
 */
export async function importFile<T>(request: FileImport, kind: ImportKind<T>): Promise<ImportReport> {
  const { format, bytes, rejects, signal } = request
  const mapping = request.map ? parseMapping(request.map, kind.fields) : new Map()
  const report = emptyReport()
  let records: T[] = []
  let bad: BadRow[] = []
  const flush = async (bytesRead: number) => {
    signal?.throwIfAborted()
    await noteRejects(report, bad, rejects)
    const { created, updated, unchanged } = await kind.write(records)
    report.read += records.length + bad.length
    report.imported += created
    report.updated += updated
    report.unchanged += unchanged
    records = []
    bad = []
    await request.onProgress?.({ bytesRead, rowsRead: report.read })
    await breathe()
  }
  await rejects.begin()
  const options = { format, fields: kind.fields, mapping, parse: kind.parse }
  const taker = { record: (record: T) => records.push(record), bad: (row: BadRow) => bad.push(row) }
  let bytesRead = 0
  for await (bytesRead of readRows(bytes, options, taker)) {
    if (records.length + bad.length >= BATCH_ROWS) await flush(bytesRead)
  }
  await flush(bytesRead)
  return report
}
