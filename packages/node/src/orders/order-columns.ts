import type { BadRow, Row } from '../imports/read-rows.ts'
import type { ParsedLine } from './order-line-parser.ts'
import { ProductSightings } from './sightings.ts'

/** The dictionary starts anew beyond this size, so that memory does not grow with the file. */
const MAX_STRINGS = 50_000
/** Orders share counters by the hash of their id, so that counting takes the same memory whatever the file's size. */
const COUNTERS = 1 << 18

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
  /** Lines that may be beyond what an order can have, in the file's order: every such line, and seldom another. */
  readonly suspects: readonly SuspectLine[]
}

export interface SuspectLine extends Omit<BadRow, 'reason'> {
  /** Place of its order among `orders`. */
  readonly order: number
}

/** Turns lines into columns, batch after batch, and gathers what they tell of products. */
export class OrderColumnWriter {
  readonly #sightings = new ProductSightings()
  readonly #numbers = new Map<string, number>()
  #strings: string[] = []
  /** Number of the last name of each product, by the product's number. */
  #lastNames: (number | undefined)[] = []
  /** How much of the dictionary the other side has. */
  #sent = 0
  /** The orders of this batch, and the place of each among them. */
  #orders: OrderHeadColumns[] = []
  readonly #places = new Map<string, number>()
  #lastId: string | undefined
  #last = -1
  /** Whether lines of some order stand apart. */
  #isScattered = false
  #lines = new LineColumns(4_096)
  readonly #maxOrderLines: number
  /** Lines so far of the orders that share a counter, and the counter of each order of this batch. */
  readonly #counts = new Uint32Array(COUNTERS)
  #counters: number[] = []
  #suspects: SuspectLine[] = []

  constructor(maxOrderLines: number) {
    this.#maxOrderLines = maxOrderLines
  }

  get lineCount(): number {
    return this.#lines.length
  }

  readonly add = (line: ParsedLine, row: Pick<Row, 'line' | 'raw'>): void => {
    const order = this.#placeOf(line)
    if (++this.#counts[this.#counters[order]!]! > this.#maxOrderLines) {
      this.#suspects.push({ order, line: row.line, raw: row.raw })
    }
    const product = this.#number(line.productId)
    const name = this.#nameNumber(line.name ?? '', product)
    this.#lines.add(order, product, name, line)
    const { quantity, unitPriceMinor, placedAt, currency } = line
    const isSale = quantity > 0 && unitPriceMinor > 0
    this.#sightings.note(
      product,
      line.name === null ? -1 : name,
      isSale ? placedAt : Number.NaN,
      unitPriceMinor,
      currency,
    )
  }

  /** The lines since the last call: by order, orders in the order of their first line. */
  take(): OrderColumns {
    const lines = this.#isScattered ? this.#lines.groupedBy(this.#orders) : this.#lines
    const columns = {
      isFresh: this.#sent === 0,
      strings: this.#strings.slice(this.#sent),
      orders: this.#orders,
      ...lines.slices(),
      suspects: this.#suspects,
    }
    this.#sent = this.#strings.length
    this.#orders = []
    this.#counters = []
    this.#suspects = []
    this.#places.clear()
    this.#lastId = undefined
    this.#isScattered = false
    this.#lines.clear()
    if (this.#strings.length > MAX_STRINGS) this.#settle()
    return columns
  }

  products() {
    this.#settle()
    return this.#sightings.products()
  }

  /** Place of the line's order among those of the batch. */
  #placeOf({ orderId, placedAt, customerId, country, currency }: ParsedLine): number {
    // Most lines follow one of their own order.
    if (orderId !== this.#lastId) {
      this.#lastId = orderId
      const known = this.#places.get(orderId)
      if (known === undefined) {
        this.#last = this.#orders.push({ id: orderId, placedAt, customerId, country, currency, lineCount: 0 }) - 1
        this.#places.set(orderId, this.#last)
        this.#counters.push(counterOf(orderId))
      } else {
        this.#last = known
        this.#isScattered = true
      }
    }
    const order = this.#orders[this.#last]!
    order.lineCount++
    if (placedAt < order.placedAt) order.placedAt = placedAt
    return this.#last
  }

  /** Number of the name of a line, which mostly is the one that its product had last. */
  #nameNumber(name: string, product: number): number {
    const last = this.#lastNames[product]
    if (last !== undefined && this.#strings[last] === name) return last
    const number = this.#number(name)
    this.#lastNames[product] = number
    return number
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
    this.#lastNames = []
    this.#strings = []
    this.#sent = 0
  }
}

/** FNV-1a (RFC 9923), over UTF-16 units and folded to the number of counters. */
function counterOf(id: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 16)) & (COUNTERS - 1)
}

/** Columns that grow, used again for each batch. */
class LineColumns {
  length = 0
  order: Uint32Array
  product: Uint32Array
  name: Uint32Array
  quantity: Int32Array
  unitPriceMinor: Float64Array

  constructor(capacity: number) {
    this.order = new Uint32Array(capacity)
    this.product = new Uint32Array(capacity)
    this.name = new Uint32Array(capacity)
    this.quantity = new Int32Array(capacity)
    this.unitPriceMinor = new Float64Array(capacity)
  }

  add(order: number, product: number, name: number, { quantity, unitPriceMinor }: ParsedLine): void {
    if (this.length === this.order.length) this.#grow()
    const at = this.length++
    this.order[at] = order
    this.product[at] = product
    this.name[at] = name
    this.quantity[at] = quantity
    this.unitPriceMinor[at] = unitPriceMinor
  }

  clear(): void {
    this.length = 0
  }

  slices() {
    const { length } = this
    return {
      product: this.product.slice(0, length),
      name: this.name.slice(0, length),
      quantity: this.quantity.slice(0, length),
      unitPriceMinor: this.unitPriceMinor.slice(0, length),
    }
  }

  /** The lines sorted by order; those of one order stay as they follow each other. */
  groupedBy(orders: readonly { readonly lineCount: number }[]): LineColumns {
    const next = new Uint32Array(orders.length)
    for (let i = 1; i < orders.length; i++) next[i] = next[i - 1]! + orders[i - 1]!.lineCount
    const grouped = new LineColumns(this.length)
    grouped.length = this.length
    for (let from = 0; from < this.length; from++) grouped.#copy(this, from, next[this.order[from]!]!++)
    return grouped
  }

  #copy(source: LineColumns, from: number, to: number): void {
    this.order[to] = source.order[from]!
    this.product[to] = source.product[from]!
    this.name[to] = source.name[from]!
    this.quantity[to] = source.quantity[from]!
    this.unitPriceMinor[to] = source.unitPriceMinor[from]!
  }

  #grow(): void {
    const { length } = this
    const larger = new LineColumns(length * 2)
    for (const column of ['order', 'product', 'name', 'quantity', 'unitPriceMinor'] as const) {
      larger[column].set(this[column])
      Object.assign(this, { [column]: larger[column] })
    }
  }
}
