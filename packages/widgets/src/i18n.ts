/** The languages that the widgets speak. */
export type Language = 'en' | 'de' | 'fr' | 'es'

/** One widget's words, complete in each language. */
export type Strings<Words> = Readonly<Record<Language, Words>>

/** The words for a BCP 47 tag; English where its language is not spoken. */
export function wordsFor<Words>(strings: Strings<Words>, tag: string): Words {
  return strings[spokenLanguage(strings, tag)]
}

/** Which of the languages at hand answers for a BCP 47 tag: what `lang` must say of the words. */
export function spokenLanguage<Words>(strings: Strings<Words>, tag: string): Language {
  const base = tag.toLowerCase().split('-')[0]!
  return Object.hasOwn(strings, base) ? (base as Language) : 'en'
}

/** A tag that `Intl` takes: `de_AT`, as some shop systems write it, becomes `de-AT`; nonsense becomes `en`. */
export function soundLanguage(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? 'en'
  } catch {
    return 'en'
  }
}

/** `{ amount: 1299, currency: 'GBP' }` → `£12.99`, with as many decimals as the currency has. */
export function formatMoney({ amount, currency }: { amount: number; currency: string }, language: string): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency })
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits!)
}
