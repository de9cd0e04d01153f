import { withoutFormula } from '../security/csv.ts'
import type { BadRow } from './read-rows.ts'

const MAX_RAW_LENGTH = 2_000

/** Where refused rows go: a CSV of line, reason and the row as it came. */
export interface RejectSink {
  /** Starts the file, anew where an earlier try began one. */
  begin(): Promise<void>
  write(csv: string): Promise<void>
}

export const REJECT_HEADER = 'line,reason,row\r\n'

export function rejectLines(rows: readonly BadRow[]): string {
  return rows
    .map(({ line, reason, raw }) => `${line},${cell(reason)},${cell(raw.slice(0, MAX_RAW_LENGTH))}\r\n`)
    .join('')
}

/** A quoted cell that a spreadsheet takes for text: what it would take for a formula starts with an apostrophe. */
function cell(text: string): string {
  return `"${withoutFormula(text).replaceAll('"', '""')}"`
}
