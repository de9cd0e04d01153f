import { describe, expect, it } from 'vitest'
import { compactDay, isoDay, writtenDay } from './calendar-day.ts'
import { dateOrderOf } from './date-order.ts'

const found = (...texts: string[]) => texts.map((text, i) => ({ text, line: i + 1, day: writtenDay(text)! }))

describe('writtenDay', () => {
  it.each([
    ['2026-03-31', '2026-03-31'],
    ['2026-03-31 13:45:00', '2026-03-31'],
    ['2026-03-31T13:45:00Z', '2026-03-31'],
    ['2026/3/31', '2026-03-31'],
    ['20260331', '2026-03-31'],
    ['31/03/2026', '2026-03-31'],
    ['31.03.26', '2026-03-31'],
    ['31/03/2026 23:59', '2026-03-31'],
    ["3/31'26", '2026-03-31'],
    ['31 Mar 2026', '2026-03-31'],
    ['31-Mar-26', '2026-03-31'],
    ['Mar 31, 2026', '2026-03-31'],
    ['31 März 2026', '2026-03-31'],
    ['31. Dez. 2026', '2026-12-31'],
    ['14 juil. 2026', '2026-07-14'],
    ['12/31/99', '1999-12-31'],
    ["1/13'00", '2000-01-13'],
  ])('reads %s', (text, day) => {
    expect(Object.values(writtenDay(text)!)).toContain(day)
  })

  it.each([
    '31/02/2026',
    '2026-02-30',
    '29.02.2025',
    '00/01/2026',
    '13/13/2026',
    '2026-13-01',
    '01/01/1899',
    '31 Foo 2026',
    'soon',
    '',
    '1',
    '12.50',
    '31/03',
    `${'1'.repeat(500)}/1/1`,
  ])('says that %j is no day', (text) => {
    expect(writtenDay(text)).toBeNull()
  })
})

describe('compactDay and isoDay', () => {
  it('take the day and leave the time', () => {
    expect(compactDay('20260331')).toBe('2026-03-31')
    expect(compactDay('20260331120000.000[-5:EST]')).toBe('2026-03-31')
    expect(isoDay('2026-03-31T23:30:00+01:00')).toBe('2026-03-31')
    expect(isoDay('2026-03-31+02:00')).toBe('2026-03-31')
  })

  it('refuse what is no day', () => {
    for (const text of ['20120231', '201120000000', '2026', '', '202603311']) expect(compactDay(text)).toBeNull()
    for (const text of ['2026-02-30', '2026-3-1', '31.03.2026', '']) expect(isoDay(text)).toBeNull()
  })
})

describe('dateOrderOf', () => {
  it('takes the order under which all days exist', () => {
    expect(dateOrderOf(found('01/02/2026', '13/02/2026'))).toBe('dmy')
    expect(dateOrderOf(found('01/02/2026', '02/13/2026'))).toBe('mdy')
    expect(dateOrderOf(found('26-01-31', '26-02-27'))).toBe('ymd')
    expect(dateOrderOf(found('31-01-26', '27-02-26'))).toBe('dmy')
    expect(dateOrderOf(found('99-01-31'))).toBe('ymd')
  })

  it('does not mind where both orders give the same day', () => {
    expect(dateOrderOf(found("1/1'00", '03/03/2026'))).toBe('dmy')
    expect(dateOrderOf([])).toBe('dmy')
  })

  it('asks where nothing tells', () => {
    expect(() => dateOrderOf(found('03/03/2026', '01/02/03'))).toThrow(
      'Line 2: 01/02/03 can be 2003-02-01 or 2003-01-02, and no day in the file tells which: set dateOrder to dmy or mdy',
    )
  })
})
