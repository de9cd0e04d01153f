import type { Receipt } from '@tillwright/core/contract'
import { type ReceiptWords, receiptWords } from '../words.ts'

/** A receipt in words and numbers as its reader writes them; every form of it is made from this. */
export interface SaidReceipt {
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  readonly words: ReceiptWords
  readonly title: string
  readonly seller: { readonly name: string; readonly lines: readonly string[]; readonly logo?: string }
  readonly buyer: readonly string[]
  /** Label and value. */
  readonly facts: readonly (readonly [string, string])[]
  readonly lines: readonly {
    readonly name: string
    readonly quantity: string
    readonly price: string
    readonly amount: string
  }[]
  readonly sums: readonly (readonly [string, string])[]
  readonly total: readonly [string, string]
  /** What happened after it was issued. */
  readonly since: readonly (readonly [string, string])[]
  readonly closing: readonly string[]
  /** ISO day of issue, for the document's own data. */
  readonly issuedDay: string
}

const RIGHT_TO_LEFT = new Set(['ar', 'he', 'fa', 'ur'])

export function sayReceipt(receipt: Receipt, timeZone: string): SaidReceipt {
  const language = soundLanguage(receipt.language)
  const words = receiptWords(language)
  const money = moneyIn(language, receipt.currency)
  const day = (iso: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone }).format(new Date(iso))
  const percent = (value: number) =>
    new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(value / 100)
  const { seller, buyer, creditOf, taxes, payment, note, footer } = receipt
  const isCredit = receipt.kind === 'credit-note'
  return {
    language,
    direction: RIGHT_TO_LEFT.has(language.split('-')[0]!) ? 'rtl' : 'ltr',
    words,
    title: `${isCredit ? words.creditNote : words.receipt} ${receipt.number}`,
    seller: {
      name: seller.name,
      lines: [
        ...(seller.address ?? []),
        ...(seller.taxId ? [`${words.taxId} ${seller.taxId}`] : []),
        ...[seller.email, seller.phone].filter((line) => line !== undefined),
      ],
      ...(seller.logo && { logo: seller.logo }),
    },
    buyer: buyer
      ? [buyer.name, ...(buyer.address ?? []), buyer.taxId && `${words.taxId} ${buyer.taxId}`, buyer.email].filter(
          (line): line is string => !!line,
        )
      : [],
    facts: [
      [words.number, receipt.number],
      [words.issued, day(receipt.issuedAt)],
      ...(day(receipt.suppliedAt) === day(receipt.issuedAt)
        ? []
        : [[words.supplied, day(receipt.suppliedAt)] as const]),
      ...(receipt.orderId === undefined ? [] : [[words.order, receipt.orderId] as const]),
      ...(creditOf ? [[words.forReceipt, creditOf.number] as const] : []),
    ],
    lines: receipt.lines.map(({ name, quantity, unitPriceMinor, totalMinor }) => ({
      name,
      quantity: new Intl.NumberFormat(language).format(quantity),
      price: money(unitPriceMinor),
      amount: money(totalMinor),
    })),
    sums:
      taxes.length === 0
        ? []
        : [
            [words.net, money(receipt.net.amount)],
            ...taxes.map((tax) => [words.tax(percent(tax.percent)), money(tax.taxMinor)] as const),
          ],
    total: [words.total, money(receipt.total.amount)],
    since:
      receipt.credits.length === 0
        ? []
        : [
            ...receipt.credits.map(
              ({ number, issuedAt, total }) =>
                [`${words.credited}, ${number}, ${day(issuedAt)}`, money(total.amount)] as const,
            ),
            [words.left, money(receipt.due.amount)],
          ],
    closing: [
      ...(payment ? [`${words.paidBy}: ${payment}`] : []),
      ...(note ? [note] : []),
      ...(footer ? [footer] : []),
    ],
    issuedDay: receipt.issuedAt.slice(0, 10),
  }
}

/** Amounts as people of a language write them, with the digits that the currency has. */
function moneyIn(language: string, currency: string): (minor: number) => string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  // As a decimal string, since a large amount in minor units divided by 100 is none that a double holds.
  return (minor) => format.format(decimal(minor, digits))
}

function decimal(minor: number, digits: number): `${number}` {
  const text = Math.abs(minor)
    .toString()
    .padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  return `${minor < 0 ? '-' : ''}${whole}${digits > 0 ? `.${text.slice(-digits)}` : ''}` as `${number}`
}

/** A language that nobody can format in is answered in English. */
function soundLanguage(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en'
  } catch {
    return 'en'
  }
}
