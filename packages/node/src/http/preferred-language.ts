const MAX_HEADER = 500

/**
 * Which of `spoken` (BCP 47 base languages) a browser's `Accept-Language` likes best; the first where it likes none. RFC 9110
 * §12.5.4: weights from 0 to 1, in order where they are equal; 0 is not wanted.
 */
export function preferredLanguage<L extends string>(header: string | null, spoken: readonly [L, ...L[]]): L {
  const wishes = (header ?? '')
    .slice(0, MAX_HEADER)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const weight = parameters.map((parameter) => /^\s*q=(\d(?:\.\d{1,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean)
      return { base: tag.trim().split('-')[0], weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  for (const { base } of wishes) {
    const found = spoken.find((language) => language === base)
    if (found) return found
  }
  return spoken[0]
}
