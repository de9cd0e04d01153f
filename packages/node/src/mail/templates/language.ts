export const LANGUAGES = ['en', 'de', 'fr', 'es'] as const
export type Language = (typeof LANGUAGES)[number]

/** The language that we have words in, of a tag such as `de-AT`; English where there is none. */
export function languageOf(tag: string): Language {
  const [primary = ''] = tag.toLowerCase().split(/[-_]/)
  return LANGUAGES.find((language) => language === primary) ?? 'en'
}
