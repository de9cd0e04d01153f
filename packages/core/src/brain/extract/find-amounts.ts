import { minorDigits, parseAmount } from '../money/index.ts'
import { SIGN_AFTER, SIGN_BEFORE } from './currencies.ts'

/** An amount as it stands in a text. */
export interface AmountInText {
  /** In minor units of the currency asked for; negative where the text says so. */
  readonly minor: number
  readonly start: number
  readonly end: number
  /** Whether a currency is written beside it. */
  readonly hasSign: boolean
  /** Whether it is written with exactly the decimals of the currency. */
  readonly isFull: boolean
}

const NUMBER = /\d[\d.,']*\d|\d/g
/** OCR puts a space beside the decimal mark: `9. 00`, `9 .00`. */
const LOOSE_MARK = /(\d)(?: ([.,])|([.,]) )(?=\d\d(?![\d.,/:]))/g
/** Thousands parted by spaces, as in French: only where decimals follow a comma. */
const SPACED = /(?<![\d.,])\d{1,3}(?: \d{3})+,\d\d(?!\d)/g

/**
 * Amounts in a text: `1.234,56`, `(12.00)`, `RM 12.00`, `£3`, `12.00-`, `5,-`. A number without a currency beside it counts only with the decimals
 * that the currency has; dates, times, percentages and parts of longer numbers do not. For currencies without decimals every whole
 * number that stands alone is an amount. The last mark followed by as many digits as the currency has parts the decimals.
 */
export function findAmounts(source: string, currency: string | null): AmountInText[] {
  const digits = minorDigits(currency ?? '')
  // The replacements keep places: what is taken out is put before the mark, where a blank ends nothing.
  const text = source
    .replace(
      LOOSE_MARK,
      (_, digit: string, mark: string | undefined, other: string | undefined) => ` ${digit}${mark ?? other}`,
    )
    .replace(SPACED, (run) => run.replaceAll(' ', "'"))
  const found: AmountInText[] = []
  for (const match of text.matchAll(NUMBER)) {
    const amount = amountAt(text, match.index, match[0], digits, currency)
    if (amount) found.push(amount)
  }
  return found
}

function amountAt(
  text: string,
  start: number,
  raw: string,
  digits: number,
  currency: string | null,
): AmountInText | null {
  const end = start + raw.length
  const before = text.slice(Math.max(0, start - REACH), start)
  const after = text.slice(end, end + REACH)
  if (/^\s?%|^[/:]\d|^-\d|^[\p{L}]{1,3}\d/u.test(after) || /[\d\p{L}][-/:]$|[\d][.,]$|#\s?$/u.test(before)) return null
  const unsigned = before.replace(/[-(+]\s?$/, '')
  const sign = SIGN_BEFORE.exec(unsigned) ?? SIGN_BEFORE.exec(before) ?? SIGN_AFTER.exec(after)
  const written = decimalOf(raw, digits)
  if (!written) return null
  const isFull = written.decimals === digits && digits > 0
  if (!isFull && !sign && !(digits === 0 && /(?:^|[\s:(-])$/.test(before) && /^(?:$|[\s)*-])/.test(after))) return null
  if (!sign && /\p{L}$/u.test(before) && !/(?:^|[^\p{L}])\p{L}$/u.test(before)) return null
  if (isFull && !sign && /^\s?(?:KG|G|ML|L|CM|MM|M|KM|LB|OZ|KWH)\b/i.test(after)) return null
  const minor = parseAmount(written.decimal, currency ?? '')
  if (typeof minor !== 'number') return null
  const isNegative =
    /(?:^|[\s:(\p{Sc}])-\s?(?:\p{Sc}|RM)?\s?$/u.test(before) ||
    (/\(\s?(?:\p{Sc}|[A-Z]{1,3}\s?)?$/u.test(before) && /^\s?\)/.test(after)) ||
    /^\s?-(?=$|\s|[A-Z]\b)/.test(after) ||
    /^\s?CR\b/.test(after)
  return { minor: isNegative && minor !== 0 ? -minor : minor, start, end, hasSign: sign !== null, isFull }
}

/** How far to either side of a number is looked. */
const REACH = 14

/** A number as digits, a point and decimals, thousands taken out; null where its marks make no sense. */
function decimalOf(raw: string, digits: number): { decimal: string; decimals: number } | null {
  const whole = /^(\d{1,3})((?:[.,']\d{3})+)$/.exec(raw)
  const isThousands = whole !== null && !(digits === 3 && /^\d+\.\d{3}$/.test(raw))
  if (isThousands && sameMarks(whole[2]!)) return { decimal: raw.replace(/[.,']/g, ''), decimals: 0 }
  const match = /^(\d{1,3}(?:[.,']\d{3})+|\d+)[.,](\d{1,4})$/.exec(raw) ?? /^(\d+)$/.exec(raw)
  if (!match) return null
  const [, units = '', decimals = ''] = match
  const mark = raw.at(-decimals.length - 1)
  if (decimals !== '' && units.includes(mark!)) return null
  if (!sameMarks(units)) return null
  return { decimal: units.replace(/[.,']/g, '') + (decimals && `.${decimals}`), decimals: decimals.length }
}

function sameMarks(text: string): boolean {
  return new Set(text.match(/[.,']/g)).size <= 1
}
