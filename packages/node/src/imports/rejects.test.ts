import { describe, expect, it } from 'vitest'
import { csvSplitter } from './csv.ts'
import { REJECT_HEADER, rejectLines } from './rejects.ts'

function readBack(csv: string): string[][] {
  const records: string[][] = []
  const splitter = csvSplitter(',', { record: (fields) => records.push(fields), broken: () => {} })
  splitter.push(Buffer.from(csv))
  splitter.end()
  return records
}

describe('rejectLines', () => {
  it('writes line number, reason and row as CSV that reads back', () => {
    const csv = REJECT_HEADER + rejectLines([{ line: 7, reason: 'quantity "x" is wrong', raw: 'a,"b",\nc' }])
    expect(readBack(csv)).toEqual([
      ['line', 'reason', 'row'],
      ['7', 'quantity "x" is wrong', 'a,"b",\nc'],
    ])
  })

  it.each(['=1+1', '+1', '-1', '@sum', '\t=1', '\r=1', '=cmd|" /c calc"!A1'])('disarms the formula %j', (formula) => {
    const [[, reason, row]] = readBack(rejectLines([{ line: 1, reason: formula, raw: formula }])) as [string[]]
    expect(reason).toBe(`'${formula}`)
    expect(row).toBe(`'${formula}`)
  })

  it('disarms a row that begins with NUL', () => {
    expect(rejectLines([{ line: 1, reason: '', raw: '\0=1' }])).toBe(`1,"","'\0=1"\r\n`)
  })

  it('keeps the beginning of a long row only', () => {
    expect(rejectLines([{ line: 1, reason: '', raw: 'x'.repeat(1_000_000) }]).length).toBeLessThan(2_100)
  })
})
