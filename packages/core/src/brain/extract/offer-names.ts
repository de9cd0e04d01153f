import { bare } from './fold.ts'
import type { Layout } from './lay-out.ts'
import { type Cut, cutsOf } from './name-cuts.ts'
import { cutFeatures, joinFeatures, placeFeatures } from './name-features.ts'

/** Rows from the top in which a merchant's name is looked for, and pieces of them. */
const MAX_ROWS = 20
const MAX_NAME_CHARACTERS = 80
/** Rows that a name may run over. */
const MAX_JOINED = 4
const EDGE = /^[\s*#=~_.,:;|<>"'-]+|[\s*#=~_,:;|<>"'-]+$/gu

/** A name that the head of a receipt offers, before the book of names has been asked. */
export interface OfferedName {
  readonly name: string
  readonly row: number
  readonly line: number
  readonly features: readonly string[]
}

/** Names that the head of a receipt offers: rows and up to four of them together, each as they are and without what often surrounds a name. */
export function offerNames(layout: Layout): OfferedName[] {
  const rows = layout.rows.slice(0, MAX_ROWS)
  const tallest = Math.max(...rows.map((row) => row.height))
  const found = new Map<string, OfferedName>()
  const add = (cut: Cut, features: readonly string[], line: number, source: string, row: number) => {
    const name = cut.name.replace(EDGE, '').slice(0, MAX_NAME_CHARACTERS)
    if (!/\p{L}/u.test(name) || isTorn(name)) return
    const place = `${bare(name)}|${line}|${cut.way}`
    if (!found.has(place))
      found.set(place, { name, row, line, features: [...features, ...cutFeatures(name, cut, source, row)] })
  }
  for (const [i, row] of rows.entries()) {
    const place = placeFeatures(layout, rows, i, i, tallest)
    const line = row.pieces[0]!.index
    for (const cut of cutsOf(row.text)) add(cut, place, line, row.text, i)
    if (row.pieces.length > 1) {
      for (const [n, piece] of row.pieces.entries()) {
        for (const cut of cutsOf(piece.text))
          add(cut, [...place, `piece:${Math.min(n, 2)}`], piece.index, piece.text, i)
      }
    }
    for (let last = i + 1; last < Math.min(rows.length, i + MAX_JOINED); last++) {
      const parts = rows.slice(i, last + 1)
      const joined = parts.map((part) => part.text).join(' ')
      const together = [
        ...placeFeatures(layout, rows, i, last, tallest),
        `joined:${parts.length}`,
        ...joinFeatures(parts),
      ]
      const shorter = bare(
        parts
          .slice(0, -1)
          .map((part) => part.text)
          .join(''),
      ).length
      for (const cut of cutsOf(joined)) if (bare(cut.name).length > shorter) add(cut, together, line, joined, i)
    }
  }
  return [...found.values()]
}

/** Begins or ends in the middle of something. */
function isTorn(name: string): boolean {
  return /^[&)\]+/]/.test(name) || (name.match(/[([]/g)?.length ?? 0) !== (name.match(/[)\]]/g)?.length ?? 0)
}
