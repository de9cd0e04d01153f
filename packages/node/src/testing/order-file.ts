/** Rows of an export of orders, as a shop would make it, and what they come to. */
export interface OrderFile {
  readonly csv: string
  readonly rows: number
  readonly badRows: number
  readonly orders: number
  readonly lines: number
  /** Sum of all lines, in minor units. */
  readonly totalMinor: number
}

interface Line {
  readonly orderId: string
  readonly at: number
  readonly customer: string
  readonly product: number
  readonly name: string
  quantity: number
  readonly priceMinor: number
}

const PRODUCTS = 800
const CUSTOMERS = 500
const START = Date.UTC(2025, 0, 1)
const MINUTE_MS = 60_000

/**
 * The same file for the same seed. It has what real exports have: returns, orders whose lines stand apart, products under
 * several names and prices, orders without a customer, names with quotes, commas and line breaks, and rows that are wrong.
 * `isEarlier` gives an export of before: fewer orders, and some of them with more lines and other quantities.
 */
export function orderFile(
  seed: number,
  { orders, isEarlier = false }: { orders: number; isEarlier?: boolean },
): OrderFile {
  const lines: Line[] = []
  const late: Line[][] = []
  const shown = isEarlier ? Math.floor(orders * 0.6) : orders
  for (let i = 0; i < shown; i++) {
    const random = randomFrom(seed * 1_000_003 + i)
    const own = linesOfOrder(i, random)
    const fate = random()
    if (isEarlier && fate < 0.1) own.push(...linesOfOrder(i, random))
    else if (isEarlier && fate < 0.2) for (const line of own) line.quantity += 1
    if (fate > 0.85 && own.length > 1) late.push(own.splice(Math.ceil(own.length / 2)))
    lines.push(...own)
    if (i % 400 === 399) lines.push(...late.splice(0).flat())
  }
  lines.push(...late.flat())
  const kept = lines.filter(({ quantity }) => quantity !== 0)
  const texts: string[] = ['order_id,order_date,customer_id,sku,product_name,qty,unit_price,country']
  const random = randomFrom(seed)
  let badRows = 0
  for (const line of kept) {
    texts.push(textOf(line))
    if (random() < 0.004) {
      badRows++
      texts.push(textOf(line).replace(/,(-?\d+),(\d+\.\d\d),(\w*)$/, ',many,$2,$3'))
    }
  }
  return {
    csv: `${texts.join('\r\n')}\r\n`,
    rows: kept.length + badRows,
    badRows,
    orders: new Set(kept.map(({ orderId }) => orderId)).size,
    lines: kept.length,
    totalMinor: kept.reduce((sum, { quantity, priceMinor }) => sum + quantity * priceMinor, 0),
  }
}

function linesOfOrder(number: number, random: () => number): Line[] {
  const isReturn = random() < 0.05
  const at = START + number * 7 * MINUTE_MS
  const customer = random() < 0.2 ? '' : `c${Math.floor(random() * CUSTOMERS)}`
  return Array.from({ length: 1 + Math.floor(random() * 18) }, () => {
    const product = Math.floor(random() ** 2 * PRODUCTS)
    const quantity = (1 + Math.floor(random() * 12)) * (isReturn ? -1 : 1)
    const priceMinor = 100 + ((product * 37) % 5_000) + (random() < 0.1 ? 50 : 0)
    return { orderId: `INV-${number}`, at, customer, product, name: nameOf(product, random), quantity, priceMinor }
  })
}

function nameOf(product: number, random: () => number): string {
  const variant = random()
  if (variant < 0.05) return ''
  if (variant < 0.1) return `PRODUCT ${product}`
  return product % 50 === 0 ? `Product "${product}", boxed\nsecond line` : `Product ${product} ñ`
}

function textOf({ orderId, at, customer, product, name, quantity, priceMinor }: Line): string {
  const cell = /[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name
  const price = (priceMinor / 100).toFixed(2)
  return [orderId, new Date(at).toISOString(), customer, `P${product}`, cell, quantity, price, 'UK'].join(',')
}

/** mulberry32: the same numbers in [0, 1) for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
