/** Puts values into a sentence: `fill('{n} of {of}', { n: 1, of: 2 })` → `1 of 2`. What has no value stays as it is. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** `['a', 'b', 'c']` → `a, b and c`, as the language joins. */
export function listed(
  parts: readonly string[],
  language: string,
  type: 'conjunction' | 'disjunction' = 'conjunction',
) {
  return new Intl.ListFormat(language, { type }).format(parts)
}
