import { createEnglishConcepts } from './english.ts'

/** What a word stands for: the same for its forms and for words that mean much the same. */
export type ConceptOf = (word: string) => string

const LANGUAGES: Readonly<Record<string, () => ConceptOf>> = { en: createEnglishConcepts }

/** `language` is BCP 47. Of languages without a list of concepts each word stands for itself. */
export function conceptsOf(language: string): ConceptOf {
  const [primary = ''] = language.toLowerCase().split('-')
  return Object.hasOwn(LANGUAGES, primary) ? LANGUAGES[primary]!() : (word) => word
}
