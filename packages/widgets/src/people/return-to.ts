/**
 * The address to go on to, where it is a page of this very origin; `null` for anything else: other origins, `//host`,
 * backslashes, control characters, `javascript:`.
 */
export function ownPage(text: string | null | undefined, origin: string): string | null {
  if (!text || /[\0-\x20\\\x7f]/.test(text)) return null
  try {
    const url = new URL(text, origin)
    // Dot segments can leave two slashes in front: `/.//host`.
    if (url.origin !== origin || url.pathname.startsWith('//')) return null
    return url.pathname + url.search + url.hash
  } catch {
    return null
  }
}
