import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

export interface LabelledText {
  readonly text: string
  readonly label: string
}

/**
 * Reads a CSV (RFC 4180) of two columns, text and label; `.gz` is unpacked. A first line `text,label` or `text,category` or
 * `text,intent` is a header. Throws where a line has another number of columns.
 */
export function readExamples(path: string): LabelledText[] {
  const bytes = readFileSync(path)
  const rows = parseCsv((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
  const isHeader = rows[0]?.[0]?.toLowerCase() === 'text' && /^(label|category|intent)$/i.test(rows[0][1] ?? '')
  return rows.slice(isHeader ? 1 : 0).map((row, i) => {
    const [text, label] = row
    if (row.length !== 2 || !label)
      throw new Error(`${path}: row ${i + 1} must be text,label; it has ${row.length} columns`)
    return { text: text!, label }
  })
}

function parseCsv(source: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y
  while (field.lastIndex < source.length) {
    const at = field.lastIndex
    const match = field.exec(source)
    if (!match) throw new Error(`Not CSV at character ${at}: ${JSON.stringify(source.slice(at, at + 40))}`)
    row.push(match[1]?.replaceAll('""', '"') ?? match[2]!)
    if (match[3] === ',') continue
    rows.push(row)
    row = []
  }
  if (row.length > 0) rows.push([...row, ''])
  return rows
}
