import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findAmounts } from './find-amounts.ts'

const minors = (text: string, currency: string | null = 'GBP') => findAmounts(text, currency).map(({ minor }) => minor)

describe('amounts in a text', () => {
  it.each([
    ['12.00', 'GBP', 1200],
    ['1.234,56', 'EUR', 123456],
    ['1,234.56', 'USD', 123456],
    ["1'234.50", 'CHF', 123450],
    ['1 234,56 €', 'EUR', 123456],
    ['€ 1.234', 'EUR', 123400],
    ['(12.00)', 'GBP', -1200],
    ['12.00-', 'GBP', -1200],
    ['-12.00', 'GBP', -1200],
    ['-£12.00', 'GBP', -1200],
    ['RM 12.00', 'MYR', 1200],
    ['RM12.00', 'MYR', 1200],
    ['£3', 'GBP', 300],
    ['3 €', 'EUR', 300],
    ['$.. 8.20', 'USD', 820],
    ['9. 00', 'GBP', 900],
    ['9 .00', 'GBP', 900],
    ['5.50*S', 'MYR', 550],
    ['¥1,200', 'JPY', 1200],
    ['1200円', 'JPY', 1200],
    ['KD 1.250', 'KWD', 1250],
    ['0.00', 'GBP', 0],
  ])('%s in %s is %i', (text, currency, minor) => {
    expect(minors(text, currency)).toEqual([minor])
  })

  it.each([
    '6.00%',
    '12.10.2024',
    '10:30',
    '12/10',
    '1e9',
    'NaN',
    '07-355 2616',
    '12',
    '1.2.3.4',
    '0.450 KG',
    '1.50 KG',
    '#12.00.1',
    'CHF',
  ])('%s is none', (text) => {
    expect(minors(text)).toEqual([])
  })

  it('are found several to a row, each in its place', () => {
    const text = '2 x 3.25 £6.50'
    expect(findAmounts(text, 'GBP').map(({ start, end }) => text.slice(start, end))).toEqual(['3.25', '6.50'])
  })

  it('are exact, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[-0-9., ()£€RM%/:]{0,40}$/),
        fc.constantFrom('GBP', 'JPY', 'KWD', null),
        (text, currency) => {
          for (const { minor } of findAmounts(text, currency)) expect(Number.isSafeInteger(minor)).toBe(true)
        },
      ),
    )
  })
})
