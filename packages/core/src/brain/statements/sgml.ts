import { StatementError } from './errors.ts'
import { createLineFinder } from './lines.ts'

/** An element of OFX: either a value, or an aggregate with children. */
export interface SgmlElement {
  readonly name: string
  value: string
  children: SgmlElement[]
  readonly at: number
}

const MAX_DEPTH = 64
const MAX_ELEMENTS = 4_000_000
const MAX_VALUE_UNITS = 16_384
const TAG = /<(\/?)([A-Za-z][A-Za-z0-9._-]{0,63})\s*(\/?)>|<!\[CDATA\[|<\?[^>]{0,2000}\?>|<!--|<!/g
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/**
 * Reads what stands in `<OFX>`, both the SGML of OFX 1 and the XML of OFX 2 (and the mixtures of both that banks send): a value ends at the
 * next tag, its own end tag may be missing. A tag without a value and without an end is an empty value, not the parent of what follows.
 * Throws `StatementError` where the outer end is missing: the file was cut short.
 */
export function readSgml(source: string): SgmlElement {
  const lineOf = createLineFinder(source)
  const start = /<OFX\s*>/i.exec(source)
  if (!start) throw new StatementError('damaged', 'The file has an OFX header and no <OFX>')
  const top: SgmlElement = { name: '', value: '', children: [], at: 0 }
  const stack: SgmlElement[] = [top]
  let elements = 0
  let closed: SgmlElement | undefined
  let isEnded = false

  const fail = (code: 'damaged' | 'too_large', message: string, at: number): never => {
    throw new StatementError(code, message, { line: lineOf(at) })
  }
  const open = (name: string, at: number) => {
    if (++elements > MAX_ELEMENTS) fail('too_large', 'the file has too many elements', at)
    if (stack.length > MAX_DEPTH) fail('too_large', `elements are nested more than ${MAX_DEPTH} deep`, at)
    const element: SgmlElement = { name: name.toUpperCase(), value: '', children: [], at }
    stack.at(-1)!.children.push(element)
    stack.push(element)
    closed = undefined
  }
  const close = (name: string) => {
    const upper = name.toUpperCase()
    const depth = stack.findLastIndex((one) => one.name === upper)
    // The end of a value, which its text has already ended.
    if (depth < 0 || closed?.name === upper) return void (closed = undefined)
    while (stack.length > depth + 1) hoist(stack.pop()!, stack.at(-1)!)
    const [ended] = stack.splice(depth)
    closed = undefined
    if (ended!.name === 'OFX') isEnded = true
  }
  const add = (text: string, at: number, isLiteral = false) => {
    const value = isLiteral ? text.trim() : withoutReferences(text).trim()
    if (value === '') return
    if (closed) {
      closed.value = `${closed.value} ${value}`.slice(0, MAX_VALUE_UNITS)
      return
    }
    const element = stack.at(-1)!
    if (element.children.length > 0 || stack.length <= 2) return
    if (value.length > MAX_VALUE_UNITS) fail('too_large', `the value of <${element.name}> is too long`, at)
    element.value = value
    closed = stack.pop()!
  }

  let at = start.index
  TAG.lastIndex = at
  for (let match = TAG.exec(source); match && !isEnded; match = TAG.exec(source)) {
    add(source.slice(at, match.index), at)
    at = TAG.lastIndex
    const [whole, slash, name, selfClosed] = match
    if (whole === '<!') fail('damaged', 'DOCTYPE and entities are not read: a statement has none', match.index)
    if (whole === '<!--') at = skip('-->', match.index)
    else if (whole === '<![CDATA[') {
      const end = skip(']]>', match.index)
      add(source.slice(at, end - 3), at, true)
      at = end
    } else if (name !== undefined && slash) close(name)
    else if (name !== undefined) {
      open(name, match.index)
      if (selfClosed) close(name)
    }
    TAG.lastIndex = at
  }
  if (!isEnded) fail('damaged', `<${stack.at(-1)!.name || 'OFX'}> has no end: the file was cut short`, source.length)
  return top.children[0]!

  function skip(mark: string, from: number): number {
    const end = source.indexOf(mark, from)
    return end < 0
      ? fail('damaged', 'a comment or CDATA section has no end: the file was cut short', from)
      : end + mark.length
  }
}

/** What stood behind an empty value belongs beside it. */
function hoist(empty: SgmlElement, parent: SgmlElement): void {
  parent.children = [...parent.children, ...empty.children]
  empty.children = []
}

function withoutReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|(\w{1,8}));/g, (found, code?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? found
    const point = Number(code)
    return point > 31 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff) ? String.fromCodePoint(point) : ' '
  })
}

export function find(element: SgmlElement | undefined, ...path: readonly string[]): SgmlElement | undefined {
  let found = element
  for (const name of path) found = found?.children.find((one) => one.name === name)
  return found
}

export function valueAt(element: SgmlElement | undefined, ...path: readonly string[]): string | undefined {
  return find(element, ...path)?.value || undefined
}

/** All elements of the names below an element, in their order. */
export function findAll(element: SgmlElement, names: ReadonlySet<string>): SgmlElement[] {
  return element.children.flatMap((one) => (names.has(one.name) ? [one] : findAll(one, names)))
}
