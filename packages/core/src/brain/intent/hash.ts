const FNV_PRIME = 0x01000193
export const FNV_BASIS = 0x811c9dc5 | 0

/** One more 16-bit unit of FNV-1a. */
export function hashStep(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, FNV_PRIME)
}

/** Spreads a hash over all its 32 bits (the finaliser of MurmurHash3), as an unsigned number. */
export function hashEnd(hash: number): number {
  let mixed = hash ^ (hash >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

export function hashString(text: string, seed = FNV_BASIS): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = hashStep(hash, text.charCodeAt(i))
  return hash
}
