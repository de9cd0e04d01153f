const HOME = '/'
const MAX_LENGTH = 2_048
/** Encodings within encodings beyond this are refused. */
const MAX_LAYERS = 5
/** A name that nobody can own (RFC 6761): what resolves to it stayed where it was. */
const HERE = 'https://here.invalid'

/**
 * Where to go after signing in: a path of our own, whatever is asked for. A path comes back as browsers read it; a URL of
 * one of `allowedOrigins` (`https://shop.example`) as its path; all else as `/`: other origins, `//host`, backslashes, control
 * characters, credentials, `javascript:`, plain or encoded once or more.
 */
export function safeReturnTo(text: string, allowedOrigins: readonly string[]): string {
  if (text.length > MAX_LENGTH || !text.isWellFormed() || !isHarmless(text)) return HOME
  const url = text.startsWith('/') ? URL.parse(text, HERE) : URL.parse(text)
  if (!url || url.username || url.password) return HOME
  const isOurs = text.startsWith('/') ? url.origin === HERE : isWeb(url) && allowedOrigins.includes(url.origin)
  const path = url.pathname + url.search + url.hash
  return isOurs && isHarmless(path) ? path : HOME
}

/**
 * The same for who comes back from elsewhere: a page of one of `allowedOrigins` stays where it is, since the server's pages
 * are not the shop's. All else is a path of our own, and as harmless.
 */
export function safeReturnUrl(text: string, allowedOrigins: readonly string[]): string {
  const path = safeReturnTo(text, allowedOrigins)
  const url = text.startsWith('/') ? null : URL.parse(text)
  return url && isWeb(url) && allowedOrigins.includes(url.origin) ? url.origin + path : path
}

function isWeb({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:'
}

/** Looks at every layer of percent-encoding, since proxies and applications take off one each. */
function isHarmless(text: string): boolean {
  let layer = text
  for (let depth = 0; depth <= MAX_LAYERS; depth++) {
    // Backslashes are slashes to browsers.
    if (/[\0-\x1f\x7f]/.test(layer) || layer.split(/[?#]/, 1)[0]!.includes('\\')) return false
    if (layer.startsWith('/') && !staysHere(layer)) return false
    const inner = layer.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    if (inner === layer) return true
    layer = inner
  }
  return false
}

/** Dot segments can leave two slashes in front: `/.//host`. */
function staysHere(path: string): boolean {
  const url = URL.parse(path, HERE)
  return url !== null && url.origin === HERE && !url.pathname.startsWith('//')
}
