import { minorDigits, parseAmount } from '../../money/parse-amount.ts'

export interface FoundMoney {
  readonly amount: number
  readonly currency: string
  readonly from: number
  readonly to: number
}

const SIGNS: Readonly<Record<string, string>> = {
  '£': 'GBP',
  '€': 'EUR',
  '¥': 'JPY',
  '₹': 'INR',
  '₩': 'KRW',
  '₪': 'ILS',
  '₺': 'TRY',
}
/** The dollar of a tenant whose currency is one; elsewhere that of the United States. */
const DOLLARS = new Set(['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN', 'TWD'])
const WORDS: Readonly<Record<string, string>> = {
  pound: 'GBP',
  quid: 'GBP',
  euro: 'EUR',
  dollar: 'USD',
  buck: 'USD',
  yen: 'JPY',
  rupee: 'INR',
}
const PARTS: Readonly<Record<string, string>> = { pence: 'GBP', penny: 'GBP', cent: 'USD' }
const CODES = 'GBP|EUR|USD|JPY|INR|CAD|AUD|NZD|CHF|SEK|NOK|DKK|PLN|CZK|HUF|SGD|HKD|CNY|KRW|ILS|TRY|MXN|BRL|ZAR|KWD|BHD'
const AMOUNT = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d{1,3})?|\\d{1,12}(?:[.,]\\d{1,3})?'

const FORMS = new RegExp(
  [
    `(?<sign>[£€¥₹₩₪₺$])\\s?(?<a>${AMOUNT})(?<k>k\\b)?`,
    `(?<![\\w.,])(?<b>${AMOUNT})(?<k2>k)?\\s?(?:(?<sign2>[£€¥₹₩₪₺$])|(?<code>${CODES})\\b|(?<word>pound|quid|euro|dollar|buck|yen|rupee)s?\\b|(?<part>pence|penny|cents?)\\b)`,
    `\\b(?<code2>${CODES})\\s?(?<c>${AMOUNT})`,
  ].join('|'),
  'gi',
)

/** Sums of money with their currency, in minor units. `home` is the tenant's currency. */
export function findMoney(text: string, home: string | undefined): FoundMoney[] {
  const found: FoundMoney[] = []
  for (const match of text.matchAll(FORMS)) {
    const { sign, sign2, a, b, c, k, k2, code, code2, word, part } = match.groups!
    const currency = currencyOf({ sign: sign ?? sign2, code: code ?? code2, word, part }, home)
    const said = (a ?? b ?? c)!
    const amount = part ? Number.parseInt(said, 10) : amountOf(said, currency)
    if (amount === undefined || (part && !/^\d+$/.test(said))) continue
    const times = (k ?? k2) ? 1_000 : 1
    if (!Number.isSafeInteger(amount * times)) continue
    found.push({ amount: amount * times, currency, from: match.index, to: match.index + match[0].length })
  }
  return found
}

function currencyOf(
  { sign, code, word, part }: Readonly<Record<'sign' | 'code' | 'word' | 'part', string | undefined>>,
  home: string | undefined,
): string {
  if (code) return code.toUpperCase()
  const said = sign
    ? (SIGNS[sign] ?? 'USD')
    : word
      ? WORDS[word.toLowerCase()]!
      : PARTS[part!.toLowerCase().replace(/s$/, '')]!
  return said === 'USD' && home !== undefined && DOLLARS.has(home) ? home : said
}

/** `1,299` is a thousand and more; `12,5` and `12.50` have decimals, unless the currency has none. */
export function amountOf(said: string, currency: string): number | undefined {
  const isGrouped =
    /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(said) && !(minorDigits(currency) === 3 && /^\d+,\d{3}$/.test(said))
  const amount = parseAmount(isGrouped ? said.replaceAll(',', '') : said.replace(',', '.'), currency)
  return typeof amount === 'number' ? amount : undefined
}
