import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AmountTooLargeError, receiptTotals } from './totals.ts'

const line = (quantity: number, unitPriceMinor: number, taxPercent?: number) => ({
  name: 'Tea',
  quantity,
  unitPriceMinor,
  ...(taxPercent === undefined ? {} : { taxPercent }),
})

describe('totals of a receipt', () => {
  it.each([
    [120, 20, 20],
    [1299, 20, 217], // 216.5 goes away from zero
    [-1299, 20, -217],
    [107, 7, 7],
    [1055, 5.5, 55],
    [100, 0, 0],
    [1, 20, 0],
  ])('take from %i at %d % a tax of %i', (gross, percent, tax) => {
    expect(receiptTotals([line(1, gross, percent)]).taxes).toEqual([
      { percent, netMinor: gross - tax, taxMinor: tax, grossMinor: gross },
    ])
  })

  it('add up, whatever the lines are: net and tax give the total, and so do the rates', () => {
    const anyLine = fc.tuple(
      fc.integer({ min: -1_000, max: 1_000 }).filter((quantity) => quantity !== 0),
      fc.integer({ min: 0, max: 10_000_000 }),
      fc.constantFrom(0, 5, 5.5, 7, 19, 20, 27),
    )
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 40 }), (lines) => {
        const { taxes, netMinor, taxMinor, totalMinor } = receiptTotals(lines.map((one) => line(...one)))
        expect(netMinor + taxMinor).toBe(totalMinor)
        expect(taxes.reduce((sum, { grossMinor }) => sum + grossMinor, 0)).toBe(totalMinor)
        expect(totalMinor).toBe(lines.reduce((sum, [quantity, price]) => sum + quantity * price, 0))
      }),
    )
  })

  it('are refused where no double holds them', () => {
    expect(() => receiptTotals([line(1_000_000_000, Number.MAX_SAFE_INTEGER)])).toThrow(AmountTooLargeError)
  })

  it('name no tax where the lines name none', () => {
    expect(receiptTotals([line(2, 100)])).toMatchObject({ taxes: [], netMinor: 200, taxMinor: 0, totalMinor: 200 })
  })
})
