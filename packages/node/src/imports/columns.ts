import { ImportError } from './errors.ts'

/** A field of the records that an import makes, and the headers under which files carry it. */
export interface ImportField {
  readonly name: string
  readonly required?: boolean
  /** Headers that mean this field, compared without case, spaces and punctuation; the field's own name is one. */
  readonly aliases: readonly string[]
}

export type Transform = (value: string) => string

/** Where one field comes from. */
export interface Column {
  readonly header: string
  readonly transform?: Transform
}

export type Mapping = ReadonlyMap<string, Column>

const TRANSFORMS: Readonly<Record<string, Transform>> = {
  upper: (value) => value.toUpperCase(),
  lower: (value) => value.toLowerCase(),
}

/**
 * Reads a mapping as people write it, `field=header` pairs with an optional transform, comma-separated:
 * `id=invoice,productId=stockcode:upper`. Throws `ImportError` where a field or transform is unknown.
 */
export function parseMapping(text: string, fields: readonly ImportField[]): Mapping {
  const known = fields.map(({ name }) => name)
  const pairs = text.split(',').map((pair): [string, Column] => {
    const [, field = '', header = '', transform] = /^\s*(\w+)\s*=\s*(.+?)(?::(upper|lower))?\s*$/.exec(pair) ?? []
    if (!known.includes(field)) {
      throw new ImportError(`Cannot map "${pair.trim()}": write field=header with a field of ${known.join(', ')}`)
    }
    return [field, { header, ...(transform ? { transform: TRANSFORMS[transform]! } : {}) }]
  })
  return new Map(pairs)
}

/**
 * Finds each field among a file's headers: by the mapping where it names the field, else by name and aliases. Throws
 * `ImportError` where a mapped header or a required field is not in the file.
 */
export function resolveColumns(headers: readonly string[], fields: readonly ImportField[], mapping: Mapping): Mapping {
  const resolved = new Map<string, Column>()
  for (const field of fields) {
    const mapped = mapping.get(field.name)
    if (mapped && !headers.includes(mapped.header)) {
      throw new ImportError(`There is no column "${mapped.header}" in the file; it has ${list(headers)}`)
    }
    const found = mapped ?? columnFor(headers, field)
    if (found) resolved.set(field.name, found)
  }
  const missing = fields.filter(({ name, required }) => required && !resolved.has(name)).map(({ name }) => name)
  if (missing.length > 0) {
    throw new ImportError(
      `No column was recognised as ${missing.join(', ')}; the file has ${list(headers)}. ` +
        `Say which is which, for instance: --map ${missing.map((name) => `${name}=COLUMN`).join(',')}`,
    )
  }
  return resolved
}

/** The column that carries a field by its name or, failing that, by an alias. */
export function columnFor(headers: readonly string[], { name, aliases }: ImportField): Column | undefined {
  for (const wanted of [name, ...aliases].map(plain)) {
    const header = headers.find((candidate) => plain(candidate) === wanted)
    if (header !== undefined) return { header }
  }
  return undefined
}

function plain(header: string): string {
  return header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function list(headers: readonly string[]): string {
  return (
    headers
      .slice(0, 30)
      .map((header) => `"${header.slice(0, 60)}"`)
      .join(', ') || 'no columns'
  )
}
