/**
 * Where a line stands on its picture, in any unit, y growing downwards. As corners, as a place with a size, as `[left, top, right,
 * bottom]`, or as a polygon `[x, y, x, y, …]`. Lines whose box cannot be read are taken in their order.
 */
export type Box =
  | { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number }
  | { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  | { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
  | { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
  | readonly number[]

/** A line as OCR or a mail gives it; it may be a whole row or a part of one. */
export interface ReceiptLine {
  readonly text: string
  readonly box?: Box
}

/** How a date in numbers is to be read where it can be read in several ways. */
export type ReceiptDateOrder = 'dmy' | 'mdy' | 'ymd'

export interface ExtractOptions {
  /** Merchants that the tenant knows, as they are to be written. A name that is like one of them is read as it. */
  readonly known?: readonly string[]
  /** ISO 4217. Resolves a symbol that several currencies share, and stands in where the receipt names none. */
  readonly currency?: string
  /** Default: as the receipt's other dates, its currency and its country say; day first where nothing does. */
  readonly dateOrder?: ReceiptDateOrder
}

/** In minor units; `currency` is null where the receipt does not tell it, and then two decimals are assumed. */
export interface ReceiptAmount {
  readonly amount: number
  readonly currency: string | null
}

export interface ReceiptItem {
  readonly description: string
  readonly quantity: number
  /** In minor units, as the total. */
  readonly unitPrice: number | null
  readonly amount: number
}

export type ReceiptField = 'merchant' | 'date' | 'total' | 'tax' | 'currency' | 'items'

export interface ExtractedReceipt {
  readonly merchant: string | null
  /** `YYYY-MM-DD`. */
  readonly date: string | null
  readonly total: ReceiptAmount | null
  readonly tax: ReceiptAmount | null
  readonly currency: string | null
  readonly items: readonly ReceiptItem[]
  /** In [0, 1], meant literally: of values given at 0.9, nine in ten are right. 0 where there is no value. */
  readonly confidence: Readonly<Record<ReceiptField, number>>
  /** The place of the line, in what was passed in, that a value was read from. */
  readonly lines: Readonly<Partial<Record<'merchant' | 'date' | 'total' | 'tax', number>>>
}
