import type { Strings } from '../i18n.ts'

/** The button's label, what it says of unread messages, and what where the assistant cannot be loaded. */
export const launcherStrings: Strings<readonly [label: string, unread: string, away: string]> = {
  en: ['Ask us', 'unread', 'Out of reach: try again'],
  de: ['Frag uns', 'ungelesen', 'Nicht erreichbar: nochmal'],
  fr: ['Une question ?', 'non lus', 'Injoignable : réessayer'],
  es: ['Pregúntanos', 'sin leer', 'Sin conexión: reintentar'],
}
