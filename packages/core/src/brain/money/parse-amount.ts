/** Digits after the point in an amount of a currency, where ISO 4217 says other than two. */
const EXPONENTS = new Map<string, number>([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
])

/** How many decimal digits the minor unit of `currency` has: 2 for GBP, 0 for JPY, 3 for KWD. Source: ISO 4217. */
export function minorDigits(currency: string): number {
  return EXPONENTS.get(currency) ?? 2
}

const MAX_DIGITS = 15
const [ZERO, NINE, MINUS, POINT, COMMA] = [48, 57, 45, 46, 44]

/**
 * A decimal amount in minor units, exactly: `2.55` in GBP is 255. A point or a comma separates decimals; there are no
 * thousands separators. Returns why not, as a phrase, where the text is no such amount or finer than the currency's
 * smallest unit; trailing zeros are not finer. Exact up to 15 digits.
 */
export function parseAmount(text: string, currency: string): number | string {
  const isNegative = text.charCodeAt(0) === MINUS
  const digits = minorDigits(currency)
  let minor = 0
  let wholeDigits = 0
  let decimals = -1
  let isFiner = false
  for (let i = isNegative ? 1 : 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if ((code === POINT || code === COMMA) && decimals < 0 && wholeDigits > 0) decimals = 0
    else if (code < ZERO || code > NINE) return notAnAmount(text)
    else if (decimals < 0) {
      minor = minor * 10 + code - ZERO
      wholeDigits++
    } else if (decimals < digits) {
      minor = minor * 10 + code - ZERO
      decimals++
    } else if (code !== ZERO) isFiner = true
  }
  if (wholeDigits === 0 || text.endsWith('.') || text.endsWith(',')) return notAnAmount(text)
  if (isFiner) return `${text.slice(0, 40)} is finer than the smallest unit of ${currency} (${digits} decimals)`
  if (wholeDigits + digits > MAX_DIGITS) return `${text.slice(0, 40)} is too large`
  const scaled = minor * 10 ** (digits - Math.max(0, decimals))
  return isNegative && scaled > 0 ? -scaled : scaled
}

function notAnAmount(text: string): string {
  return `"${text.slice(0, 40)}" is not an amount such as 12.50`
}
