import type { Brand, Say } from './content.ts'
import type { Language } from './language.ts'

const HOUR = 60
const DAY = 24 * HOUR
const MAX_NAME = 60
/** What mail readers turn into links by themselves. */
const LOOKS_LIKE_A_LINK = /[\p{L}\p{N}]\.\p{L}{2}|:\/\/|www\.|@/iu

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de', fr: 'fr', es: 'es' }

export function sayIn(language: Language, brand: Brand): Say {
  const locale = LOCALES[language]
  return {
    shop: oneLine(brand.shop),
    timeZone: brand.timeZone,
    minutes(count) {
      const [value, unit] =
        count >= 2 * DAY && count % DAY === 0
          ? ([count / DAY, 'day'] as const)
          : count >= HOUR && count % HOUR === 0
            ? ([count / HOUR, 'hour'] as const)
            : ([count, 'minute'] as const)
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value)
    },
    instant: (iso) =>
      new Intl.DateTimeFormat(locale, {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZoneName: 'short',
        timeZone: brand.timeZone,
      }).format(Date.parse(iso)),
    name(name) {
      const line = oneLine(name ?? '')
      return line === '' || line.length > MAX_NAME || LOOKS_LIKE_A_LINK.test(line) ? undefined : line
    },
  }
}

function oneLine(text: string): string {
  return text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
}
