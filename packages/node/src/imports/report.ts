import type { BadRow } from './read-rows.ts'
import { type RejectSink, rejectLines } from './rejects.ts'

/** Refused rows that the report itself shows; the reject file has all. */
const SHOWN_REJECTS = 20

export interface ImportReport {
  /** Rows in the file, the header aside. */
  read: number
  imported: number
  /** Rows that replaced or ended an older state. */
  updated: number
  unchanged: number
  rejected: number
  /** The first refused rows. */
  rejects: { line: number; reason: string }[]
}

/** Whom an import tells how it goes. */
export interface ImportTarget {
  readonly rejects: RejectSink
  /** Called after each batch; what it speaks of is on disk. */
  readonly onProgress?: (progress: { bytesRead: number; rowsRead: number }) => void | Promise<void>
  readonly signal?: AbortSignal
}

export function emptyReport(): ImportReport {
  return { read: 0, imported: 0, updated: 0, unchanged: 0, rejected: 0, rejects: [] }
}

/** Counts refused rows and writes them to the reject file. */
export async function noteRejects(report: ImportReport, bad: readonly BadRow[], sink: RejectSink): Promise<void> {
  if (bad.length === 0) return
  report.rejected += bad.length
  const room = Math.max(0, SHOWN_REJECTS - report.rejects.length)
  report.rejects.push(...bad.slice(0, room).map(({ line, reason }) => ({ line, reason })))
  await sink.write(rejectLines(bad))
}
