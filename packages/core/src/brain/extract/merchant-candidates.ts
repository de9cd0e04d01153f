import { bare } from './fold.ts'
import { type NameBook, readByBook } from './name-book.ts'
import type { OfferedName } from './offer-names.ts'
import type { Candidate } from './rank.ts'

/** A name as the receipt writes it, or as the book of names does where that is what it must mean. */
export interface PlacedName {
  readonly name: string
}

/** Offered names as candidates, read by a book of names. */
export function merchantCandidates(offered: readonly OfferedName[], book: NameBook): Candidate<PlacedName>[] {
  return offered.map(({ name, row, line, features }) => {
    const reading = readByBook(name, book)
    const known = reading.features.flatMap((one) => [one, `${one}@${bandOf(row)}`])
    return { value: { name: reading.name }, key: bare(reading.name), line, features: [...features, ...known] }
  })
}

/** Top, head or further down. */
function bandOf(row: number): string {
  return row < 3 ? 'top' : row < 6 ? 'head' : 'below'
}
