import { StatementError } from './errors.ts'

export interface CsvRow {
  readonly cells: readonly string[]
  /** Where it begins, from 1. */
  readonly line: number
}

const MAX_COLUMNS = 200
const MAX_CELL_UNITS = 20_000
const QUOTE = '"'

/**
 * Rows of separated values (RFC 4180, any separator and line end); cells are trimmed, empty lines left out. Bounded: a quote that never ends,
 * too many columns or rows throw `StatementError`.
 */
export function readRows(source: string, separator: string, maxRows: number): CsvRow[] {
  const rows: CsvRow[] = []
  let cells: string[] = []
  let line = 1
  let start = 1
  let at = 0
  const fail = (code: 'damaged' | 'too_large', message: string): never => {
    throw new StatementError(code, message, { line: start })
  }
  const finish = () => {
    if (cells.some((cell) => cell !== '')) {
      if (rows.length >= maxRows) fail('too_large', `the file has more than ${maxRows} rows: split it`)
      rows.push({ cells, line: start })
    }
    cells = []
    start = line
  }
  while (at < source.length) {
    let cell: string
    if (source[at] === QUOTE) {
      let end = source.indexOf(QUOTE, at + 1)
      while (end >= 0 && source[end + 1] === QUOTE) end = source.indexOf(QUOTE, end + 2)
      if (end < 0 || end - at > MAX_CELL_UNITS) fail('damaged', 'a quoted cell has no end')
      cell = source.slice(at + 1, end).replaceAll('""', QUOTE)
      for (const sign of cell) if (sign === '\n') line++
      at = end + 1
      const rest = endOfCell(source, at, separator)
      cell += source.slice(at, rest)
      at = rest
    } else {
      const end = endOfCell(source, at, separator)
      if (end - at > MAX_CELL_UNITS) fail('too_large', 'a cell is too long')
      cell = source.slice(at, end)
      at = end
    }
    cells.push(cell.trim())
    if (cells.length > MAX_COLUMNS) fail('too_large', `a row has more than ${MAX_COLUMNS} columns`)
    if (source[at] === separator) {
      at++
      if (at === source.length) cells.push('')
      continue
    }
    if (source[at] === '\r' && source[at + 1] === '\n') at++
    if (at < source.length) line++
    at++
    finish()
  }
  finish()
  return rows
}

function endOfCell(source: string, from: number, separator: string): number {
  let at = from
  while (at < source.length) {
    const sign = source[at]
    if (sign === separator || sign === '\n' || sign === '\r') return at
    at++
  }
  return at
}
