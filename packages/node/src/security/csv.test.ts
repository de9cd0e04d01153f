import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvCell, csvRow } from './csv.ts'

test.each([
  ['text', 'Anna', 'Anna'],
  ['empty text', '', ''],
  ['null', null, ''],
  ['undefined', undefined, ''],
  ['a number', 12.5, '12.5'],
  ['a number below zero', -12.5, '-12.5'],
  ['a large integer', 12345678901234567890n, '12345678901234567890'],
  ['a claim', false, 'false'],
  ['a comma', 'a,b', '"a,b"'],
  ['a semicolon, which parts cells in some countries', 'a;=1+1', '"a;=1+1"'],
  ['a tab within', 'a\t=1+1', '"a\t=1+1"'],
  ['a quote', 'a"b', '"a""b"'],
  ['a line break', 'a\n=1+1', '"a\n=1+1"'],
  ['blanks around', ' a ', '" a "'],
  ['a sign within', 'a=b+c-d@e', 'a=b+c-d@e'],
])('%s', (_, value, cell) => {
  expect(csvCell(value)).toBe(cell)
})

describe('formulas become text', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', `"'\t=1"`],
    ['\ra', `"'\ra"`],
    ['\na', `"'\na"`],
    ['\0a', `"'\0a"`],
    ['\0=1', `"'\0=1"`],
    [' =1', "' =1"],
    ['\u00a0=1', "'\u00a0=1"],
    ['\ufeff=1', "'\ufeff=1"],
    ['\u200b=1', "'\u200b=1"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠a', "'＠a"],
    ['=HYPERLINK("https://evil.example","x")', `"'=HYPERLINK(""https://evil.example"",""x"")"`],
    ['"=1"', '"""=1"""'],
  ])('%j', (value, cell) => {
    expect(csvCell(value)).toBe(cell)
  })
})

test('a row ends its line', () => {
  expect(csvRow(['a', 1, null, '=x', 'b,c'])).toBe(`a,1,,'=x,"b,c"\r\n`)
  expect(csvRow([])).toBe('\r\n')
})

/** RFC 4180, read the plain way. */
function readRow(line: string): string[] {
  const cells = `,${line.slice(0, -2)}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",]*))/g)
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!)
}

test('whatever text goes in, it comes back with at most one quote mark in front, and never as a formula', () => {
  const text = fc.string({
    unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '\0', ' ', ',', ';', '"', "'", 'a', '1'),
  })
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), (values) => {
      const cells = readRow(csvRow(values))
      expect(cells).toHaveLength(values.length)
      for (const [index, cell] of cells.entries()) {
        expect([values[index], `'${values[index]}`]).toContain(cell)
        expect(cell.trimStart()).not.toMatch(/^[=+\-@\0]/)
        expect(cell).not.toMatch(/^[\t\r\n]/)
      }
    }),
    { seed: 5, numRuns: 2_000 },
  )
})
