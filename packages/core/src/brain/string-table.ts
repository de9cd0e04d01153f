/** Strings as one run of UTF-8 and the offsets where each begins; `offsets` has one entry more than there are strings. */
export interface StringTable {
  readonly bytes: Uint8Array
  readonly offsets: Uint32Array
}

export function packStrings(strings: readonly string[]): StringTable {
  const parts = strings.map((string) => new TextEncoder().encode(string))
  const offsets = new Uint32Array(strings.length + 1)
  for (const [i, part] of parts.entries()) offsets[i + 1] = offsets[i]! + part.length
  const bytes = new Uint8Array(offsets[strings.length]!)
  for (const [i, part] of parts.entries()) bytes.set(part, offsets[i])
  return { bytes, offsets }
}

export function unpackStrings({ bytes, offsets }: StringTable): string[] {
  const decoder = new TextDecoder()
  return Array.from({ length: offsets.length - 1 }, (_, i) =>
    decoder.decode(bytes.subarray(offsets[i], offsets[i + 1])),
  )
}
