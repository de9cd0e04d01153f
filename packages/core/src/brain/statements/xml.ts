import { StatementError } from './errors.ts'
import { createLineFinder } from './lines.ts'

/** An element. Names are without their prefix. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  /** What stands directly in it, without its children, trimmed. */
  text: string
  /** Where its tag begins in the source. */
  readonly at: number
}

/** What a bank's message stays far below; an attack would not. */
const MAX_DEPTH = 64
const MAX_ELEMENTS = 4_000_000
const MAX_ATTRIBUTES = 32
const MAX_ATTRIBUTE_UNITS = 2_048
const MAX_TEXT_UNITS = 65_536
/** As written, with references in it. */
const MOST_SOURCE_UNITS = 8 * MAX_TEXT_UNITS
const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_.:-]{0,127}(?=[\s/>=?]|$)/uy
const SPACE = /\s*/y
const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,40}));|&/g

/**
 * Reads the XML that banks send (XML 1.0 without a document type) into a tree, in one pass. Strict: tags must match, names and references must be
 * well-formed. What has no place in a statement is refused before it costs anything: DOCTYPE and with it entities, depth beyond 64, long
 * attributes. Throws `StatementError` (`damaged` or `too_large`) with the line.
 */
export function readXml(source: string): XmlElement {
  const lineOf = createLineFinder(source)
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '', at: 0 }
  const stack: XmlElement[] = [top]
  const names: string[] = []
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0
  let elements = 0

  const fail = (message: string, where = at, code: 'damaged' | 'too_large' = 'damaged'): never => {
    throw new StatementError(code, message, { line: lineOf(where) })
  }
  const endOf = (mark: string, what: string, from: number): number => {
    const end = source.indexOf(mark, from)
    return end < 0 ? fail(`${what} has no end: the file was cut short`) : end
  }
  const skipSpace = () => {
    SPACE.lastIndex = at
    at += SPACE.exec(source)![0].length
  }
  const readName = (): string => {
    NAME.lastIndex = at
    const [name] = NAME.exec(source) ?? fail('a tag has no proper name')
    at += name.length
    return name
  }
  const withoutReferences = (text: string, where: number): string => {
    if (!text.includes('&')) return text
    return text.replace(REFERENCE, (found, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined && Object.hasOwn(PREDEFINED, name)) return PREDEFINED[name]!
      const code =
        decimal !== undefined ? Number.parseInt(decimal, 10) : hex !== undefined ? Number.parseInt(hex, 16) : -1
      return isCharacter(code) ? String.fromCodePoint(code) : fail(`${found} stands for no character`, where)
    })
  }
  const addText = (text: string) => {
    if (text.trim() === '') return
    const element = stack.at(-1)!
    if (stack.length === 1) fail('text stands outside of the root element')
    if (element.text.length + text.length > MAX_TEXT_UNITS)
      fail(`the text of <${element.name}> is too long`, at, 'too_large')
    element.text += text
  }
  const readAttributes = (): Record<string, string> => {
    const attributes: Record<string, string> = Object.create(null)
    for (let count = 0; ; count++) {
      const before = at
      skipSpace()
      const sign = source[at]
      if (sign === undefined) fail('a tag has no end: the file was cut short', before)
      if (sign === '>' || sign === '/') return attributes
      if (before === at) fail('attributes must be separated by spaces')
      if (count >= MAX_ATTRIBUTES) fail(`a tag has more than ${MAX_ATTRIBUTES} attributes`, at, 'too_large')
      const name = readName()
      skipSpace()
      if (source[at++] !== '=') fail(`attribute ${name} has no value`)
      skipSpace()
      const quote = source[at++]
      if (quote !== '"' && quote !== "'") fail(`the value of ${name} must stand in quotes`)
      const end = endOf(quote!, `attribute ${name}`, at)
      if (end - at > MAX_ATTRIBUTE_UNITS) fail(`attribute ${name} is too long`, at, 'too_large')
      const value = source.slice(at, end)
      if (value.includes('<')) fail(`attribute ${name} has a < in it`)
      if (name in attributes) fail(`attribute ${name} is given twice`)
      attributes[name] = withoutReferences(value, at)
      at = end + 1
    }
  }
  const open = () => {
    const start = at++
    const name = readName()
    const attributes = readAttributes()
    const isEmpty = source[at] === '/'
    if (isEmpty) at++
    if (source[at++] !== '>') fail(`tag <${name}> has no >`, start)
    if (stack.length === 1 && top.children.length > 0) fail('there is more than one root element', start)
    if (++elements > MAX_ELEMENTS) fail('the file has too many elements', start, 'too_large')
    const element: XmlElement = { name: local(name), attributes, children: [], text: '', at: start }
    stack.at(-1)!.children.push(element)
    names.push(name)
    stack.push(element)
    if (stack.length > MAX_DEPTH) fail(`elements are nested more than ${MAX_DEPTH} deep`, start, 'too_large')
    if (isEmpty) close(name, start)
  }
  const close = (name: string, where: number) => {
    const expected = names.pop()
    if (expected !== name)
      fail(
        expected === undefined ? `</${name}> was never opened` : `</${name}> came where </${expected}> belongs`,
        where,
      )
    const element = stack.pop()!
    element.text = element.text.trim()
  }

  while (at < source.length) {
    const next = source.indexOf('<', at)
    const end = next < 0 ? source.length : next
    if (end - at > MOST_SOURCE_UNITS) fail('text is too long', at, 'too_large')
    if (end > at) addText(withoutReferences(source.slice(at, end), at))
    at = end
    if (next < 0) break
    if (source.startsWith('<!--', at)) at = endOf('-->', 'a comment', at + 4) + 3
    else if (source.startsWith('<![CDATA[', at)) {
      const close = endOf(']]>', 'a CDATA section', at)
      addText(source.slice(at + 9, close))
      at = close + 3
    } else if (source.startsWith('<!', at)) fail('DOCTYPE and entities are not read: a statement has none')
    else if (source.startsWith('<?', at)) at = endOf('?>', 'a processing instruction', at) + 2
    else if (source.startsWith('</', at)) {
      const start = at
      at += 2
      const name = readName()
      skipSpace()
      if (source[at++] !== '>') fail(`tag </${name}> has no >`, start)
      close(name, start)
    } else open()
  }
  if (stack.length > 1) fail(`<${stack.at(-1)!.name}> has no end: the file was cut short`, source.length)
  return top.children[0] ?? fail('there is no element in it')
}

/** The first child of each name in turn: `child(entry, 'Acct', 'Id', 'IBAN')`. */
export function child(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let found = element
  for (const name of path) found = found?.children.find((one) => one.name === name)
  return found
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((one) => one.name === name) ?? []
}

/** The text at the end of a path, or undefined where there is none or it is empty. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return child(element, ...path)?.text || undefined
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** Char of XML 1.0 §2.2. */
function isCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  )
}
