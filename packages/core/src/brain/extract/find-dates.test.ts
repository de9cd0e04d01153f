import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findDates } from './find-dates.ts'

describe('dates in a text', () => {
  it.each([
    ['25/12/2018 8:13:39 PM', { dmy: '2018-12-25' }],
    ['2018-12-25', { ymd: '2018-12-25' }],
    ['2018-12-25T10:00:00Z', { ymd: '2018-12-25' }],
    ['05-MAR-18', { dmy: '2018-03-05' }],
    ['5. März 2018', { dmy: '2018-03-05' }],
    ['1er août 2018', { dmy: '2018-08-01' }],
    ['5 de marzo de 2018', { dmy: '2018-03-05' }],
    ['Oct 3, 2016', { mdy: '2016-10-03' }],
    ['October 3rd, 2016', { mdy: '2016-10-03' }],
    ['20180304', { ymd: '2018-03-04' }],
    ['11.02.18', { dmy: '2018-02-11', mdy: '2018-11-02', ymd: '2011-02-18' }],
    ['01/02/03', { dmy: '2003-02-01', mdy: '2003-01-02', ymd: '2001-02-03' }],
    ['12 / 10 / 2024', { dmy: '2024-10-12', mdy: '2024-12-10' }],
    ['2024年7月9日', { ymd: '2024-07-09' }],
    ['25/12/201808:13', { dmy: '2018-12-25' }],
    ['29/02/2024', { dmy: '2024-02-29' }],
  ])('%s can be read as %j', (text, readings) => {
    expect(findDates(text).map((date) => date.readings)).toEqual([readings])
  })

  it.each([
    '31/02/2024',
    '29/02/2023',
    '00/10/2024',
    '32.01.2024',
    '12.00',
    '1.234.567',
    '07-3558160',
    '10:30',
    '13/13/2013',
  ])('%s is none', (text) => {
    expect(findDates(text)).toEqual([])
  })

  it('are found wherever a day is written out', () => {
    const day = fc.date({ min: new Date('1970-01-01'), max: new Date('2069-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, fc.constantFrom('/', '-', '.'), (date, mark) => {
        const iso = date.toISOString().slice(0, 10)
        const [y, m, d] = iso.split('-')
        expect(findDates(`PAID ${d}${mark}${m}${mark}${y} 10:20`)[0]?.readings.dmy).toBe(iso)
        expect(findDates(`${m}${mark}${d}${mark}${y}`)[0]?.readings.mdy).toBe(iso)
      }),
    )
  })
})
