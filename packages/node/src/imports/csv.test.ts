import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvSplitter, detectDelimiter, MAX_RECORD_BYTES } from './csv.ts'

interface Read {
  readonly records: { line: number; fields: string[] }[]
  readonly broken: { line: number; reason: string; raw: string }[]
}

function readPieces(pieces: Iterable<Uint8Array>, delimiter = ','): Read {
  const read: Read = { records: [], broken: [] }
  const splitter = csvSplitter(delimiter, {
    record: (fields, line) => read.records.push({ line, fields }),
    broken: (line, reason, raw) => read.broken.push({ line, reason, raw }),
  })
  for (const piece of pieces) splitter.push(piece)
  splitter.end()
  return read
}

const read = (text: string | Uint8Array, delimiter?: string) =>
  readPieces([typeof text === 'string' ? Buffer.from(text) : text], delimiter)

const fieldsOf = (text: string | Uint8Array, delimiter?: string) =>
  read(text, delimiter).records.map(({ fields }) => fields)

function* cut(bytes: Uint8Array, places: readonly number[]): Iterable<Uint8Array> {
  const sorted = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b)
  let from = 0
  for (const to of [...sorted, bytes.length]) {
    yield bytes.subarray(from, to)
    from = to
  }
}

/** RFC 4180, with quotes where they are needed and where `quoteAll` says so. */
function writeCsv(table: readonly string[][], delimiter: string, newline: string, quoteAll: boolean): string[] {
  const needsQuotes = (text: string) => quoteAll || /["\r\n]/.test(text) || text.includes(delimiter)
  return table.map(
    (row) =>
      row.map((text) => (needsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(delimiter) + newline,
  )
}

describe('csvSplitter', () => {
  it('splits records and fields', () => {
    expect(fieldsOf('a,b\n1,2\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  it('reads back any table that an RFC 4180 writer wrote, cut into pieces at any byte', () => {
    const cell = fc.oneof(
      { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll('\0', '')) },
      fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', ' ', '🫖', 'é', '\ufeff'), maxLength: 8 }),
    )
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 }))
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.boolean(),
        fc.array(fc.nat(500), { maxLength: 20 }),
        (rows, delimiter, newline, quoteAll, endsInNewline, places) => {
          const written = writeCsv(rows, delimiter, newline, quoteAll)
          const whole = written.join('')
          const text = endsInNewline ? whole : whole.slice(0, whole.length - newline.length)
          let line = 1
          const expected = rows.map((fields, i) => {
            const record = { line, fields }
            line += written[i]!.split('\n').length - 1
            return record
          })
          const { records, broken } = readPieces(cut(Buffer.from(text), places), delimiter)
          expect(broken).toEqual([])
          expect(records).toEqual(expected)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('says the same of any bytes however they are cut', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '\0', 'é'), maxLength: 60 }),
        fc.array(fc.nat(100), { maxLength: 10 }),
        (text, places) => {
          const bytes = Buffer.from(text)
          expect(readPieces(cut(bytes, places))).toEqual(readPieces([bytes]))
        },
      ),
      { numRuns: 150 },
    )
  })

  it.each([
    ['nothing', '', []],
    ['an empty line', '\n', []],
    [
      'empty lines between records',
      'a,b\n\n\r\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a last line without a newline',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'empty fields',
      ',\n,x,\n',
      [
        ['', ''],
        ['', 'x', ''],
      ],
    ],
    [
      'CRLF',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CRLF after quotes',
      '"a","b"\r\n"1","2"\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a carriage return on its own, which belongs to the field', 'a\rb,c\n', [['a\rb', 'c']]],
    ['a carriage return at the end', 'a,b\r', [['a', 'b']]],
    ['a quote within an unquoted field', '5" pipe,2\n', [['5" pipe', '2']]],
    ['doubled quotes', '"say ""hi""",1\n', [['say "hi"', '1']]],
    ['a line break within quotes', '"two\nlines",1\n', [['two\nlines', '1']]],
    [
      'headers that are names of every object',
      '__proto__,constructor\n1,2\n',
      [
        ['__proto__', 'constructor'],
        ['1', '2'],
      ],
    ],
    ['letters of every size', 'é,🫖,汉\n', [['é', '🫖', '汉']]],
  ])('reads %s', (_what, text, expected) => {
    expect(read(text)).toMatchObject({ broken: [] })
    expect(fieldsOf(text)).toEqual(expected)
  })

  it('counts physical lines, within quotes too', () => {
    const { records } = read('a,b\n"1\n\n1",2\n\n3,4\n')
    expect(records.map(({ line }) => line)).toEqual([1, 2, 6])
  })

  describe('of broken lines', () => {
    it.each([
      ['a quote that is never closed', '"never,closed', 'a quote is opened and never closed'],
      ['text after a closing quote', '"a"b,c', 'text follows a closing quote'],
      ['a NUL', 'a\0b,c', 'holds NUL characters or bytes that are not UTF-8'],
      ['a NUL within quotes', '"a\0b",c', 'holds NUL characters or bytes that are not UTF-8'],
    ])('refuses %s, and reads on at the next line', (_what, line, reason) => {
      const { records, broken } = read(`h1,h2\n${line}\n1,2\n3,4\n`)
      expect(broken).toEqual([{ line: 2, reason, raw: line }])
      expect(records.map(({ fields }) => fields)).toEqual([
        ['h1', 'h2'],
        ['1', '2'],
        ['3', '4'],
      ])
      expect(records.map((record) => record.line)).toEqual([1, 3, 4])
    })

    it('refuses bytes that are not UTF-8', () => {
      const { records, broken } = read(Buffer.concat([Buffer.from('a,b\n'), Buffer.from([0xff, 0xfe, 0x2c, 0x62, 10])]))
      expect(broken).toMatchObject([{ line: 2, reason: 'holds NUL characters or bytes that are not UTF-8' }])
      expect(records).toHaveLength(1)
    })

    it('costs one line for a quote that stays open to the end of a long file', () => {
      const good = Array.from({ length: 50_000 }, (_, i) => `${i},good line\n`).join('')
      const { records, broken } = readPieces(cut(Buffer.from(`h1,h2\n"open,1\n${good}`), [65_536, 131_072, 700_000]))
      expect(broken).toMatchObject([{ line: 2, reason: 'a quote is opened and never closed', raw: '"open,1' }])
      expect(records).toHaveLength(50_001)
      expect(records.at(-1)).toEqual({ line: 50_002, fields: ['49999', 'good line'] })
    })

    it('gets through a file of nothing but broken quotes', () => {
      const { records, broken } = read(`h1,h2\n${'"a\n'.repeat(50_000)}`)
      expect(records).toHaveLength(1)
      expect(broken).toHaveLength(50_000)
    })

    it('shows the beginning of a long line only', () => {
      const { broken } = read(`"${'x'.repeat(100_000)}\n1,2\n`)
      expect(broken[0]!.raw).toHaveLength(4_096)
    })
  })

  describe('of long records', () => {
    const field = (length: number) => 'x'.repeat(length)

    it('reads a record of almost a megabyte, quoted or not', () => {
      const long = field(MAX_RECORD_BYTES - 10)
      expect(fieldsOf(`${long},1\n2,3\n`)[0]).toEqual([long, '1'])
      expect(fieldsOf(`"${long}",1\n2,3\n`)[0]).toEqual([long, '1'])
    })

    it.each([
      ['in one piece', []],
      ['in pieces', [10, 65_536, 1_000_000, 2_000_000, 3_000_000]],
    ])('refuses a line of 3 MB %s, and reads on after it', (_how, places) => {
      const bytes = Buffer.from(`a,b\n${field(3_000_000)},1\n2,3\n`)
      const { records, broken } = readPieces(cut(bytes, places))
      expect(broken).toMatchObject([{ line: 2, reason: 'a record of more than 1048576 bytes' }])
      expect(records).toEqual([
        { line: 1, fields: ['a', 'b'] },
        { line: 3, fields: ['2', '3'] },
      ])
    })

    it('refuses 3 MB without a line break at the end of a file', () => {
      const { records, broken } = readPieces(cut(Buffer.from(`a,b\n${field(3_000_000)}`), [1_500_000, 2_900_000]))
      expect([records.length, broken.length]).toEqual([1, 1])
    })

    it('refuses many megabytes within quotes line by line', () => {
      const bytes = Buffer.from(`a,b\n"${`${field(99)}\n`.repeat(20_000)}",1\n2,3\n`)
      const { records, broken } = readPieces(cut(bytes, [65_536, 500_000, 1_200_000]))
      expect(broken[0]).toMatchObject({ line: 2, reason: 'a quote is opened and never closed' })
      expect(records.at(-1)!.fields).toEqual(['2', '3'])
    })
  })
})

describe('detectDelimiter', () => {
  it.each([
    ['id,name', ','],
    ['id;name;price', ';'],
    ['id\tname', '\t'],
    ['id;name, full;price', ';'],
    ['id', ','],
    ['', ','],
  ])('of %j is %j', (header, delimiter) => {
    expect(detectDelimiter(header)).toBe(delimiter)
  })
})
