/** A short name for a text, to tell whether it is the same as before (FNV-1a, 2 × 32 bits; G. Fowler, L. C. Noll, K.-P. Vo). */
export function textHash(text: string): string {
  let a = 0x811c9dc5
  let b = 0x01000193
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ (code + i), 0x85ebca6b)
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36)
}
