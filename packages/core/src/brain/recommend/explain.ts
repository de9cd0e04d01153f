import type { Reason } from './types.ts'

interface Sentences {
  boughtTogether(together: string, of: string, name: string): string
  similar(words: string, name: string): string
  popular(baskets: string, days: string): string
  /** Bought in one basket. */
  once(days: string): string
  trending(factor: string): string
  again: string
  /** Where nothing was sold lately. */
  classic: string
}

const SENTENCES: Readonly<Record<string, Sentences>> = {
  en: {
    boughtTogether: (together, of, name) => `In ${together} of ${of} baskets with ${name}`,
    similar: (words, name) => `Like ${name}: ${words}`,
    popular: (baskets, days) => `Bought ${baskets} times in the last ${days} days`,
    once: (days) => `Bought once in the last ${days} days`,
    trending: (factor) => `Sells ${factor} times as well as before`,
    again: 'You had this before',
    classic: 'A long-time favourite of this shop',
  },
  de: {
    boughtTogether: (together, of, name) => `In ${together} von ${of} Warenkörben mit ${name}`,
    similar: (words, name) => `Ähnlich wie ${name}: ${words}`,
    popular: (baskets, days) => `In den letzten ${days} Tagen ${baskets}-mal gekauft`,
    once: (days) => `In den letzten ${days} Tagen einmal gekauft`,
    trending: (factor) => `Verkauft sich ${factor}-mal so gut wie zuvor`,
    again: 'Das hatten Sie schon einmal',
    classic: 'Seit Langem beliebt in diesem Laden',
  },
  fr: {
    boughtTogether: (together, of, name) => `Dans ${together} paniers sur ${of} avec ${name}`,
    similar: (words, name) => `Proche de ${name} : ${words}`,
    popular: (baskets, days) => `Acheté ${baskets} fois ces ${days} derniers jours`,
    once: (days) => `Acheté une fois ces ${days} derniers jours`,
    trending: (factor) => `Se vend ${factor} fois mieux qu’avant`,
    again: 'Vous l’avez déjà choisi',
    classic: 'Un classique de cette boutique',
  },
  es: {
    boughtTogether: (together, of, name) => `En ${together} de ${of} cestas con ${name}`,
    similar: (words, name) => `Parecido a ${name}: ${words}`,
    popular: (baskets, days) => `Comprado ${baskets} veces en los últimos ${days} días`,
    once: (days) => `Comprado una vez en los últimos ${days} días`,
    trending: (factor) => `Se vende ${factor} veces más que antes`,
    again: 'Ya lo eligió antes',
    classic: 'Un clásico de esta tienda',
  },
}

const NUMBERS: Record<string, Intl.NumberFormat> = {}

/**
 * A reason as a sentence that a shopper can read. `nameOf` gives a product's name for its id. `language` is a BCP 47
 * tag; where it is not spoken, English answers.
 */
export function explain(reason: Reason, nameOf: (id: string) => string, language: string): string {
  const base = language.toLowerCase().split('-')[0]!
  const spoken = Object.hasOwn(SENTENCES, base) ? base : 'en'
  const sentences = SENTENCES[spoken]!
  const numbers = (NUMBERS[spoken] ??= new Intl.NumberFormat(spoken))
  const count = (value: number) => numbers.format(value)
  const lately = (baskets: number, days: number) => {
    if (baskets === 0) return sentences.classic
    return baskets === 1 ? sentences.once(count(days)) : sentences.popular(count(baskets), count(days))
  }
  switch (reason.kind) {
    case 'bought-together':
      return sentences.boughtTogether(count(reason.together), count(reason.of), nameOf(reason.with))
    case 'similar':
      return sentences.similar(reason.words.join(', '), nameOf(reason.with))
    case 'history':
      return sentences.again
    case 'trending':
      if (reason.factor > 1) return sentences.trending(count(reason.factor))
      return lately(reason.baskets, reason.days)
    case 'popular':
      return lately(reason.baskets, reason.days)
  }
}
