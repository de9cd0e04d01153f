import * as z from 'zod/mini'

// Strings that enter the system are well-formed Unicode without NUL: a lone surrogate or a NUL does not survive a
// round trip through a database, so it is refused at the door.
function isCleanText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000')
}

/** Text of `min` to `max` UTF-16 code units. */
export function text(max: number, min = 0) {
  return z
    .string()
    .check(z.minLength(min), z.maxLength(max), z.refine(isCleanText, 'must be well-formed text without NUL characters'))
}

/** An id that another system chose: a shop's product, customer or order number. 1 to 128 printable characters. */
export function foreignId() {
  return z.string().check(z.minLength(1), z.maxLength(128), z.regex(/^[^\p{C}]+$/u, 'must be printable'))
}

/** An id of ours: the prefix of its kind, `_`, and 26 characters that sort by time. */
export function ownId<P extends string>(prefix: P) {
  return z.string().check(z.regex(new RegExp(`^${prefix}_[0-9a-z]{26}$`), `must look like ${prefix}_…`))
}

/** An absolute address or one relative to the shop: `https://…`, `/product/42`. No other scheme. */
export function webAddress() {
  return z
    .string()
    .check(
      z.minLength(1),
      z.maxLength(2048),
      z.regex(/^(https?:\/\/|\/(?!\/))[^\s\p{C}\\]*$/u, 'must be an http(s) address or start with /'),
    )
}

/** An instant, ISO 8601 with `Z` or an offset, in the years 0 to 9999 of UTC. The server answers in UTC. */
export function instant() {
  const error = 'must be an ISO 8601 instant such as 2026-01-31T09:30:00Z'
  return z.iso.datetime({ offset: true, error }).check(z.refine(isInFourDigitYear, error))
}

/** An offset can move an instant beyond the years that ISO 8601 writes in four digits. */
function isInFourDigitYear(text: string): boolean {
  const at = Date.parse(text)
  return at >= FIRST_INSTANT && at <= LAST_INSTANT
}

const FIRST_INSTANT = Date.parse('0000-01-01T00:00:00Z')
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z')

/** ISO 4217 code. */
export function currency() {
  return z.string().check(z.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR'))
}

/** An amount in minor units (cents, pence): any integer that a double holds exactly. */
export function minorUnits() {
  return z.int().check(z.gte(-Number.MAX_SAFE_INTEGER), z.lte(Number.MAX_SAFE_INTEGER))
}

export const Money = z.object({ amount: minorUnits(), currency: currency() })
export type Money = z.infer<typeof Money>

export const DEFAULT_PAGE_SIZE = 50
export const MAX_PAGE_SIZE = 200

/** The query parameters of every list. `cursor` is opaque: pass back what `nextCursor` said. */
export const pageQuery = {
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(512))),
  limit: z._default(z.int().check(z.gte(1), z.lte(MAX_PAGE_SIZE)), DEFAULT_PAGE_SIZE),
}

/** One page of a list; `nextCursor` is `null` on the last. */
export function page<T extends z.ZodMiniType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) })
}

/** What became of a batch of records. */
export const WriteSummary = z.object({ created: z.int(), updated: z.int(), unchanged: z.int() })
export type WriteSummary = z.infer<typeof WriteSummary>
