import { minorDigits } from '../money/index.ts'
import type { Row } from './lay-out.ts'

/** Ways of writing a currency beside an amount, and which ones they may mean, likeliest first. Capital letters. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  '£': ['GBP', 'EGP', 'LBP'],
  '€': ['EUR'],
  EURO: ['EUR'],
  $: [
    'USD',
    'CAD',
    'AUD',
    'NZD',
    'SGD',
    'HKD',
    'TWD',
    'MXN',
    'ARS',
    'CLP',
    'COP',
    'MYR',
    'BND',
    'JMD',
    'TTD',
    'BBD',
    'FJD',
  ],
  US$: ['USD'],
  C$: ['CAD'],
  CA$: ['CAD'],
  A$: ['AUD'],
  AU$: ['AUD'],
  NZ$: ['NZD'],
  S$: ['SGD'],
  HK$: ['HKD'],
  NT$: ['TWD'],
  MX$: ['MXN'],
  R$: ['BRL'],
  '¥': ['JPY', 'CNY'],
  円: ['JPY'],
  元: ['CNY', 'TWD'],
  RMB: ['CNY'],
  '₩': ['KRW'],
  원: ['KRW'],
  '₹': ['INR'],
  RS: ['INR', 'PKR', 'LKR', 'NPR', 'MUR'],
  '₽': ['RUB'],
  '₺': ['TRY'],
  TL: ['TRY'],
  '₪': ['ILS'],
  '₫': ['VND'],
  '฿': ['THB'],
  '₱': ['PHP'],
  '₦': ['NGN'],
  '₴': ['UAH'],
  '₸': ['KZT'],
  ZŁ: ['PLN'],
  KČ: ['CZK'],
  FT: ['HUF'],
  LEI: ['RON', 'MDL'],
  KR: ['SEK', 'NOK', 'DKK', 'ISK'],
  FR: ['CHF'],
  SFR: ['CHF'],
  RM: ['MYR'],
  RP: ['IDR'],
  R: ['ZAR'],
  KD: ['KWD'],
  BD: ['BHD'],
  DHS: ['AED', 'MAD'],
  'د.ك': ['KWD'],
  'د.إ': ['AED'],
}
const CODES = `AED ARS AUD BGN BHD BND BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR IQD ISK JOD JPY KES KRW KWD KZT LBP
  LKR MAD MDL MUR MXN MYR NGN NOK NPR NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD UYU VND XAF XOF ZAR`
const MEANINGS = new Map<string, readonly string[]>([
  ...CODES.split(/\s+/).map((code) => [code, [code]] as const),
  ...Object.entries(SIGNS),
])
const LITERAL = [...MEANINGS.keys()]
  .toSorted((a, b) => b.length - a.length)
  .map((sign) => sign.replace(/[$.]/g, '\\$&'))
  .join('|')
/** A sign at the end of what stands before an amount; not the tail of a word. */
export const SIGN_BEFORE = new RegExp(`(?:^|[^\\p{L}])(${LITERAL})\\.?\\s{0,3}[:=]?\\s{0,3}$`, 'iu')
/** A sign at the beginning of what stands after an amount. */
export const SIGN_AFTER = new RegExp(`^\\s?(${LITERAL})(?![\\p{L}])`, 'iu')
const BRACKETED = new RegExp(`[([]\\s?(${LITERAL})\\s?[)\\]]`, 'giu')

/** What prints on receipts of a country, and its currency: used where no amount has a sign, and for signs that are shared. */
const COUNTRIES: readonly (readonly [RegExp, string])[] = [
  [/\bSDN\.?\s?BHD\b|\bS\/B\b|\bMALAYSIA\b|\bSELANGOR\b|\bJOHOR\b|\bKUALA LUMPUR\b|\bPENANG\b|\bJALAN\b/, 'MYR'],
  [/\bSINGAPORE\b|\bPTE\.? LTD\b/, 'SGD'],
  [/\bHONG KONG\b/, 'HKD'],
  [/\bAUSTRALIA\b|\bA\.?B\.?N\.?:? ?\d{2} ?\d{3}|\bPTY\b/, 'AUD'],
  [/\bNEW ZEALAND\b|\bAUCKLAND\b/, 'NZD'],
  [/\bCANADA\b|\bHST\b|\bONTARIO\b|\bQUEBEC\b|\bTPS\b|\b[A-Z]\d[A-Z] \d[A-Z]\d\b/, 'CAD'],
  [/\bSALES TAX\b|\bUSA\b|\b(?:CA|NY|TX|FL|WA|IL|MA|PA|OH|GA|NJ|VA|NC|CO|AZ|OR) \d{5}(?:-\d{4})?\b/, 'USD'],
  [/\bUNITED KINGDOM\b|\bLONDON\b|\bGB ?\d{9}\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b/, 'GBP'],
  [/\bSCHWEIZ\b|\bSUISSE\b|\bSVIZZERA\b|\bSWITZERLAND\b|\bCHE-?\d{3}/, 'CHF'],
  [
    /\bGMBH\b|\bMWST\b|\bDEUTSCHLAND\b|\bTVA\b|\bFRANCE\b|\bSARL\b|\bESPANA\b|\bIVA\b|\bC\.?I\.?F\b|\bSIRET\b|\bBTW\b|\bITALIA\b/,
    'EUR',
  ],
]
/** A country's own words count for this much of a sign beside an amount. */
const COUNTRY_WEIGHT = 0.8

export interface CurrencyFinding {
  readonly currency: string | null
  readonly confidence: number
}

/** The currency that most amounts are in. A sign that several share is resolved by `preferred`, then by the country. */
export function findCurrency(rows: readonly Row[], preferred: string | undefined): CurrencyFinding {
  const country = countryOf(rows)
  const votes = new Map<string, number>()
  let isShared = false
  for (const { text } of rows) {
    for (const { sign, weight } of signsIn(text)) {
      const choices = MEANINGS.get(sign)!
      const found = [preferred, country].find((code) => code !== undefined && choices.includes(code)) ?? choices[0]!
      if (choices.length > 1 && found !== preferred && found !== country) isShared = true
      votes.set(found, (votes.get(found) ?? 0) + weight)
    }
  }
  if (country) votes.set(country, (votes.get(country) ?? 0) + COUNTRY_WEIGHT)
  const [first, second] = [...votes].toSorted((a, b) => b[1] - a[1])
  if (!first) return preferred ? { currency: preferred, confidence: ASSUMED } : { currency: null, confidence: 0 }
  if (first[1] <= COUNTRY_WEIGHT) {
    return preferred && preferred !== first[0]
      ? { currency: preferred, confidence: ASSUMED }
      : { currency: first[0], confidence: BY_COUNTRY }
  }
  const share = first[1] / (first[1] + (second?.[1] ?? 0))
  return { currency: first[0], confidence: share * (isShared ? BY_SHARED_SIGN : BY_SIGN) }
}

const BY_SIGN = 0.98
const BY_COUNTRY = 0.9
const BY_SHARED_SIGN = 0.6
const ASSUMED = 0.5

function countryOf(rows: readonly Row[]): string | undefined {
  const text = rows.map((row) => row.keyed.words.join(' ')).join(' / ')
  return COUNTRIES.find(([pattern]) => pattern.test(text))?.[1]
}

interface FoundSign {
  readonly sign: string
  readonly weight: number
}

/** Signs beside a number, or in brackets as column headings have them. Letters count beside decimals only. */
function signsIn(text: string): FoundSign[] {
  const signs: FoundSign[] = []
  for (const [, sign] of text.matchAll(BRACKETED)) signs.push(weighed(sign!))
  for (const { index, 0: number } of text.matchAll(/\d[\d.,']*/g)) {
    const before = SIGN_BEFORE.exec(text.slice(Math.max(0, index - 12), index).replace(/[-(]\s?$/, ''))
    const after = SIGN_AFTER.exec(text.slice(index + number.length, index + number.length + 8))
    const sign = (before ?? after)?.[1]
    if (sign && (/[.,]\d{2,3}$/.test(number) || !/^\p{L}+$/u.test(sign) || isWithoutDecimals(sign)))
      signs.push(weighed(sign))
  }
  return signs
}

function isWithoutDecimals(sign: string): boolean {
  return sign.length > 1 && MEANINGS.get(sign.toUpperCase())!.every((code) => minorDigits(code) === 0)
}

/** One or two letters may be the end of something else, unless they are the country's own. */
function weighed(sign: string): FoundSign {
  const capital = sign.toUpperCase()
  return { sign: capital, weight: /^\p{L}{1,2}$/u.test(sign) && capital !== 'RM' ? SHORT_SIGN_WEIGHT : 1 }
}

const SHORT_SIGN_WEIGHT = 0.5
