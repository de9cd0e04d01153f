import * as z from 'zod/mini'
import { file, ownOr, route, secretKeyOr, visitor } from './define.ts'
import { currency, foreignId, instant, Money, minorUnits, ownId, page, pageQuery, text } from './schema.ts'

/** Forms of a receipt, and the media types that ask for them. */
export const RECEIPT_FORMATS = {
  json: 'application/json',
  text: 'text/plain',
  html: 'text/html',
  pdf: 'application/pdf',
} as const
export type ReceiptFormat = keyof typeof RECEIPT_FORMATS

export const MAX_RECEIPT_LINES = 1_000

const RECEIPT_TYPES = Object.values(RECEIPT_FORMATS)
const format = { format: z.optional(z.enum(Object.keys(RECEIPT_FORMATS) as [ReceiptFormat, ...ReceiptFormat[]])) }
const mailAddress = () => z.email().check(z.maxLength(254))

/** Percent of tax with at most two decimals: 20, 5.5, 0. */
function taxPercent() {
  return z.number().check(
    z.gte(0),
    z.lte(100),
    z.refine((percent) => Math.abs(percent * 100 - Math.round(percent * 100)) < 1e-9, 'must have two decimals at most'),
  )
}

/** A place name of the series: letters and digits, with `{year}` for the year of issue. */
function numberPrefix() {
  return z
    .string()
    .check(z.maxLength(20), z.regex(/^(?:[A-Za-z0-9/_-]|\{year\})*$/, 'must be letters, digits, -, _, / and {year}'))
}

const party = {
  name: text(200, 1),
  /** Lines of the address, as they are printed. */
  address: z.optional(z.array(text(200, 1)).check(z.maxLength(8))),
  /** Such as a VAT number, with its prefix. */
  taxId: z.optional(text(50, 1)),
}

const Seller = z.object({
  ...party,
  email: z.optional(mailAddress()),
  phone: z.optional(text(50, 1)),
  /** A PNG as a data address, 64 KiB at most. */
  logo: z.optional(
    z
      .string()
      .check(
        z.maxLength(90_000),
        z.regex(/^data:image\/png;base64,iVBORw0KGgo[A-Za-z0-9+/]*={0,2}$/, 'must be data:image/png;base64,…'),
      ),
  ),
})

const Buyer = z.object({ ...party, name: z.optional(text(200, 1)), email: z.optional(mailAddress()) })

export const ReceiptSettings = z.object({
  /** Who issues receipts. Default: the name of the tenant. */
  seller: z.optional(Seller),
  /** Before the number of a receipt and of a credit note. Numbers begin at 1 for each prefix, once `{year}` is filled in. */
  receiptPrefix: z._default(numberPrefix(), 'R-{year}-'),
  creditPrefix: z._default(numberPrefix(), 'C-{year}-'),
  /** Tax in all prices, where lines name no other. Left out: receipts show no tax. */
  taxPercent: z.optional(taxPercent()),
  /** Issues a receipt for each new order that comes in over the API. */
  automatic: z._default(z.boolean(), false),
  /** Mails what was issued by itself to the customer's address, where the shop knows one. */
  mailAutomatic: z._default(z.boolean(), false),
  /** BCP 47 language of receipts that name no other. */
  language: z._default(text(35, 2), 'en'),
  /** Printed at the end. */
  footer: z.optional(text(500)),
})
export type ReceiptSettings = z.output<typeof ReceiptSettings>

const receiptLine = {
  productId: z.optional(foreignId()),
  name: text(500, 1),
  /** Negative where pieces came back. */
  quantity: z.int(),
  /** Of one piece, tax included. */
  unitPriceMinor: minorUnits(),
  /** In the price; left out where no tax is shown. */
  taxPercent: z.optional(taxPercent()),
}

export const ReceiptLineInput = z.object(receiptLine)
export type ReceiptLineInput = z.output<typeof ReceiptLineInput>

const reference = z.object({ id: ownId('rcp'), number: z.string() })

/** A receipt, or a credit note, as it was issued; what has happened to it since is in `state` and `credits`. */
export const Receipt = z.object({
  id: ownId('rcp'),
  /** Follows the one before it of the same prefix, with no gap: `R-2026-00042`. */
  number: z.string(),
  kind: z.enum(['receipt', 'credit-note']),
  state: z.enum(['issued', 'partly_refunded', 'refunded']),
  orderId: z.optional(z.string()),
  transactionId: z.optional(z.string()),
  /** Of a credit note: the receipt that it takes back in whole or in part. */
  creditOf: z.optional(reference),
  /** Credit notes for this receipt, the oldest first. */
  credits: z.array(z.object({ ...reference.shape, issuedAt: instant(), total: Money })),
  /** What is left after all credit notes. */
  due: Money,
  issuedAt: instant(),
  /** When it was sold. */
  suppliedAt: instant(),
  language: z.string(),
  currency: currency(),
  seller: Seller,
  buyer: z.optional(Buyer),
  lines: z.array(z.object({ ...receiptLine, totalMinor: minorUnits() })),
  /** For each rate: what is without tax, the tax, and both together. Empty where no tax is shown. */
  taxes: z.array(
    z.object({ percent: z.number(), netMinor: minorUnits(), taxMinor: minorUnits(), grossMinor: minorUnits() }),
  ),
  net: Money,
  tax: Money,
  total: Money,
  /** How it was paid: `Visa •••• 4242`. */
  payment: z.optional(z.string()),
  note: z.optional(z.string()),
  footer: z.optional(z.string()),
  /** SHA-256 of what was issued, in hex: the same for as long as the receipt is kept. */
  digest: z.string(),
})
export type Receipt = z.output<typeof Receipt>

export const ReceiptInput = z.object({
  /** The order that it is for. An order has one receipt: asking again gives the same. */
  orderId: z.optional(foreignId()),
  /** The transaction that it is for, likewise. */
  transactionId: z.optional(foreignId()),
  /** Default: those of the order. */
  lines: z.optional(z.array(ReceiptLineInput).check(z.minLength(1), z.maxLength(MAX_RECEIPT_LINES))),
  /** Default: that of the order, or of the tenant. */
  currency: z.optional(currency()),
  suppliedAt: z.optional(instant()),
  language: z.optional(text(35, 2)),
  /** Default: the order's customer, as far as the shop knows them. */
  buyer: z.optional(Buyer),
  payment: z.optional(text(100)),
  note: z.optional(text(500)),
  /** Mails it there. */
  mailTo: z.optional(mailAddress()),
})
export type ReceiptInput = z.output<typeof ReceiptInput>

const receiptId = z.object({ receiptId: ownId('rcp') })

export const receipts = {
  /** Receipts, the newest first: of a person who is signed in their own, for the shop all. */
  list: route({
    method: 'GET',
    path: '/api/receipts',
    access: ownOr('receipts:read'),
    query: z.object({
      ...pageQuery,
      /** A part of the number, an order, or an e-mail address. */
      search: z.optional(text(254)),
      from: z.optional(instant()),
      to: z.optional(instant()),
    }),
    output: page(Receipt),
    paged: true,
  }),
  /** Issues a receipt. */
  issue: route({
    method: 'POST',
    path: '/api/receipts',
    access: secretKeyOr('receipts:write'),
    body: ReceiptInput,
    output: Receipt,
    errors: ['not_found', 'conflict'],
  }),
  get: route({
    method: 'GET',
    path: '/api/receipts/{receipt_id}',
    access: ownOr('receipts:read'),
    params: receiptId,
    output: Receipt,
    errors: ['not_found'],
  }),
  /** The receipt as a document: in the form of `format`, or else of `Accept`, or else JSON. */
  document: route({
    method: 'GET',
    path: '/api/receipt/{receipt_id}',
    access: ownOr('receipts:read'),
    params: receiptId,
    query: z.object(format),
    output: file(RECEIPT_TYPES, 8 * 2 ** 20),
    errors: ['not_found', 'unavailable'],
  }),
  /** The same by the transaction or the order that it was issued for. */
  ofTransaction: route({
    method: 'GET',
    path: '/api/transaction/{txn_id}/receipt',
    access: ownOr('receipts:read'),
    params: z.object({ txnId: foreignId() }),
    query: z.object(format),
    output: file(RECEIPT_TYPES, 8 * 2 ** 20),
    errors: ['not_found', 'unavailable'],
  }),
  /**
   * Mails a receipt once more. Whoever may read it chooses the address, by default the buyer's. Anybody else names the
   * buyer's address, and gets the same answer whether it is or not.
   */
  resend: route({
    method: 'POST',
    path: '/api/receipt/resend',
    access: visitor,
    body: z.object({ receiptId: ownId('rcp'), email: z.optional(mailAddress()) }),
    output: z.object({ status: z.literal('accepted') }),
    status: 202,
    errors: ['not_found'],
    limit: 'sign-in',
    forWidgets: true,
  }),
  /** Issues a credit note for a receipt: for some of its lines, or for all that is left of it. */
  credit: route({
    method: 'POST',
    path: '/api/receipts/{receipt_id}/credit',
    access: secretKeyOr('receipts:write'),
    params: receiptId,
    body: z.object({
      /** `line` counts from 0. Default: all that has not come back. */
      lines: z.optional(
        z
          .array(
            z.object({
              line: z.int().check(z.gte(0), z.lt(MAX_RECEIPT_LINES)),
              quantity: z.int().check(z.gte(1), z.lte(1_000_000_000)),
            }),
          )
          .check(z.minLength(1), z.maxLength(MAX_RECEIPT_LINES)),
      ),
      note: z.optional(text(500)),
      mailTo: z.optional(mailAddress()),
    }),
    output: Receipt,
    errors: ['not_found', 'conflict'],
  }),
  settings: route({
    method: 'GET',
    path: '/api/receipts/settings',
    access: secretKeyOr('receipts:read'),
    output: ReceiptSettings,
  }),
  saveSettings: route({
    method: 'PUT',
    path: '/api/receipts/settings',
    access: secretKeyOr('receipts:write'),
    body: ReceiptSettings,
    output: ReceiptSettings,
  }),
}
