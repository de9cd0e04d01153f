/** Why a product stands where it does, where no model says so. */
export type ShopReason =
  /** The shop has put it there. */
  | { readonly kind: 'pinned' }
  /** The shopper looked at it; `at`: when they did last, ISO 8601. */
  | { readonly kind: 'viewed'; readonly at: string }

const SENTENCES: Readonly<Record<string, Readonly<Record<ShopReason['kind'], string>>>> = {
  en: { pinned: 'Chosen by the shop', viewed: 'You looked at this' },
  de: { pinned: 'Vom Laden ausgewählt', viewed: 'Haben Sie sich angesehen' },
  fr: { pinned: 'Choisi par la boutique', viewed: 'Vous l’avez regardé' },
  es: { pinned: 'Elegido por la tienda', viewed: 'Lo ha mirado' },
}

/** The reason as a sentence. `language` is a BCP 47 tag; where it is not spoken, English answers. */
export function explainShop(reason: ShopReason, language: string): string {
  const base = language.toLowerCase().split('-')[0]!
  return SENTENCES[Object.hasOwn(SENTENCES, base) ? base : 'en']![reason.kind]
}
