/**
 * Whether an object in a JSON text names a key twice. Parsers keep the last of them and other readers the first, so that
 * what was checked need not be what is used (RFC 8259 §4). `text` must be valid JSON, and `value` what it parses to: a name
 * that comes twice leaves fewer keys than the text has names. Linear, and without recursion, however deep it nests.
 */
export function hasDuplicateKeys(text: string, value: unknown): boolean {
  return countNames(text) !== countKeys(value)
}

/** Strings that a colon follows. */
function countNames(text: string): number {
  let names = 0
  for (let start = text.indexOf('"'); start >= 0; start = text.indexOf('"', start)) {
    let after = endOfString(text, start)
    let code = text.charCodeAt(after)
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = text.charCodeAt(++after)
    if (code === COLON) names++
    start = after
  }
  return names
}

const COLON = 0x3a
const BACKSLASH = 0x5c

/** Place after the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++
    if (backslashes % 2 === 0) return end + 1
  }
}

function countKeys(value: unknown): number {
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
