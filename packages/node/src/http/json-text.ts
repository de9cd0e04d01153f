/** Deeper nesting and wider objects than anything that the API takes. */
export const MAX_DEPTH = 64
export const MAX_KEYS = 1_000

/** What can be said of a JSON text before it is parsed. */
export interface JsonShape {
  /** Names in all of its objects together, those that come twice counted twice. */
  readonly names: number
  readonly isTooDeep: boolean
  /** Whether an object has more than `MAX_KEYS` names. */
  readonly isTooWide: boolean
}

/**
 * Looks at a JSON text without building anything: parsing a megabyte of brackets or of names costs twenty times as much.
 * Ends at the first that is too deep or too wide. Of text that is no JSON it says something, and never fails.
 */
export function shapeOf(text: string): JsonShape {
  const namesOf: number[] = [0]
  let names = 0
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = endOfString(text, at)
      continue
    }
    if (code === OPENING_BRACE || code === OPENING_BRACKET) {
      if (namesOf.push(0) > MAX_DEPTH + 1) return { names, isTooDeep: true, isTooWide: false }
    } else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) {
      namesOf.pop()
    } else if (code === COLON) {
      names++
      if (++namesOf[namesOf.length - 1]! > MAX_KEYS) return { names, isTooDeep: false, isTooWide: true }
    }
    at++
  }
  return { names, isTooDeep: false, isTooWide: false }
}

const QUOTE = 0x22
const COLON = 0x3a
const OPENING_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSING_BRACKET = 0x5d
const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d

/** Place after the quote that ends the string which begins at `start`; the end of a text that has none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++
    if (backslashes % 2 === 0) return end + 1
  }
  return text.length
}

/**
 * Keys in all objects of a parsed value together. Fewer than the names of its text: some object names a key twice, of which
 * parsers keep the last and other readers the first, so that what was checked need not be what is used (RFC 8259 §4).
 */
export function countKeys(value: unknown): number {
  let keys = 0
  const open: unknown[] = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next !== 'object' || next === null) continue
    const children = Object.values(next)
    if (!Array.isArray(next)) keys += children.length
    for (const child of children) if (typeof child === 'object' && child !== null) open.push(child)
  }
  return keys
}
