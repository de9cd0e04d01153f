import { describe, expect, it } from 'vitest'
import { fingerprintsOf, readStatement } from './index.ts'

const csv = (...lines: string[]) =>
  readStatement(`Date,Description,Amount,Transaction ID\n${lines.join('\n')}\n`, { currency: 'GBP' }).accounts[0]!

describe('fingerprintsOf', () => {
  it('is the same each time that a file is read, and keeps two equal purchases of one day apart', () => {
    const lines = ['2026-03-31,Coffee,-2.50,', '2026-03-31,Coffee,-2.50,', '2026-04-01,Coffee,-2.50,']
    const prints = fingerprintsOf(csv(...lines))
    expect(new Set(prints).size).toBe(3)
    expect(fingerprintsOf(csv(...lines))).toEqual(prints)
    expect(new Set(fingerprintsOf(csv(...lines.toReversed())))).toEqual(new Set(prints))
  })

  it('finds the entries of one file again in a longer one', () => {
    const early = fingerprintsOf(csv('2026-03-31,Coffee,-2.50,'))
    const late = fingerprintsOf(csv('2026-03-30,Tea,-2.50,', '2026-03-31,Coffee,-2.50,', '2026-03-31,Coffee,-2.50,'))
    expect(late.filter((print) => early.includes(print))).toHaveLength(1)
  })

  it('does not mind how an export wraps or capitalises a text', () => {
    expect(fingerprintsOf(csv('2026-03-31,COFFEE  SHOP,-2.50,'))).toEqual(
      fingerprintsOf(csv('2026-03-31,Coffee Shop,-2.50,')),
    )
  })

  it('goes by the id of the bank where there is one, whatever the text says, and survives banks that give all entries one id', () => {
    expect(fingerprintsOf(csv('2026-03-31,Coffee,-2.50,T1'))).toEqual(
      fingerprintsOf(csv('2026-03-31,Another text,-2.50,T1')),
    )
    expect(new Set(fingerprintsOf(csv('2026-03-31,Coffee,-2.50,T1', '2026-03-31,Coffee,-2.50,T2'))).size).toBe(2)
    expect(
      new Set(
        fingerprintsOf(
          csv('2026-03-31,a,-2.50,A', '2026-03-31,b,-3.50,A', '2026-04-01,c,-2.50,A', '2026-03-31,d,-2.50,A'),
        ),
      ).size,
    ).toBe(4)
  })

  it('tells amount, sign, day and currency apart', () => {
    const lines = [
      '2026-03-31,x,-2.50,',
      '2026-03-31,x,2.50,',
      '2026-03-30,x,-2.50,',
      '2026-03-31,x,-2.51,',
      '2026-03-31,y,-2.50,',
    ]
    expect(new Set(fingerprintsOf(csv(...lines))).size).toBe(5)
  })
})
