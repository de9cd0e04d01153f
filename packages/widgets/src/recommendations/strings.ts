import type { RecommendationKind } from '@tillwright/core/contract'
import type { Strings } from '../i18n.ts'

export interface RecommendationWords {
  /** Headings by kind. */
  readonly headings: Readonly<Record<RecommendationKind, string>>
  readonly why: string
  readonly previous: string
  readonly next: string
  readonly empty: string
  readonly failed: string
  readonly retry: string
}

export const strings: Strings<RecommendationWords> = {
  en: {
    headings: {
      popular: 'Popular now',
      trending: 'Trending',
      next: 'What goes with it',
      'bought-together': 'Often bought together',
      complements: 'Goes well with your cart',
      similar: 'You may also like',
      'for-user': 'For you',
      'buy-again': 'Buy again',
      'recently-viewed': 'Recently viewed',
    },
    why: 'Why this?',
    previous: 'Previous',
    next: 'Next',
    empty: 'Nothing to suggest yet.',
    failed: 'Suggestions could not be reached.',
    retry: 'Try again',
  },
  de: {
    headings: {
      popular: 'Gerade beliebt',
      trending: 'Im Kommen',
      next: 'Das passt dazu',
      'bought-together': 'Oft zusammen gekauft',
      complements: 'Passt zu Ihrem Warenkorb',
      similar: 'Das passt auch',
      'for-user': 'Für Sie',
      'buy-again': 'Wieder kaufen',
      'recently-viewed': 'Zuletzt angesehen',
    },
    why: 'Warum das?',
    previous: 'Zurück',
    next: 'Weiter',
    empty: 'Noch keine Vorschläge.',
    failed: 'Die Vorschläge sind nicht erreichbar.',
    retry: 'Erneut versuchen',
  },
  fr: {
    headings: {
      popular: 'En ce moment',
      trending: 'Tendances',
      next: 'Pour aller avec',
      'bought-together': 'Souvent achetés ensemble',
      complements: 'Pour compléter votre panier',
      similar: 'Vous aimerez aussi',
      'for-user': 'Pour vous',
      'buy-again': 'Acheter à nouveau',
      'recently-viewed': 'Vus récemment',
    },
    why: 'Pourquoi ?',
    previous: 'Précédent',
    next: 'Suivant',
    empty: 'Pas encore de suggestions.',
    failed: 'Suggestions inaccessibles.',
    retry: 'Réessayer',
  },
  es: {
    headings: {
      popular: 'Lo más popular',
      trending: 'Tendencias',
      next: 'Para acompañar',
      'bought-together': 'Suelen comprarse juntos',
      complements: 'Completa tu cesta',
      similar: 'También te puede gustar',
      'for-user': 'Para ti',
      'buy-again': 'Comprar de nuevo',
      'recently-viewed': 'Vistos recientemente',
    },
    why: '¿Por qué?',
    previous: 'Anterior',
    next: 'Siguiente',
    empty: 'Aún no hay sugerencias.',
    failed: 'No se pudo acceder a las sugerencias.',
    retry: 'Reintentar',
  },
}
