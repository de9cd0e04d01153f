import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minorDigits } from '../money/parse-amount.ts'
import { decimalMarkIn, writtenAmount } from './written-amount.ts'

describe('writtenAmount', () => {
  it.each([
    ['1.234,56', 'EUR', 123456],
    ['1,234.56', 'USD', 123456],
    ['1 234,56', 'EUR', 123456],
    ['1\u202f234\u202f567,89', 'EUR', 123456789],
    ["1'234.50", 'CHF', 123450],
    ['(12.00)', 'USD', -1200],
    ['($1,200.00)', 'USD', -120000],
    ['12.00-', 'EUR', -1200],
    ['-12,00', 'EUR', -1200],
    ['\u221212.50', 'GBP', -1250],
    ['+12.50', 'GBP', 1250],
    ['15,00 DR', 'EUR', -1500],
    ['15,00 CR', 'EUR', 1500],
    ['100,00 S', 'EUR', -10000],
    ['100,00 H', 'EUR', 10000],
    ['£12.50', 'GBP', 1250],
    ['-£12.50', 'GBP', -1250],
    ['£-12.50', 'GBP', -1250],
    ['12,50 €', 'EUR', 1250],
    ['EUR 12,50', 'EUR', 1250],
    ['99,00 zł', 'PLN', 9900],
    ['1,234', 'JPY', 1234],
    ['1234', 'JPY', 1234],
    ['1.234', 'KWD', 1234],
    ['.5', 'GBP', 50],
    ['12.', 'GBP', 1200],
    ['5', 'KWD', 5000],
    ['1.234.567', 'EUR', 123456700],
    ['0,00', 'EUR', 0],
    ['-0.00', 'GBP', 0],
  ])('reads %s %s', (text, currency, minor) => {
    expect(writtenAmount(text, currency, minorDigits(currency) === 3 ? '.' : undefined)).toBe(minor)
  })

  it.each([
    '1e9',
    'NaN',
    'Infinity',
    '',
    ' ',
    '-',
    '1.2.3',
    '1,23,456.00',
    '12,34.56',
    '--5',
    '(-5)',
    '5-5',
    '0x10',
    'E12.50',
    '12.50!',
    '١٢',
    '=1+1',
    '1..5',
    '12 34',
  ])('says that %j is not an amount', (text) => {
    expect(writtenAmount(text, 'GBP')).toMatch(/is not an amount such as 12\.50$/)
  })

  it('follows the mark of the file', () => {
    expect(writtenAmount('1.234', 'EUR', ',')).toBe(123400)
    expect(writtenAmount('1.234', 'EUR', '.')).toBe('1.234 is finer than the smallest unit of EUR (2 decimals)')
    expect(writtenAmount('1,50', 'EUR', '.')).toMatch(/is not an amount/)
  })

  it('reads back what any country writes', () => {
    const styles = fc.constantFrom(['.', ','], [',', '.'], [',', ' '], ['.', "'"], [',', '\u00a0'])
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), styles, (minor, [mark, group]) => {
        const digits = Math.abs(minor).toString().padStart(3, '0')
        const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, group!)
        expect(writtenAmount(`${minor < 0 ? '-' : ''}${whole}${mark}${digits.slice(-2)}`, 'EUR')).toBe(minor)
      }),
    )
  })

  it('never throws, never gives a number that is not exact, and repeats only the beginning of a long text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[-+(]?[0-9.,' ]{0,20}[)-]?( [A-Z]{2,3})?$/)),
        fc.constantFrom('GBP', 'JPY', 'KWD'),
        (text, currency) => {
          const amount = writtenAmount(text, currency)
          expect(
            typeof amount === 'string' ? amount.length < 150 : Number.isSafeInteger(amount) && !Object.is(amount, -0),
          ).toBe(true)
        },
      ),
    )
  })
})

describe('decimalMarkIn', () => {
  it.each([
    ['1.234,56', ','],
    ['1,234.56', '.'],
    ['12.5', '.'],
    ['12,50', ','],
    ['1.234.567', ','],
    ['1,234', undefined],
    ['1.234', undefined],
    ['1234', undefined],
    ['text', undefined],
  ])('of %s is %s', (text, mark) => {
    expect(decimalMarkIn(text)).toBe(mark)
  })
})
