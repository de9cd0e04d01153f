import { byteSource } from './byte-source.ts'
import { columnFor, type ImportField, type Mapping, resolveColumns, type Transform } from './columns.ts'
import { csvSplitter, detectDelimiter, type RecordSink, type RecordSplitter } from './csv.ts'
import { ImportError } from './errors.ts'
import { jsonLinesSplitter } from './json-lines.ts'

/** Finds an import's fields among the cells of a file's records. */
class ColumnMap {
  /** Place of each field's cell; -1 where the file has none. */
  readonly #places: Int32Array
  readonly #transforms: readonly (Transform | undefined)[]
  /** The last cell of each field, and what became of it. */
  readonly #lastCells: string[] = []
  readonly #lastValues: string[] = []

  constructor(places: readonly number[], transforms: readonly (Transform | undefined)[]) {
    this.#places = Int32Array.from(places)
    this.#transforms = transforms
  }

  value(cells: readonly string[], field: number): string {
    const place = this.#places[field]!
    if (place < 0) return ''
    const cell = cells[place]!
    // In sorted files half the cells repeat the one above.
    if (cell === this.#lastCells[field]) return this.#lastValues[field]!
    const text = trimmed(cell)
    const transform = this.#transforms[field]
    const value = transform ? transform(text) : text
    this.#lastCells[field] = cell
    this.#lastValues[field] = value
    return value
  }
}

const [SPACE, TILDE] = [32, 126]

/** `trim`, which costs more than a look at both ends, where there may be something to trim. */
function trimmed(text: string): string {
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  const isClean = first > SPACE && first <= TILDE && last > SPACE && last <= TILDE
  return isClean ? text : text.trim()
}

/** One row of a file. */
export class Row {
  readonly line: number
  readonly #cells: readonly string[]
  readonly #columns: ColumnMap

  constructor(line: number, cells: readonly string[], columns: ColumnMap) {
    this.line = line
    this.#cells = cells
    this.#columns = columns
  }

  /** The value of the import's `field`th field, trimmed; an empty string where the file has none. */
  value(field: number): string {
    return this.#columns.value(this.#cells, field)
  }

  /** The row much as it came. */
  get raw(): string {
    return this.#cells.join(',')
  }
}

export interface BadRow {
  readonly line: number
  readonly reason: string
  readonly raw: string
}

export interface ReadRowsOptions<T> {
  readonly format: 'csv' | 'jsonl'
  readonly fields: readonly ImportField[]
  readonly mapping: Mapping
  /** Checks a row; gives the record, or why not as a phrase. */
  readonly parse: (row: Row) => T | string
}

/** Takes what a file holds, row by row, in the file's order. */
export interface RecordTaker<T> {
  record(record: T, row: Row): void
  bad(row: BadRow): void
}

/**
 * Reads a file row by row and yields how many of its bytes are read whenever one may pause. Rows are handed over as they
 * come, not in batches: what is forgotten at once costs next to nothing, what is kept for a while is copied twice. Throws
 * `ImportError` where the file as a whole is unusable.
 */
export async function* readRows<T>(
  file: AsyncIterable<Uint8Array>,
  options: ReadRowsOptions<T>,
  taker: RecordTaker<T>,
): AsyncIterable<number> {
  const { parse } = options
  const source = byteSource(file)
  const sink: RowSink = {
    row(row) {
      const record = parse(row)
      if (typeof record === 'string') taker.bad({ line: row.line, reason: record, raw: row.raw })
      else taker.record(record, row)
    },
    bad: (line, reason, raw) => taker.bad({ line, reason, raw }),
  }
  const splitter = options.format === 'jsonl' ? jsonRows(options, sink) : csvAfterHeader(options, sink)
  for await (const bytes of source.bytes) {
    splitter.push(bytes)
    yield source.bytesRead()
  }
  splitter.end()
  yield source.bytesRead()
}

/** Where the rows of a file are. */
type Layout = Pick<ReadRowsOptions<unknown>, 'fields' | 'mapping'>

interface RowSink {
  row(row: Row): void
  bad(line: number, reason: string, raw: string): void
}

const MAX_HEADER_BYTES = 100_000

/** Waits for the header line, which decides the delimiter, and then splits. */
function csvAfterHeader(options: Layout, sink: RowSink): RecordSplitter {
  let head = Buffer.alloc(0)
  let splitter: RecordSplitter | undefined
  const start = (header: string) => {
    if (header.length > MAX_HEADER_BYTES)
      throw new ImportError('The first line is too long to be a list of column names')
    splitter = csvSplitter(detectDelimiter(header), csvRows(options, sink))
    splitter.push(head)
    return splitter
  }
  return {
    push(bytes) {
      if (splitter) return splitter.push(bytes)
      head = Buffer.concat([head, bytes])
      const header = headerLine(head)
      if (header !== undefined || head.length > MAX_HEADER_BYTES) start(header ?? head.toString())
    },
    end() {
      const rest = head.toString()
      if (!splitter && rest.trim() === '') {
        throw new ImportError('The file is empty: its first line must name the columns')
      }
      const started = splitter ?? start(rest)
      started.end()
    },
  }
}

/** The first line that has something in it, if it is there whole. */
function headerLine(head: Buffer): string | undefined {
  return /^\s*(\S[^\n]*)\n/.exec(head.toString())?.[1]
}

function csvRows({ fields, mapping }: Layout, sink: RowSink): RecordSink {
  let width = 0
  let columns: ColumnMap | undefined
  return {
    record(cells, line) {
      if (!columns) {
        const headers = cells.map((header) => header.trim())
        if (headers.some((header) => header.includes('\r'))) throw new ImportError(CARRIAGE_RETURNS)
        width = headers.length
        columns = columnMap(headers, fields, resolveColumns(headers, fields, mapping))
      } else if (cells.length === width) sink.row(new Row(line, cells, columns))
      else sink.bad(line, `has ${cells.length} columns where the header has ${width}`, cells.join(','))
    },
    broken(line, reason, raw) {
      if (!columns) throw new ImportError(`The header line cannot be read: ${reason}`)
      sink.bad(line, reason, raw)
    },
  }
}

const CARRIAGE_RETURNS =
  'The lines of the file end in carriage returns alone; line feeds are needed: save it as "CSV UTF-8" and import that'

function columnMap(headers: readonly string[], fields: readonly ImportField[], resolved: Mapping): ColumnMap {
  const columns = fields.map(({ name }) => resolved.get(name))
  return new ColumnMap(
    columns.map((column) => (column ? headers.indexOf(column.header) : -1)),
    columns.map((column) => column?.transform),
  )
}

function jsonRows({ fields, mapping }: Layout, sink: RowSink): RecordSplitter {
  const transforms = fields.map(({ name }) => mapping.get(name)?.transform)
  const columns = new ColumnMap(
    fields.map((_, place) => place),
    transforms,
  )
  const membersOf = memberFinder(fields, mapping)
  return jsonLinesSplitter({
    object(value, line) {
      const members = membersOf(value)
      const lossy = fields.find((_, place) => isLossy(memberOf(value, members[place])))
      if (lossy) return sink.bad(line, `${lossy.name} ${LOST_DIGITS}`, JSON.stringify(value))
      const cells = members.map((member) => jsonCell(memberOf(value, member)))
      sink.row(new Row(line, cells, columns))
    },
    broken: sink.bad,
  })
}

/** Objects of one file mostly have the same members; those of so many kinds are remembered. */
const MAX_REMEMBERED_KINDS = 100

/** Finds the member of an object that carries each field, by the rules of a CSV's header. */
function memberFinder(fields: readonly ImportField[], mapping: Mapping) {
  const known = new Map<string, readonly (string | undefined)[]>()
  return (object: object): readonly (string | undefined)[] => {
    const names = Object.keys(object)
    const kind = names.join('\n')
    let members = known.get(kind)
    if (!members) {
      members = fields.map((field) => (mapping.get(field.name) ?? columnFor(names, field))?.header)
      if (known.size >= MAX_REMEMBERED_KINDS) known.clear()
      known.set(kind, members)
    }
    return members
  }
}

function memberOf(object: Readonly<Record<string, unknown>>, name: string | undefined): unknown {
  return name !== undefined && Object.hasOwn(object, name) ? object[name] : undefined
}

const LOST_DIGITS = 'is a number of more digits than are kept: write it as text'

/** JSON's numbers can be longer than a double; what came out is another number then. */
function isLossy(value: unknown): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value)
}

function jsonCell(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
