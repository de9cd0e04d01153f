import { separatedRows } from './csv.ts'
import { findColumns } from './csv-columns.ts'
import { decode } from './decode.ts'
import { StatementError } from './errors.ts'
import type { ColumnRole, StatementOptions } from './types.ts'

/** A column of a CSV for people who say what it is. */
export interface CsvColumn {
  /** Its header or, where there is none, its first cell. */
  readonly header: string
  /** What it is taken for; `null`: it is left out. */
  readonly role: ColumnRole | null
}

/** Rows that are enough to know the columns by. */
const ROWS = 250
const MAX_COLUMNS = 200
const MAX_HEADER = 100

/**
 * The columns of a CSV from left to right, and what `readStatement` takes each for with the same options. Where it finds neither days nor
 * amounts, every role is `null`: let somebody choose, and pass `columns`.
 */
export function csvColumns(source: Uint8Array | string, options: StatementOptions = {}): CsvColumn[] {
  let rows: ReturnType<typeof separatedRows>
  try {
    const text = (typeof source === 'string' ? source : decode(source, options.encoding))
      .replace(/^\ufeff/, '')
      .replace(/\r\n?/g, '\n')
    rows = separatedRows(text.split('\n', ROWS).join('\n'), options, ROWS)
  } catch (error) {
    if (error instanceof StatementError) return []
    throw error
  }
  const { header, roles } = layoutOf(rows, options)
  return header
    .slice(0, MAX_COLUMNS)
    .map((cell, i) => ({ header: cell.slice(0, MAX_HEADER), role: roles.get(i) ?? null }))
}

function layoutOf(rows: ReturnType<typeof separatedRows>, { columns: given }: StatementOptions) {
  const widest = rows.reduce(
    (most, row) => (row.cells.length > most.length ? row.cells : most),
    [] as readonly string[],
  )
  try {
    const { columns, header, firstRow } = findColumns(rows, given)
    const roles = new Map(Object.entries(columns).map(([role, column]) => [column, role as ColumnRole]))
    return { header: header ?? rows[firstRow]?.cells ?? widest, roles }
  } catch (error) {
    if (error instanceof StatementError) return { header: widest, roles: new Map<number, ColumnRole>() }
    throw error
  }
}
