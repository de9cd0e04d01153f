export type CsvValue = string | number | bigint | boolean | null | undefined

/**
 * What spreadsheets may run: = + - @ (full-width ones too) behind any blanks, and a tab, line break or NUL in front, which
 * some of them drop before they look. OWASP, "CSV injection"; ASVS 5.0, 1.2.10.
 */
const FORMULA = /^[\s\u200b\u2060]*[=+\-@\0\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/
/** Semicolons and tabs as well: in some countries they part the cells, and what follows one would be a new cell. */
const NEEDS_QUOTES = /[",;\t\r\n\0]|^\s|\s$/

/**
 * One cell (RFC 4180). Text that a spreadsheet could take for a formula gets a `'` in front, which makes it text there.
 * Numbers stay numbers, below zero too; `null` and `undefined` are empty.
 */
export function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const text = withoutFormula(value)
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Text that no spreadsheet takes for a formula: what could be one gets a `'` in front. */
export function withoutFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** One record, with its line end. */
export function csvRow(values: readonly CsvValue[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}
