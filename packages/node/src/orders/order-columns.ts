import type { ParsedLine } from './order-line-parser.ts'
import { ProductSightings } from './sightings.ts'

/** The dictionary starts anew beyond this size, so that memory does not grow with the file. */
const MAX_STRINGS = 50_000

/** One order's part of a batch; its lines are the next `lineCount`. */
export interface OrderHeadColumns {
  readonly id: string
  placedAt: number
  readonly customerId: string | null
  readonly country: string | null
  readonly currency: string
  lineCount: number
}

/**
 * Order lines by column, for handing over between threads. Product ids and names repeat so often that each goes over
 * once: `strings` extend a dictionary, or begin a new one (`isFresh`), and lines point into it.
 */
export interface OrderColumns {
  readonly isFresh: boolean
  readonly strings: readonly string[]
  readonly orders: readonly OrderHeadColumns[]
  /** Number of the product's id, a line each. */
  readonly product: Uint32Array
  /** Number of the name at the time of sale; the empty string stands for none. */
  readonly name: Uint32Array
  readonly quantity: Int32Array
  readonly unitPriceMinor: Float64Array
}

/** Turns lines into columns, batch after batch, and gathers what they tell of products. */
export class OrderColumnWriter {
  readonly #sightings = new ProductSightings()
  readonly #numbers = new Map<string, number>()
  #strings: string[] = []
  /** How much of the dictionary the other side has. */
  #sent = 0

  /** Lines by order, orders in the order of their first line. */
  write(lines: readonly ParsedLine[]): OrderColumns {
    if (this.#strings.length > MAX_STRINGS) this.#settle()
    const isFresh = this.#sent === 0
    const product = new Uint32Array(lines.length)
    const name = new Uint32Array(lines.length)
    const quantity = new Int32Array(lines.length)
    const unitPriceMinor = new Float64Array(lines.length)
    const orders: OrderHeadColumns[] = []
    let at = 0
    for (const together of byOrder(lines)) {
      const { orderId: id, customerId, country, currency } = together[0]!
      let placedAt = Number.POSITIVE_INFINITY
      for (const line of together) {
        placedAt = Math.min(placedAt, line.placedAt)
        product[at] = this.#number(line.productId)
        name[at] = this.#number(line.name ?? '')
        quantity[at] = line.quantity
        unitPriceMinor[at] = line.unitPriceMinor
        this.#note(line, product[at]!, name[at]!)
        at++
      }
      orders.push({ id, placedAt, customerId, country, currency, lineCount: together.length })
    }
    const strings = this.#strings.slice(this.#sent)
    this.#sent = this.#strings.length
    return { isFresh, strings, orders, product, name, quantity, unitPriceMinor }
  }

  products() {
    this.#settle()
    return this.#sightings.products()
  }

  #note({ name, quantity, unitPriceMinor, placedAt, currency }: ParsedLine, product: number, nameNumber: number): void {
    const isSale = quantity > 0 && unitPriceMinor > 0
    this.#sightings.note(
      product,
      name === null ? null : nameNumber,
      isSale ? { at: placedAt, priceMinor: unitPriceMinor, currency } : null,
    )
  }

  #number(text: string): number {
    let number = this.#numbers.get(text)
    if (number === undefined) {
      // A copy of its own: V8 keeps the whole piece of file alive for a slice of it.
      const copy = Buffer.from(text).toString()
      number = this.#strings.push(copy) - 1
      this.#numbers.set(copy, number)
    }
    return number
  }

  #settle(): void {
    this.#sightings.settle(this.#strings)
    this.#numbers.clear()
    this.#strings = []
    this.#sent = 0
  }
}

function byOrder(lines: readonly ParsedLine[]): Iterable<ParsedLine[]> {
  const groups = new Map<string, ParsedLine[]>()
  let group: ParsedLine[] = []
  let id: string | undefined
  for (const line of lines) {
    // Most lines follow one of their own order.
    if (line.orderId !== id) {
      id = line.orderId
      group = groups.get(id) ?? []
      groups.set(id, group)
    }
    group.push(line)
  }
  return groups.values()
}
