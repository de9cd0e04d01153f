import { cleanText } from './clean-text.ts'
import { type Edges, edgesOf } from './edges.ts'
import { type Keyed, keyed } from './keywords.ts'
import type { ReceiptLine } from './types.ts'

/** A line that has text, cleaned. */
export interface Piece {
  readonly text: string
  /** Its place among the lines that were passed in. */
  readonly index: number
  readonly edges: Edges | null
}

/** What stands side by side, left to right. */
export interface Row {
  readonly pieces: readonly Piece[]
  readonly text: string
  readonly keyed: Keyed
  /** Height of its tallest piece, as a multiple of the middle height; 1 without boxes. */
  readonly height: number
}

export interface Layout {
  readonly rows: readonly Row[]
  readonly hasBoxes: boolean
  /** Left and right edge of all that is printed; 0 and 0 without boxes. */
  readonly left: number
  readonly right: number
}

/** Rows that are looked at: the first and the last of them, where merchant and total stand. */
const MAX_LINES = 2_000
/** How much of the lower height two pieces must share to stand in one row. */
const OVERLAP = 0.5
/** How many rows back a piece may join. */
const LOOK_BACK = 6

/** Reading order: pieces become rows by their boxes; without boxes on most lines, each line is a row. */
export function layOut(lines: readonly ReceiptLine[]): Layout {
  const pieces = kept(lines).filter(({ text }) => text !== '')
  const boxed = pieces.filter(({ edges }) => edges !== null)
  const hasBoxes = boxed.length > 0 && boxed.length >= pieces.length / 2
  const groups = hasBoxes ? rowsOf(boxed) : pieces.map((piece) => [piece])
  const usual = middle(boxed.map(heightOf)) || 1
  return {
    hasBoxes,
    left: hasBoxes ? Math.min(...boxed.map(({ edges }) => edges!.left)) : 0,
    right: hasBoxes ? Math.max(...boxed.map(({ edges }) => edges!.right)) : 0,
    rows: groups.map((group) => {
      const text = group.map((piece) => piece.text).join(' ')
      const height = hasBoxes ? Math.max(...group.map(heightOf)) / usual : 1
      return { pieces: group, text, keyed: keyed(text), height }
    }),
  }
}

function kept(lines: readonly ReceiptLine[]): Piece[] {
  const indexes = [...lines.keys()]
  const half = MAX_LINES / 2
  const chosen = lines.length > MAX_LINES ? [...indexes.slice(0, half), ...indexes.slice(-half)] : indexes
  return chosen.map((index) => ({
    index,
    text: cleanText(lines[index]?.text),
    edges: edgesOf(lines[index]?.box),
  }))
}

function rowsOf(pieces: readonly Piece[]): Piece[][] {
  const rows: Piece[][] = []
  for (const piece of pieces.toSorted((a, b) => centreOf(a) - centreOf(b))) {
    const home = rows.slice(-LOOK_BACK).findLast((row) => fits(row, piece))
    if (home) home.push(piece)
    else rows.push([piece])
  }
  return rows.map((row) => row.toSorted((a, b) => a.edges!.left - b.edges!.left))
}

/** Whether a piece stands beside the nearest piece of a row, and upon none of them. */
function fits(row: readonly Piece[], piece: Piece): boolean {
  const { left, right } = piece.edges!
  let nearest = row[0]!
  let least = Number.POSITIVE_INFINITY
  for (const other of row) {
    const gap = Math.max(other.edges!.left - right, left - other.edges!.right)
    if (gap < -MAX_LAP * Math.min(right - left, other.edges!.right - other.edges!.left)) return false
    if (gap < least) {
      least = gap
      nearest = other
    }
  }
  const shared = Math.min(piece.edges!.bottom, nearest.edges!.bottom) - Math.max(piece.edges!.top, nearest.edges!.top)
  return shared > OVERLAP * Math.min(heightOf(piece), heightOf(nearest))
}

/** The share of the narrower piece that may lie over its neighbour: boxes of slanted lines do. */
const MAX_LAP = 0.3

function heightOf({ edges }: Piece): number {
  return edges!.bottom - edges!.top
}

function centreOf({ edges }: Piece): number {
  return (edges!.top + edges!.bottom) / 2
}

function middle(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0
}
