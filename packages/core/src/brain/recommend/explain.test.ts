import { describe, expect, it } from 'vitest'
import { explain } from './explain.ts'
import type { Reason } from './types.ts'

const nameOf = (id: string) => ({ cup: 'Blue cup' })[id] ?? id
const together: Reason = { kind: 'bought-together', with: 'cup', together: 12, of: 1_234 }
const similar: Reason = { kind: 'similar', with: 'cup', words: ['blue', 'kitchen'] }
const popular = (baskets: number): Reason => ({ kind: 'popular', baskets, days: 30 })

describe('explain', () => {
  it.each([
    ['en', 'In 12 of 1,234 baskets with Blue cup'],
    ['de', 'In 12 von 1.234 Warenkörben mit Blue cup'],
    ['fr', 'Dans 12 paniers sur 1\u202f234 avec Blue cup'],
    ['es', 'En 12 de 1234 cestas con Blue cup'],
  ])('says in %s what is bought together', (language, sentence) => {
    expect(explain(together, nameOf, language)).toBe(sentence)
  })

  it.each([
    ['en', 'Like Blue cup: blue, kitchen'],
    ['de', 'Ähnlich wie Blue cup: blue, kitchen'],
    ['fr', 'Proche de Blue cup : blue, kitchen'],
    ['es', 'Parecido a Blue cup: blue, kitchen'],
  ])('says in %s what is similar', (language, sentence) => {
    expect(explain(similar, nameOf, language)).toBe(sentence)
  })

  it.each([
    [
      'en',
      'Bought 7 times in the last 30 days',
      'Bought once in the last 30 days',
      'A long-time favourite of this shop',
    ],
    [
      'de',
      'In den letzten 30 Tagen 7-mal gekauft',
      'In den letzten 30 Tagen einmal gekauft',
      'Seit Langem beliebt in diesem Laden',
    ],
    [
      'fr',
      'Acheté 7 fois ces 30 derniers jours',
      'Acheté une fois ces 30 derniers jours',
      'Un classique de cette boutique',
    ],
    [
      'es',
      'Comprado 7 veces en los últimos 30 días',
      'Comprado una vez en los últimos 30 días',
      'Un clásico de esta tienda',
    ],
  ])('says in %s how often something was bought lately: often, once, not at all', (language, often, once, never) => {
    expect([7, 1, 0].map((baskets) => explain(popular(baskets), nameOf, language))).toEqual([often, once, never])
  })

  it.each([
    ['en', 'Sells 2.5 times as well as before', 'You had this before'],
    ['de', 'Verkauft sich 2,5-mal so gut wie zuvor', 'Das hatten Sie schon einmal'],
    ['fr', 'Se vend 2,5 fois mieux qu’avant', 'Vous l’avez déjà choisi'],
    ['es', 'Se vende 2,5 veces más que antes', 'Ya lo eligió antes'],
  ])('says in %s what is on the rise and what the shopper had before', (language, rising, again) => {
    const trending: Reason = { kind: 'trending', baskets: 5, days: 30, factor: 2.5 }
    const history: Reason = { kind: 'history', times: 2, at: 0 }
    expect([trending, history].map((reason) => explain(reason, nameOf, language))).toEqual([rising, again])
  })

  it('does not call rising what sells as before', () => {
    const still: Reason = { kind: 'trending', baskets: 5, days: 30, factor: 1 }
    expect(explain(still, nameOf, 'en')).toBe('Bought 5 times in the last 30 days')
  })

  it.each([
    ['de-AT', 'de'],
    ['DE', 'de'],
    ['fr-CA', 'fr'],
    ['es-419', 'es'],
    ['zh-Hant-TW', 'en'],
    ['x-klingon', 'en'],
    ['nonsense', 'en'],
    ['', 'en'],
    ['__proto__', 'en'],
    ['constructor', 'en'],
  ])('speaks for %j the language %s', (tag, spoken) => {
    for (const reason of [together, similar, popular(3)]) {
      expect(explain(reason, nameOf, tag)).toBe(explain(reason, nameOf, spoken))
    }
  })

  it('shows the id of a product that has no name', () => {
    expect(explain({ ...similar, with: '85123A' }, nameOf, 'en')).toContain('85123A')
  })
})
