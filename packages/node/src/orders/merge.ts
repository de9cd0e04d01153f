/** One line of an order as it is kept. */
export interface OrderLine {
  readonly productId: string
  readonly name: string | null
  /** Negative: pieces that came back. */
  readonly quantity: number
  readonly unitPriceMinor: number
}

export interface OrderHead {
  readonly id: string
  /** ms since 1970. */
  readonly placedAt: number
  readonly customerId: string | null
  readonly currency: string
}

/** Some or all lines of one order, in their order. */
export interface OrderPart extends OrderHead {
  readonly lines: readonly OrderLine[]
}

export interface Merge {
  readonly head: OrderHead
  readonly lines: readonly OrderLine[]
  /** Places (from 0) of lines that stand where another stood. */
  readonly replaced: readonly number[]
  /** Lines from this place on are new. */
  readonly addedFrom: number
  readonly unchangedCount: number
  /** Lines that stood beyond the end and go. */
  readonly droppedCount: number
  /** Whether head or lines are not as they were. */
  readonly isChanged: boolean
}

/** Where a part stands: after how many lines of the same run, and whether more may follow. */
export interface Place {
  readonly offset: number
  readonly isLast: boolean
}

export const WHOLE: Place = { offset: 0, isLast: true }

/**
 * Puts a part of an order in its place. Lines replace, one by one, those that stand there; lines beyond the last part go.
 * Time is the earliest of the parts; customer and currency are those of the first.
 */
export function mergePart(before: OrderPart | undefined, part: OrderPart, { offset, isLast }: Place): Merge {
  if (!before) {
    const { id, placedAt, customerId, currency, lines } = part
    const head = { id, placedAt, customerId, currency }
    return { head, lines, replaced: [], addedFrom: 0, unchangedCount: 0, droppedCount: 0, isChanged: true }
  }
  const old = before.lines
  const end = offset + part.lines.length
  const lines = [...old.slice(0, offset), ...part.lines, ...(isLast ? [] : old.slice(end))]
  const replaced: number[] = []
  for (let place = offset; place < Math.min(end, old.length); place++) {
    if (!isSameLine(old[place]!, lines[place]!)) replaced.push(place)
  }
  const addedCount = Math.max(0, end - Math.max(offset, old.length))
  const droppedCount = isLast ? Math.max(0, old.length - end) : 0
  const head = offset > 0 ? { ...headOf(before), placedAt: Math.min(before.placedAt, part.placedAt) } : headOf(part)
  return {
    head,
    lines,
    replaced,
    addedFrom: old.length,
    unchangedCount: part.lines.length - addedCount - replaced.length,
    droppedCount,
    isChanged: addedCount + replaced.length + droppedCount > 0 || !isSameHead(before, head),
  }
}

/**
 * What an order comes to: sum of its lines in minor units, and how many of them are sales. A sum beyond what a double holds
 * exactly stops there.
 */
export function orderTotals(lines: readonly OrderLine[]): {
  totalMinor: number
  lineCount: number
  soldLineCount: number
} {
  let totalMinor = 0
  let soldLineCount = 0
  for (const { quantity, unitPriceMinor } of lines) {
    totalMinor += quantity * unitPriceMinor
    if (quantity > 0) soldLineCount++
  }
  return { totalMinor: totalWithinLimits(totalMinor), lineCount: lines.length, soldLineCount }
}

export function totalWithinLimits(totalMinor: number): number {
  const limit = Number.MAX_SAFE_INTEGER
  return Math.max(-limit, Math.min(limit, totalMinor))
}

function headOf({ id, placedAt, customerId, currency }: OrderHead): OrderHead {
  return { id, placedAt, customerId, currency }
}

function isSameHead(a: OrderHead, b: OrderHead): boolean {
  return a.placedAt === b.placedAt && a.customerId === b.customerId && a.currency === b.currency
}

function isSameLine(a: OrderLine, b: OrderLine): boolean {
  return (
    a.productId === b.productId &&
    a.quantity === b.quantity &&
    a.unitPriceMinor === b.unitPriceMinor &&
    a.name === b.name
  )
}
