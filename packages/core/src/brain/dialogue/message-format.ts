/** What a message is written with. */
export interface MessageWriter {
  /** BCP 47. */
  readonly language: string
  /** The value at a path, or `undefined`. */
  readonly valueOf: (path: string) => unknown
  /** A value for people; `style` is what stands after the first comma: `date`, `number`, `list` or nothing. */
  readonly write: (value: unknown, style: string | undefined) => string
}

type Part =
  | string
  | { readonly path: string; readonly style: string | undefined }
  | {
      readonly path: string
      readonly choose: 'plural' | 'selectordinal' | 'select'
      readonly cases: ReadonlyMap<string, readonly Part[]>
      readonly offset: number
    }
  /** `#`: the number of the plural around it. */
  | { readonly isNumber: true }

export class MessageSyntaxError extends Error {
  override readonly name = 'MessageSyntaxError'
}

const MAX_DEPTH = 8

/**
 * Fills a message of ICU MessageFormat: arguments by path, `plural` (with `=n` and `offset:`), `selectordinal`, `select`, and quoting by
 * apostrophes. Throws `MessageSyntaxError` for a message that is none; what is missing is left out. O(length).
 * Source: Unicode ICU User Guide, "Formatting Messages".
 */
export function formatMessage(message: string, writer: MessageWriter): string {
  return writeParts(parseMessage(message), writer, undefined)
    .replace(/[ \t]{2,}/g, ' ')
    .trim()
}

/** The paths that a message uses. Throws as `formatMessage` does. */
export function pathsOf(message: string): string[] {
  const paths = (parts: readonly Part[]): string[] =>
    parts.flatMap((part) => {
      if (typeof part === 'string' || 'isNumber' in part) return []
      return 'cases' in part ? [part.path, ...[...part.cases.values()].flatMap(paths)] : [part.path]
    })
  return paths(parseMessage(message))
}

function writeParts(parts: readonly Part[], writer: MessageWriter, number: number | undefined): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part
      if ('isNumber' in part) return number === undefined ? '#' : writer.write(number, 'number')
      const value = writer.valueOf(part.path)
      if (!('cases' in part)) return value === undefined || value === null ? '' : writer.write(value, part.style)
      if (part.choose === 'select') return writeParts(caseOf(part.cases, String(value)), writer, number)
      const count = Number(value ?? 0)
      const shown = count - part.offset
      const type = part.choose === 'plural' ? 'cardinal' : 'ordinal'
      const exact = part.cases.get(`=${count}`)
      return writeParts(exact ?? caseOf(part.cases, pluralOf(shown, writer.language, type)), writer, shown)
    })
    .join('')
}

function pluralOf(count: number, language: string, type: 'cardinal' | 'ordinal'): string {
  return Number.isFinite(count) ? new Intl.PluralRules(language, { type }).select(count) : 'other'
}

function caseOf(cases: ReadonlyMap<string, readonly Part[]>, name: string): readonly Part[] {
  return cases.get(name) ?? cases.get('other')!
}

function parseMessage(message: string): readonly Part[] {
  let at = 0
  const fail = (why: string): never => {
    throw new MessageSyntaxError(`${why} at character ${at} of ${JSON.stringify(message.slice(0, 80))}`)
  }
  const skipSpace = () => {
    while (/\s/.test(message[at] ?? '')) at++
  }
  const word = (pattern: RegExp): string => {
    skipSpace()
    const from = at
    while (at < message.length && pattern.test(message[at]!)) at++
    if (from === at) fail('A name was expected')
    const found = message.slice(from, at)
    skipSpace()
    return found
  }
  const take = (sign: string) => {
    if (message[at] !== sign) fail(`"${sign}" was expected`)
    at++
  }

  const quoted = (): string => {
    at++
    if (message[at] === "'") return message[at++]!
    if (!/[{}#|]/.test(message[at] ?? '')) return "'"
    const end = message.indexOf("'", at)
    const text = message.slice(at, end < 0 ? undefined : end)
    at = end < 0 ? message.length : end + 1
    return text
  }

  const casesOf = (choose: 'plural' | 'selectordinal' | 'select', depth: number) => {
    const cases = new Map<string, readonly Part[]>()
    let offset = 0
    take(',')
    skipSpace()
    if (choose !== 'select' && message.startsWith('offset:', at)) {
      at += 'offset:'.length
      offset = Number(word(/\d/))
    }
    while (message[at] !== '}') {
      const name = word(/[\w=-]/)
      take('{')
      cases.set(name, parts(depth + 1, choose !== 'select'))
      take('}')
      skipSpace()
      if (at >= message.length) fail('"}" was expected')
    }
    if (!cases.has('other')) fail('"other" is missing')
    return { cases, offset }
  }

  const argument = (depth: number): Part => {
    take('{')
    const path = word(/[\w.-]/)
    if (message[at] === '}') {
      at++
      return { path, style: undefined }
    }
    take(',')
    const style = word(/\w/)
    if (style === 'plural' || style === 'select' || style === 'selectordinal') {
      const part = { path, choose: style, ...casesOf(style, depth) } as const
      take('}')
      return part
    }
    if (!/^(?:date|number|list|money)$/.test(style)) fail(`"${style}" is no style: plural, select, date, number, list`)
    take('}')
    return { path, style }
  }

  const parts = (depth: number, isPlural: boolean): readonly Part[] => {
    if (depth > MAX_DEPTH) fail('Too deep')
    const found: Part[] = []
    let text = ''
    while (at < message.length && message[at] !== '}') {
      const sign = message[at]!
      if (sign === "'") text += quoted()
      else if (sign === '{' || (sign === '#' && isPlural)) {
        if (text) found.push(text)
        text = ''
        if (sign === '{') found.push(argument(depth))
        else {
          at++
          found.push({ isNumber: true })
        }
      } else {
        text += sign
        at++
      }
    }
    if (text) found.push(text)
    return found
  }

  const found = parts(0, false)
  if (at < message.length) fail('"}" has no beginning')
  return found
}
