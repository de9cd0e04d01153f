import { expect, it } from 'vitest'
import { preferredLanguage } from './preferred-language.ts'

it.each([
  [null, 'en'],
  ['', 'en'],
  ['de-AT', 'de'],
  ['de-DE,de;q=0.9,en;q=0.8', 'de'],
  ['ja, fr;q=0.5, de;q=0.7', 'de'],
  ['de;q=0, fr;q=0.1', 'fr'],
  ['FR-ca', 'fr'],
  ['*', 'en'],
  ['de;q=x', 'de'],
  [`${'x,'.repeat(10_000)}de`, 'en'],
])('a browser that asks for %s is answered in %s', (header, language) => {
  expect(preferredLanguage(header, ['en', 'de', 'fr', 'es'])).toBe(language)
})
