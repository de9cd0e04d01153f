import type { Strings } from '../i18n.ts'

export interface RecommendationWords {
  /** Headings by kind. */
  readonly headings: Readonly<Record<'popular' | 'bought-together' | 'similar', string>>
  readonly why: string
  readonly previous: string
  readonly next: string
  readonly empty: string
  readonly failed: string
  readonly retry: string
}

export const strings: Strings<RecommendationWords> = {
  en: {
    headings: { popular: 'Popular now', 'bought-together': 'Often bought together', similar: 'You may also like' },
    why: 'Why this?',
    previous: 'Previous',
    next: 'Next',
    empty: 'Nothing to suggest yet.',
    failed: 'Suggestions could not be reached.',
    retry: 'Try again',
  },
  de: {
    headings: { popular: 'Gerade beliebt', 'bought-together': 'Oft zusammen gekauft', similar: 'Das passt auch' },
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
      'bought-together': 'Souvent achetés ensemble',
      similar: 'Vous aimerez aussi',
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
      'bought-together': 'Suelen comprarse juntos',
      similar: 'También te puede gustar',
    },
    why: '¿Por qué?',
    previous: 'Anterior',
    next: 'Siguiente',
    empty: 'Aún no hay sugerencias.',
    failed: 'No se pudo acceder a las sugerencias.',
    retry: 'Reintentar',
  },
}
