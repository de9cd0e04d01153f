import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minorDigits, parseAmount } from './parse-amount.ts'

/** The digits of an amount in minor units, with a separator before the last `digits` of them. */
function written(minor: number, digits: number, separator: string): string {
  const text = Math.abs(minor)
    .toString()
    .padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  return (minor < 0 ? '-' : '') + whole + (digits > 0 ? separator + text.slice(-digits) : '')
}

describe('parseAmount', () => {
  it('reads back exactly what was written, in every kind of currency, with a point or a comma', () => {
    const currency = fc.constantFrom('GBP', 'EUR', 'JPY', 'KWD', 'CLF')
    const amount = fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 })
    fc.assert(
      fc.property(currency, amount, fc.constantFrom('.', ','), (code, minor, separator) => {
        const text = written(minor, minorDigits(code), separator)
        expect(parseAmount(text, code)).toBe(minor)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['2.55', 'GBP', 255],
    ['2.5', 'GBP', 250],
    ['2', 'GBP', 200],
    ['1,99', 'EUR', 199],
    ['0.07', 'USD', 7],
    ['0', 'USD', 0],
    ['-0', 'USD', 0],
    ['-0.01', 'USD', -1],
    ['-12.30', 'GBP', -1230],
    ['007', 'GBP', 700],
    ['1099.49', 'GBP', 109949],
    ['8.41', 'GBP', 841],
    ['1300', 'JPY', 1300],
    ['1300.00', 'JPY', 1300],
    ['1.005', 'KWD', 1005],
    ['1.5', 'KWD', 1500],
    ['2.5500000', 'GBP', 255],
    ['9999999999999.99', 'GBP', 999999999999999],
  ])('reads %s %s as %i', (text, currency, minor) => {
    expect(parseAmount(text, currency)).toBe(minor)
  })

  it('never gives minus zero', () => {
    expect(Object.is(parseAmount('-0.00', 'GBP'), 0)).toBe(true)
  })

  it.each([
    '',
    ' ',
    ' 1',
    '1 ',
    '+1',
    '-',
    '.',
    ',',
    '.5',
    '1.',
    '1,',
    '-.5',
    '1.2.3',
    '1,234.50',
    '1.234,50',
    '1e9',
    'NaN',
    'Infinity',
    '0x10',
    '£1',
    '1-',
    '--1',
    '١٢',
    '1\u0000',
    '1\n',
  ])('says that %j is not an amount', (text) => {
    expect(parseAmount(text, 'GBP')).toMatch(/is not an amount such as 12\.50$/)
  })

  it.each([
    ['2.555', 'GBP'],
    ['1.5', 'JPY'],
    ['0.0001', 'KWD'],
  ])('says that %s is finer than the smallest unit of %s', (text, currency) => {
    expect(parseAmount(text, currency)).toBe(
      `${text} is finer than the smallest unit of ${currency} (${minorDigits(currency)} decimals)`,
    )
  })

  it.each([
    ['1234567890123456', 'JPY'],
    ['99999999999999.99', 'GBP'],
    ['9'.repeat(400), 'GBP'],
  ])('says that %s %s is too large', (text, currency) => {
    expect(parseAmount(text, currency)).toMatch(/is too large$/)
  })

  it('never gives a number that is not exact, and never throws', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^-?[0-9.,]{0,20}$/), fc.constantFrom('GBP', 'JPY', 'KWD'), (text, currency) => {
        const amount = parseAmount(text, currency)
        expect(typeof amount === 'string' || Number.isSafeInteger(amount)).toBe(true)
      }),
    )
  })

  it('repeats only the beginning of a long text', () => {
    for (const text of ['x'.repeat(10_000), `1.${'1'.repeat(10_000)}`, '1'.repeat(10_000)]) {
      expect((parseAmount(text, 'GBP') as string).length).toBeLessThan(150)
    }
  })
})

describe('minorDigits', () => {
  it.each([
    ['GBP', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['KWD', 3],
    ['TND', 3],
    ['CLF', 4],
    ['ZZZ', 2],
    ['toString', 2],
    ['constructor', 2],
  ])('of %s is %i', (currency, digits) => {
    expect(minorDigits(currency)).toBe(digits)
  })
})
