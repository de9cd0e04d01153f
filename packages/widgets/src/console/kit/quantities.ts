/** `0.0123` → `1.2%`, with as many digits as tell something. */
export function formatShare(share: number, language: string, digits = 1): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(share)
}

/** `0.05` → `+5%`. */
export function formatChange(share: number, language: string, digits = 0): string {
  const options = { style: 'percent', maximumFractionDigits: digits, signDisplay: 'exceptZero' } as const
  return new Intl.NumberFormat(language, options).format(share)
}

export function formatDate(at: string | number, language: string, timeStyle?: 'short'): string {
  const options = { dateStyle: 'medium', ...(timeStyle && { timeStyle }) } as const
  return new Intl.DateTimeFormat(language, options).format(typeof at === 'string' ? Date.parse(at) : at)
}
