/**
 * What a template needs. `link`: an http(s) address. `minutes`: a whole number. `instant`: ISO 8601. `line`: a short text of one
 * line. `name`: a line that people chose, in which an address to click on is left out. A list: one of its words. `?`: may be
 * missing. `lines`: what was said, a line each.
 */
export type FieldKind =
  | 'link'
  | 'link?'
  | 'minutes'
  | 'instant'
  | 'line'
  | 'line?'
  | 'lines'
  | 'name?'
  | readonly string[]
export type Fields = Readonly<Record<string, FieldKind>>

type ValueOf<K> = K extends readonly (infer Word)[] ? Word : K extends 'minutes' ? number : string
type Optional<F> = { [N in keyof F]: F[N] extends `${string}?` ? N : never }[keyof F]

/** The data that fields describe. */
export type DataOf<F> = { readonly [N in Exclude<keyof F, Optional<F>>]: ValueOf<F[N]> } & {
  readonly [N in Optional<F>]?: ValueOf<F[N]>
}

const MAX_LINE = 200
const MAX_LINES = 100_000
const MAX_LINK = 2_000
const MAX_MINUTES = 60 * 24 * 365

/** What is wrong with the data of a template, if anything. It never repeats a value. */
export function checkData(fields: Fields, data: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of Object.keys(data)) if (!Object.hasOwn(fields, name)) return `${name} is not part of it`
  for (const [name, kind] of Object.entries(fields)) {
    const value = data[name]
    if (value === undefined && typeof kind === 'string' && kind.endsWith('?')) continue
    if (!isA(kind, value)) return `${name} is no ${typeof kind === 'string' ? kind.replace('?', '') : kind.join(' | ')}`
  }
  return undefined
}

/**
 * What of a template's data anybody may see who looks after the shop's mail: words, times and numbers. Links let people in,
 * and the rest concerns the reader alone.
 */
export function shownData(fields: Fields, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown = Object.entries(data).filter(([name, value]) => {
    const kind = Object.hasOwn(fields, name) ? fields[name]! : 'line'
    return (typeof kind !== 'string' || kind === 'minutes' || kind === 'instant') && isA(kind, value)
  })
  return Object.fromEntries(shown)
}

function isA(kind: FieldKind, value: unknown): boolean {
  if (kind === 'minutes')
    return Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= MAX_MINUTES
  if (typeof value !== 'string' || !value.isWellFormed()) return false
  if (kind === 'lines') return value.length > 0 && value.length <= MAX_LINES && !/[^\P{Cc}\n]/u.test(value)
  if (/\p{Cc}/u.test(value)) return false
  if (typeof kind !== 'string') return kind.includes(value)
  if (kind === 'instant') return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value))
  if (kind.startsWith('link')) return value.length <= MAX_LINK && isWebAddress(value)
  return value.length > 0 && value.length <= MAX_LINE
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s"<>]+$/.test(text) && URL.canParse(text)
}
