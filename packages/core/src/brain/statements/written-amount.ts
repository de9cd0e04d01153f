import { minorDigits, parseAmount } from '../money/parse-amount.ts'
import type { DecimalMark } from './types.ts'

const LONGEST = 60
/** Kinds of minus: hyphen, minus sign, en dash. */
const MINUS = /^[-\u2212\u2013]|[-\u2212\u2013]$/
const BRACKETED = /^\((.*)\)$/
/** `CR` and `DR` behind an amount, and `C`, `D` of German and French banks. */
const SIDE = /(?<=[\d.,\s])\s*(CR?|DR?|H|S)$/i
const CURRENCY =
  /^(?:[A-Z]{3}|[A-Z]{0,2}[$€£¥₹₽₺₴₩₪]|Fr\.?|Rs\.?|kr\.?)\s*|\s*(?:[A-Z]{3}|[A-Z]{0,2}[$€£¥₹₽₺₴₩₪]|k[rč]\.?|z[lł]|Ft)$/u
/** Spaces (also narrow and fixed ones) and apostrophes group digits wherever they stand between them. */
const GROUPING = /(?<=\d)[\s\u00a0\u202f\u2009'’](?=\d{3}(?!\d))/gu
const DIGITS = /^\d+(?:[.,]\d+)*[.,]?$/

interface Cleaned {
  readonly isNegative: boolean
  /** Digits with points and commas. */
  readonly digits: string
}

/** What an amount says about the decimal mark of its file; undefined where it can be either or has none. */
export function decimalMarkIn(text: string): DecimalMark | undefined {
  const digits = clean(text)?.digits
  if (digits === undefined) return undefined
  const marks = digits.replace(/\d/g, '')
  if (marks === '') return undefined
  const last = marks.at(-1) as DecimalMark
  const other = last === '.' ? ',' : '.'
  if (marks.includes(other)) return last
  if (marks.length > 1) return other
  return /^\d{1,3}[.,]\d{3}$/.test(digits) ? undefined : last
}

/** Whether it can be read in two ways that differ a thousandfold: `1.234`, where nothing tells what the point is. */
export function isOpen(text: string, currency: string): boolean {
  const digits = clean(text)?.digits
  return (
    digits !== undefined &&
    /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits) &&
    minorDigits(currency) > 0 &&
    decimalMarkIn(text) === undefined
  )
}

/**
 * An amount as people and banks write it, in minor units, exactly: `1.234,56`, `(12.00)`, `12.00-`, `£ 1,200`, `15,00 DR`. `mark` is the
 * decimal mark of the file; without one, an amount tells by itself. Returns why not, as a phrase, for anything else: `1e9`, `NaN`, `1.2.3`.
 */
export function writtenAmount(text: string, currency: string, mark?: DecimalMark): number | string {
  const cleaned = clean(text)
  if (!cleaned) return notAnAmount(text)
  const decimal = mark ?? decimalMarkIn(text) ?? (cleaned.digits.includes(',') ? '.' : ',')
  const grouped = decimal === '.' ? ',' : '.'
  const [whole = '', decimals, ...more] = cleaned.digits.split(decimal)
  if (more.length > 0 || decimals?.includes(grouped)) return notAnAmount(text)
  const groups = whole.split(grouped)
  const isGrouped = groups.length === 1 || groups.every((group, i) => (i === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group))
  if (!isGrouped) return notAnAmount(text)
  const amount = parseAmount(decimals ? `${groups.join('')}.${decimals}` : groups.join(''), currency)
  if (typeof amount === 'string') return amount
  return cleaned.isNegative && amount !== 0 ? -amount : amount
}

function clean(text: string): Cleaned | undefined {
  let rest = text.trim()
  if (rest.length > LONGEST) return undefined
  let isNegative = false
  let signs = 0
  const bracketed = BRACKETED.exec(rest)
  if (bracketed) {
    isNegative = true
    signs++
    rest = bracketed[1]!.trim()
  }
  const side = SIDE.exec(rest)
  if (side) {
    isNegative = /^[ds]/i.test(side[1]!)
    signs++
    rest = rest.slice(0, side.index)
  }
  for (let round = 0; round < 2; round++) {
    if (MINUS.test(rest)) {
      isNegative = true
      signs++
      rest = rest.replace(MINUS, '').trim()
    } else if (rest.startsWith('+')) {
      signs++
      rest = rest.slice(1).trim()
    }
    if (round === 0) rest = rest.replace(CURRENCY, '').trim()
  }
  rest = rest.replace(GROUPING, '')
  if (rest.startsWith('.') || rest.startsWith(',')) rest = `0${rest}`
  return signs <= 1 && DIGITS.test(rest) ? { isNegative, digits: rest.replace(/[.,]$/, '') } : undefined
}

function notAnAmount(text: string): string {
  return `"${text.trim().slice(0, 40)}" is not an amount such as 12.50`
}
