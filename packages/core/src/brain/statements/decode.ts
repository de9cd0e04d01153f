import { StatementError } from './errors.ts'

/** What other kinds of file begin with. */
const SIGNATURES: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF'],
  ['PK\u0003\u0004', 'a ZIP archive or an XLSX'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old Excel or Word file'],
  ['\u0089PNG', 'a picture'],
  ['\u00ff\u00d8\u00ff', 'a picture'],
  ['GIF8', 'a picture'],
  ['\u001f\u008b', 'packed with gzip'],
  ['SQLite format 3', 'a database'],
]
const SAMPLE = 4_096
/** Control characters that no text has; :20: messages of SWIFT are enclosed in U+0001 and U+0003. */
const CONTROLS = /[\u0000\u0002\u0004-\u0008\u000e-\u0019\u001b-\u001f]/g
const MOST_CONTROLS = 0.01
/** Names that files give themselves, and what `TextDecoder` calls them. */
const LABELS: Readonly<Record<string, string>> = {
  '1252': 'windows-1252',
  usascii: 'windows-1252',
  'us-ascii': 'windows-1252',
  unicode: 'utf-8',
}

/**
 * The text of a file: by its byte order mark, by what it says of itself (XML, OFX), as UTF-8 where it is that, else as Windows-1252.
 * Throws `StatementError` for what is no text.
 */
export function decode(bytes: Uint8Array, encoding?: string): string {
  const head = String.fromCharCode(...bytes.subarray(0, SAMPLE))
  const known = SIGNATURES.find(([start]) => head.startsWith(start))
  if (known)
    throw new StatementError(
      'unknown_format',
      `The file is ${known[1]}, not a statement: export it as CAMT, MT940, OFX, QIF or CSV`,
    )
  const text = decoder(encoding ?? labelOf(bytes, head)).decode(bytes)
  const sample = text.slice(0, SAMPLE)
  if ((sample.match(CONTROLS)?.length ?? 0) > MOST_CONTROLS * sample.length) {
    throw new StatementError('unknown_format', 'The file is binary, not text')
  }
  return text
}

function labelOf(bytes: Uint8Array, head: string): string {
  if (head.startsWith('\u00ef\u00bb\u00bf')) return 'utf-8'
  if (head.startsWith('\u00ff\u00fe')) return 'utf-16le'
  if (head.startsWith('\u00fe\u00ff')) return 'utf-16be'
  const zeros = [0, 1].map(
    (parity) => [...head.slice(0, 200)].filter((sign, i) => sign === '\u0000' && i % 2 === parity).length,
  )
  if (zeros[1]! > 40 && zeros[0]! < 10) return 'utf-16le'
  if (zeros[0]! > 40 && zeros[1]! < 10) return 'utf-16be'
  const said =
    /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/i.exec(head)?.[1] ??
    /^\s*OFXHEADER[^<]*CHARSET:(\w+)/.exec(head)?.[1]
  const label = said === undefined ? undefined : (LABELS[said.toLowerCase()] ?? said)
  if (label !== undefined && !/^(none|utf-?8)$/i.test(label) && isLabel(label)) return isUtf8(bytes) ? 'utf-8' : label
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252'
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function isLabel(label: string): boolean {
  try {
    new TextDecoder(label)
    return true
  } catch {
    return false
  }
}

function decoder(label: string): TextDecoder {
  try {
    return new TextDecoder(label)
  } catch (cause) {
    throw new StatementError('unknown_format', `No such encoding: ${label.slice(0, 40)}`, { cause })
  }
}
