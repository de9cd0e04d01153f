import type { RecommendQuery, TrainingInput } from './types.ts'

/** Throws `TypeError` with a sentence about the first thing in the input that training cannot use. */
export function checkTrainingInput({ baskets, items = [] }: TrainingInput): void {
  baskets.forEach(({ items: ids, at }, index) => {
    if (!Number.isFinite(at)) fail(`baskets[${index}].at must be a time in ms since 1970`, at)
    for (const id of ids) if (typeof id !== 'string') fail(`baskets[${index}].items must be product ids`, id)
  })
  items.forEach(({ id }, index) => {
    if (typeof id !== 'string') fail(`items[${index}].id must be a product id`, id)
  })
}

/** Throws `TypeError` with a sentence about the first thing in the query that cannot be answered. */
export function checkQuery({ kind, limit, diversity = 0 }: RecommendQuery, kinds: readonly string[]): void {
  if (!kinds.includes(kind)) fail(`kind must be one of ${kinds.join(', ')}`, kind)
  if (!Number.isInteger(limit) || limit < 0) fail('limit must be a whole number from 0', limit)
  if (!(diversity >= 0 && diversity <= 1)) fail('diversity must be a number from 0 to 1', diversity)
}

/** Throws `TypeError` unless the number is whole and at least `least`. */
export function checkCount(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) fail(`${name} must be a whole number from ${least}`, value)
}

export function checkTime(name: string, value: number): void {
  if (!Number.isFinite(value)) fail(`${name} must be a time in ms since 1970`, value)
}

function fail(expected: string, value: unknown): never {
  throw new TypeError(`${expected}, got ${String(value)}`)
}
