export const ADDRESS_HINT = 'it begins with postgres:// or sqlite:, or is the path of a SQLite file'

/** The beginning of an address that is neither a file's nor of a database that we know: `mysql://`. A drive letter is none. */
export function unknownScheme(url: string): string | null {
  const [scheme] = /^[\w+.-]{2,}:\/\//.exec(url) ?? []
  return scheme === undefined || /^(postgres(ql)?|sqlite):/i.test(scheme) ? null : scheme
}

/** The file, or `:memory:`, that an address means; `null` where it means PostgreSQL. Throws where it means neither. */
export function sqliteFile(url: string): string | null {
  const unknown = unknownScheme(url)
  if (unknown !== null) throw new TypeError(`No database is known for ${unknown} in its address: ${ADDRESS_HINT}`)
  return /^postgres(ql)?:/i.test(url) ? null : url.replace(/^sqlite:(\/\/)?/i, '')
}
