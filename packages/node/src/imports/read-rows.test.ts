import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ImportField } from './columns.ts'
import { parseMapping } from './columns.ts'
import { ImportError } from './errors.ts'
import { type BadRow, type ReadRowsOptions, readRows } from './read-rows.ts'

const FIELDS: ImportField[] = [
  { name: 'id', required: true, aliases: ['order_id'] },
  { name: 'name', aliases: [] },
]

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

type Read = [line: number, id: string, name: string]

async function read(content: string | Uint8Array, options: Partial<ReadRowsOptions<Read>> = {}, pieceBytes = 1 << 16) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const rows: Read[] = []
  const bad: [line: number, reason: string][] = []
  const all: ReadRowsOptions<Read> = {
    format: 'csv',
    fields: FIELDS,
    mapping: new Map(),
    parse: (row) => [row.line, row.value(0), row.value(1)],
    ...options,
  }
  const taker = {
    record: (row: Read) => rows.push(row),
    bad: ({ line, reason }: BadRow) => bad.push([line, reason]),
  }
  /** Rows that had come when it paused, and bytes that were read by then. */
  const pauses: [rows: number, bytesRead: number][] = []
  for await (const bytesRead of readRows(inPieces(bytes, pieceBytes), all, taker)) {
    pauses.push([rows.length + bad.length, bytesRead])
  }
  return { rows, bad, pauses }
}

describe('readRows of CSV', () => {
  it('reads rows by the header, trimmed, with their lines', async () => {
    const { rows, bad } = await read('name,id\n  Ann , 1\nBob,2\n')
    expect(rows).toEqual([
      [2, '1', 'Ann'],
      [3, '2', 'Bob'],
    ])
    expect(bad).toEqual([])
  })

  it.each([
    ['semicolons', 'id;name\n1;a\n'],
    ['tabs', 'id\tname\n1\ta\n'],
    ['CRLF', 'id,name\r\n1,a\r\n'],
    ['a byte order mark', '\ufeffid,name\n1,a\n'],
    ['a quoted header after a byte order mark', '\ufeff"id","name"\n1,a\n'],
    ['an unknown column', 'id,__proto__,constructor,name\n1,x,y,a\n'],
    ['the same column twice: the first counts', 'id,name,name\n1,a,b\n'],
    ['an alias', 'Order ID,name\n1,a\n'],
    ['no newline at the end', 'id,name\n1,a'],
    ['empty lines', '\n\nid,name\n\n1,a\n\n'],
  ])('takes %s', async (_what, content) => {
    for (const pieceBytes of [1, 5, 1 << 16]) {
      const { rows, bad } = await read(content, {}, pieceBytes)
      expect(rows.map(([, id, name]) => [id, name])).toEqual([['1', 'a']])
      expect(bad).toEqual([])
    }
  })

  it('takes gzip', async () => {
    expect((await read(gzipSync('id,name\n1,a\n'))).rows).toEqual([[2, '1', 'a']])
  })

  it('refuses rows of another width, and reads on', async () => {
    const { rows, bad } = await read('id,name\n1\n2,b,c\n3,d\n')
    expect(rows).toEqual([[4, '3', 'd']])
    expect(bad).toEqual([
      [2, 'has 1 columns where the header has 2'],
      [3, 'has 3 columns where the header has 2'],
    ])
  })

  it('changes case where the mapping says so', async () => {
    const mapping = parseMapping('id=id:upper,name=name:lower', FIELDS)
    expect((await read('id,name\nabc,ABC\n', { mapping })).rows).toEqual([[2, 'ABC', 'abc']])
  })

  it('pauses after each piece of the file, with all rows that have come', async () => {
    const content = `id,name\n${Array.from({ length: 100 }, (_, i) => `${i},n\n`).join('')}`
    const { rows, pauses } = await read(content, {}, 20)
    expect(rows).toHaveLength(100)
    expect(pauses.slice(0, 3)).toEqual([
      [3, 20],
      [8, 40],
      [12, 60],
    ])
    expect(pauses.at(-1)).toEqual([100, content.length])
  })

  it('reads a header only as no rows', async () => {
    expect(await read('id,name')).toMatchObject({ rows: [], bad: [] })
    expect(await read('id,name\n')).toMatchObject({ rows: [], bad: [] })
  })

  it.each([
    ['an empty file', '', /The file is empty: its first line must name the columns/],
    ['a file of blanks', ' \n', /The file is empty/],
    ['a file of empty lines', '\n\n\n', /The file is empty/],
    ['a header without the required column', 'name\na\n', /No column was recognised as id; the file has "name"/],
    ['a header with a broken quote', '"id,name\n1,a\n', /The header line cannot be read: a quote is opened/],
    ['a header with a NUL', 'id\0,name\n1,a\n', /The header line cannot be read: holds NUL/],
    ['lines that end in a lone carriage return', 'id,name\r1,a\r2,b\r', /No column|cannot be read|carriage returns/],
    ['a spreadsheet', 'PK\u0003\u0004', /ZIP archive or a spreadsheet/],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0]), /header line|No column/],
    ['a first line without end', 'x'.repeat(300_000), /too long to be a list of column names/],
  ])('refuses %s', async (_what, content, message) => {
    const reading = read(content)
    await expect(reading).rejects.toThrow(ImportError)
    await expect(reading).rejects.toThrow(message)
  })
})

describe('readRows of JSON lines', () => {
  const jsonl = { format: 'jsonl' } as const

  it('reads objects, their numbers and nulls', async () => {
    const { rows } = await read('{"id":1,"name":"a"}\n{"id":"2","name":null}\n{"id":true}\n{"id":1.5}', jsonl)
    expect(rows).toEqual([
      [1, '1', 'a'],
      [2, '2', ''],
      [3, 'true', ''],
      [4, '1.5', ''],
    ])
  })

  it('takes aliases and mapped members', async () => {
    expect((await read('{"order_id":7}', jsonl)).rows).toEqual([[1, '7', '']])
    const mapping = parseMapping('id=Nr:upper', FIELDS)
    expect((await read('{"Nr":"a7"}', { ...jsonl, mapping })).rows).toEqual([[1, 'A7', '']])
  })

  it('takes members whatever their case, spaces and punctuation, as columns of CSV', async () => {
    expect((await read('{"Order ID":7,"NAME":"a"}', jsonl)).rows).toEqual([[1, '7', 'a']])
  })

  it('takes members of the object only, not those that every object has', async () => {
    const fields: ImportField[] = [{ name: 'constructor', aliases: ['toString'] }, ...FIELDS]
    expect((await read('{"id":"x"}', { ...jsonl, fields })).rows).toEqual([[1, '', 'x']])
    expect((await read('{"__proto__":{"id":"x"},"name":"a"}', jsonl)).rows).toEqual([[1, '', 'a']])
  })

  it('refuses a number that lost digits on its way, since an id would be another', async () => {
    const { rows, bad } = await read('{"id":12345678901234567890}\n{"id":9007199254740991}', jsonl)
    expect(bad).toEqual([[1, 'id is a number of more digits than are kept: write it as text']])
    expect(rows).toEqual([[2, '9007199254740991', '']])
  })

  it('refuses what is no object, and reads on', async () => {
    const { rows, bad } = await read('[1]\n{"id":1}\nnope\n', jsonl)
    expect(rows).toEqual([[2, '1', '']])
    expect(bad).toEqual([
      [1, 'is JSON but not an object'],
      [3, 'is not JSON'],
    ])
  })

  it('reads an empty file as no rows', async () => {
    expect(await read('', jsonl)).toMatchObject({ rows: [], bad: [] })
  })
})
