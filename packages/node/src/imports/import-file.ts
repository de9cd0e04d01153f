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
  const mapping = request.map ? parseMapping(request.map, kind.fields) : new Map()
  const { format } = request
  const report = emptyReport()
  await request.rejects.begin()
  const batches = readRows(request.bytes, { format, fields: kind.fields, mapping, batchRows: BATCH_ROWS })
  for await (const { rows, bad, bytesRead } of batches) {
    request.signal?.throwIfAborted()
    const { records, refused } = parseRows(rows, kind.parse)
    await noteRejects(
      report,
      [...bad, ...refused].sort((a, b) => a.line - b.line),
      request.rejects,
    )
    const { created, updated, unchanged } = await kind.write(records)
    report.read += rows.length + bad.length
    report.imported += created
    report.updated += updated
    report.unchanged += unchanged
    await request.onProgress?.({ bytesRead, rowsRead: report.read })
    await breathe()
  }
  return report
}

function parseRows<T>(rows: readonly Row[], parse: ImportKind<T>['parse']): { records: T[]; refused: BadRow[] } {
  const records: T[] = []
  const refused: BadRow[] = []
  for (const row of rows) {
    const record = parse(row)
    if (typeof record === 'string') refused.push({ line: row.line, reason: record, raw: row.raw })
    else records.push(record)
  }
  return { records, refused }
}
