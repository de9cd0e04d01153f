import { describe, expect, it } from 'vitest'
import { strings as consoleStrings } from './console/strings.ts'
import { formatMoney, soundLanguage, spokenLanguage, wordsFor } from './i18n.ts'
import { strings as recommendationStrings } from './recommendations/strings.ts'

const GREETINGS = { en: 'Hello', de: 'Hallo', fr: 'Bonjour', es: 'Hola' }

describe('wordsFor', () => {
  it.each([
    ['de', 'Hallo'],
    ['de-AT', 'Hallo'],
    ['FR-ca', 'Bonjour'],
    ['pt', 'Hello'],
    ['', 'Hello'],
    ['constructor', 'Hello'],
  ])('answers %o with %s', (tag, greeting) => expect(wordsFor(GREETINGS, tag)).toBe(greeting))

  it('names the language that it answers in', () => {
    expect(spokenLanguage(GREETINGS, 'es-MX')).toBe('es')
    expect(spokenLanguage(GREETINGS, 'pt')).toBe('en')
  })
})

describe('soundLanguage', () => {
  it.each([
    ['de_AT', 'de-AT'],
    ['EN-gb', 'en-GB'],
    ['not a language', 'en'],
    ['', 'en'],
  ])('makes %o into %s', (tag, sound) => expect(soundLanguage(tag)).toBe(sound))
})

describe('formatMoney', () => {
  it.each([
    [1299, 'GBP', 'en', '£12.99'],
    [1299, 'EUR', 'de', '12,99 €'],
    [1299, 'JPY', 'en', '¥1,299'],
    [1299, 'KWD', 'en', 'KWD 1.299'],
    [-5, 'GBP', 'en', '-£0.05'],
  ])('writes %i minor units of %s in %s as %s', (amount, currency, language, text) => {
    expect(formatMoney({ amount, currency }, language).replaceAll('\u00a0', ' ')).toBe(text)
  })
})

describe('strings', () => {
  it.each([
    ['recommendations', recommendationStrings],
    ['console', consoleStrings],
  ])('of %s say something in every language', (_, strings) => {
    const leaves = (value: unknown): unknown[] =>
      typeof value === 'object' ? Object.values(value!).flatMap(leaves) : [value]
    const counts = Object.values(strings).map((words) => leaves(words).length)
    expect(new Set(counts).size).toBe(1)
    for (const leaf of leaves(strings)) expect(typeof leaf === 'function' || String(leaf).trim()).toBeTruthy()
  })
})
