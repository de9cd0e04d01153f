export function formatNumber(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value)
}

const KILO = 1000
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** `1234567` → `1.2 MB`. */
export function formatBytes(bytes: number, language: string): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), BYTE_UNITS.length - 1)
  return formatUnit(bytes / KILO ** step, BYTE_UNITS[step]!, language, 'short')
}

const SECONDS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** `7500` seconds → `2 hours`: the largest unit that fits, rounded down. */
export function formatDuration(seconds: number, language: string): string {
  const [unit, size] = largestUnit(seconds)
  return formatUnit(Math.floor(seconds / size), unit, language, 'long')
}

/** `7500000` ms ago → `2 hours ago`. */
export function formatAge(ageMs: number, language: string): string {
  const seconds = Math.max(0, ageMs / 1000)
  const [unit, size] = largestUnit(seconds)
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(seconds / size), unit)
}

function largestUnit(seconds: number) {
  return SECONDS.find(([, size]) => seconds >= size) ?? SECONDS[3]
}

function formatUnit(value: number, unit: string, language: string, unitDisplay: 'short' | 'long'): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 }).format(value)
}
