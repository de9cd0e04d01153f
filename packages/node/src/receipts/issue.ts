import { createHash } from 'node:crypto'
import type { Receipt, ReceiptInput, ReceiptLineInput, ReceiptSettings } from '@tillwright/core/contract'
import type { Tenant } from '../context.ts'
import { problem } from '../http/problem-error.ts'
import { AmountTooLargeError, type ReceiptTotals, receiptTotals } from './totals.ts'

/** What a receipt says, as it was issued. It is kept as the text whose digest stands beside it. */
export type IssuedContent = Omit<Receipt, 'id' | 'state' | 'credits' | 'due' | 'digest' | 'net' | 'tax' | 'total'> &
  Pick<ReceiptTotals, 'netMinor' | 'taxMinor' | 'totalMinor'> & {
    /** Of a credit note: the line of the receipt that each of its lines takes back, from 0. */
    readonly creditPlaces?: readonly number[]
  }

export interface Draft {
  readonly kind: Receipt['kind']
  readonly lines: readonly ReceiptLineInput[]
  readonly currency: string
  /** ms since 1970. */
  readonly suppliedAt: number
  readonly language: string
  readonly more: Partial<
    Pick<IssuedContent, 'orderId' | 'transactionId' | 'creditOf' | 'creditPlaces' | 'buyer' | 'payment' | 'note'>
  >
}

/** Puts a receipt together. Throws a problem where its amounts are beyond what can be kept exactly. */
export function contentOf(
  draft: Draft,
  { tenant, settings, number, now }: { tenant: Tenant; settings: ReceiptSettings; number: string; now: number },
): IssuedContent {
  const { lines: inputs, kind, currency, suppliedAt, language, more } = draft
  const { seller, footer, taxPercent } = settings
  const taxed = inputs.map((line) =>
    line.taxPercent !== undefined || taxPercent === undefined ? line : { ...line, taxPercent },
  )
  const { lines, taxes, netMinor, taxMinor, totalMinor } = totalsOf(taxed)
  return {
    number,
    kind,
    issuedAt: new Date(now).toISOString(),
    suppliedAt: new Date(suppliedAt).toISOString(),
    language,
    currency,
    seller: seller ?? { name: tenant.name },
    ...more,
    lines,
    taxes,
    netMinor,
    taxMinor,
    totalMinor,
    ...(footer ? { footer } : {}),
  }
}

function totalsOf(lines: readonly ReceiptLineInput[]): ReceiptTotals {
  try {
    return receiptTotals(lines)
  } catch (error) {
    if (error instanceof AmountTooLargeError) throw problem('conflict', error.message)
    throw error
  }
}

/** The prefix of a series, with the year of issue in the tenant's time zone. */
export function prefixOf(kind: Receipt['kind'], settings: ReceiptSettings, now: number, timeZone: string): string {
  const year = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone }).format(now)
  return (kind === 'receipt' ? settings.receiptPrefix : settings.creditPrefix).replaceAll('{year}', year)
}

const NUMBER_DIGITS = 5

export function numberOf(prefix: string, last: number): string {
  return prefix + String(last).padStart(NUMBER_DIGITS, '0')
}

export function digestOf(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}

/**
 * The lines of a credit note: what is asked for, or all that has not come back. Throws a problem where more would come back
 * than was sold.
 */
export function creditLines(
  sold: Receipt['lines'],
  /** Pieces that came back already, by line. */
  returned: ReadonlyMap<number, number>,
  asked?: readonly { readonly line: number; readonly quantity: number }[],
): { lines: ReceiptLineInput[]; places: number[] } {
  const left = (place: number) => Math.abs(sold[place]!.quantity) - (returned.get(place) ?? 0)
  const wanted = new Map<number, number>()
  for (const { line, quantity } of asked ?? sold.map((_, line) => ({ line, quantity: left(line) }))) {
    wanted.set(line, (wanted.get(line) ?? 0) + quantity)
  }
  const lines: ReceiptLineInput[] = []
  const places: number[] = []
  for (const [place, quantity] of wanted) {
    if (!sold[place]) throw problem('conflict', `The receipt has ${sold.length} lines; there is no line ${place}`)
    if (quantity > left(place)) {
      throw problem('conflict', `Of line ${place} at most ${left(place)} can come back, not ${quantity}`)
    }
    if (quantity === 0) continue
    const { totalMinor: _, ...line } = sold[place]
    lines.push({ ...line, quantity: line.quantity < 0 ? quantity : -quantity })
    places.push(place)
  }
  if (lines.length === 0) throw problem('conflict', 'Everything on this receipt has come back already')
  return { lines, places }
}

/** Pieces that credit notes took back, by line of the receipt. */
export function returnedBy(credits: readonly IssuedContent[]): Map<number, number> {
  const returned = new Map<number, number>()
  for (const { creditPlaces = [], lines } of credits) {
    for (const [i, place] of creditPlaces.entries()) {
      returned.set(place, (returned.get(place) ?? 0) + Math.abs(lines[i]!.quantity))
    }
  }
  return returned
}

export function sourcesOf({ orderId, transactionId }: Pick<ReceiptInput, 'orderId' | 'transactionId'>): string[] {
  return [
    ...(orderId === undefined ? [] : [`order:${orderId}`]),
    ...(transactionId === undefined ? [] : [`transaction:${transactionId}`]),
  ]
}
