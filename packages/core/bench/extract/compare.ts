/**
 * How names are compared: as SROIE's task 3 does, exactly, after trimming, in capital letters, with runs of white space as nothing. `loose`
 * compares letters and digits only.
 */
export function sameName(a: string | null, b: string | null, how: 'exact' | 'loose' = 'exact'): boolean {
  if (a === null || b === null) return a === b
  const simple = (name: string) => name.toUpperCase().replace(how === 'exact' ? /\s+/g : /[^\p{L}\p{N}]+/gu, '')
  return simple(a) === simple(b)
}
