import { ProblemError } from './problem-error.ts'

type Place = readonly (string | number)[]

/** Where a page ended, as text that callers pass back and need not understand. */
export function encodeCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** Reads a cursor back; `shape` gives the type of each part. Throws `invalid_input` for one that we did not make. */
export function decodeCursor<T extends Place>(cursor: string, shape: { [K in keyof T]: 'string' | 'number' }): T {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const kinds = shape as readonly string[]
    if (Array.isArray(place) && place.length === kinds.length && place.every((part, i) => isPart(part, kinds[i]!))) {
      return place as unknown as T
    }
  } catch {
    // Falls through to the refusal below.
  }
  throw new ProblemError('invalid_input', {
    errors: [{ path: 'cursor', message: 'is not a cursor of this list: pass back nextCursor as it came' }],
  })
}

/** Whether a database can be asked for it: an integer that a double holds exactly, or well-formed text without NUL. */
function isPart(part: unknown, kind: string): boolean {
  if (kind === 'number') return Number.isSafeInteger(part)
  return typeof part === 'string' && part.isWellFormed() && !part.includes('\0')
}

/** Cuts one row more than was asked for into a page; `placeOf` gives the place after a row. */
export function toPage<R, T>(
  rows: readonly R[],
  limit: number,
  placeOf: (row: R) => Place,
  present: (row: R) => T,
): { items: T[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(present),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(placeOf(last)) : null,
  }
}
