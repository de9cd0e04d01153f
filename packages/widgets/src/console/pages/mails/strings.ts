import type { Mail } from '@tillwright/core/contract'
import type { Strings } from '../../../i18n.ts'

export interface MailsWords {
  readonly title: string
  readonly lead: string
  readonly loading: string
  readonly all: string
  readonly states: Readonly<Record<Mail['state'], string>>
  readonly which: string
  readonly empty: string
  readonly tries: string
  readonly next: string
  readonly retry: string
  readonly retryNamed: string
  readonly show: string
  readonly showNamed: string
  readonly more: string
  readonly preview: string
  readonly template: string
  readonly language: string
}

export const strings: Strings<MailsWords> = {
  en: {
    title: 'Mail',
    lead: 'Mail to people of the shop and its customers. Links that let somebody in are shown nowhere.',
    loading: 'Asking the server …',
    all: 'All',
    states: { waiting: 'Waiting', sent: 'Sent', failed: 'Failed', expired: 'Ran out' },
    which: 'Which mail',
    empty: 'No mail here. Mail goes out when somebody registers, signs in from a new place, or resets a password.',
    tries: '{n} tries',
    next: 'next {x}',
    retry: 'Send again',
    retryNamed: 'Send again: {x}',
    show: 'Show',
    showNamed: 'Show what {x} looks like',
    more: 'Older mail',
    preview: 'How it looks, with example data',
    template: 'Template',
    language: 'Language',
  },
  de: {
    title: 'Mails',
    lead: 'Mails an Leute des Shops und an Kunden. Links, die jemanden hereinlassen, stehen nirgends.',
    loading: 'Der Server wird gefragt …',
    all: 'Alle',
    states: { waiting: 'Wartet', sent: 'Versandt', failed: 'Gescheitert', expired: 'Abgelaufen' },
    which: 'Welche Mails',
    empty:
      'Hier sind keine Mails. Sie gehen hinaus, wenn sich jemand registriert, von einem neuen Ort anmeldet oder das Passwort zurücksetzt.',
    tries: '{n} Versuche',
    next: 'nächster {x}',
    retry: 'Noch einmal senden',
    retryNamed: 'Noch einmal senden: {x}',
    show: 'Zeigen',
    showNamed: 'Zeigen, wie {x} aussieht',
    more: 'Ältere Mails',
    preview: 'So sieht sie aus, mit Beispieldaten',
    template: 'Vorlage',
    language: 'Sprache',
  },
  fr: {
    title: 'Courriels',
    lead: 'Courriels à l’équipe et aux clients. Les liens qui laissent entrer ne sont montrés nulle part.',
    loading: 'Interrogation du serveur…',
    all: 'Tous',
    states: { waiting: 'En attente', sent: 'Envoyé', failed: 'Échoué', expired: 'Expiré' },
    which: 'Quels courriels',
    empty:
      'Aucun courriel ici. Il en part quand quelqu’un s’inscrit, se connecte d’un nouvel endroit ou change de mot de passe.',
    tries: '{n} essais',
    next: 'prochain {x}',
    retry: 'Renvoyer',
    retryNamed: 'Renvoyer : {x}',
    show: 'Montrer',
    showNamed: 'Montrer à quoi ressemble {x}',
    more: 'Courriels plus anciens',
    preview: 'Son aspect, avec des données d’exemple',
    template: 'Modèle',
    language: 'Langue',
  },
  es: {
    title: 'Correo',
    lead: 'Correo al equipo y a los clientes. Los enlaces que dejan entrar no se muestran en ninguna parte.',
    loading: 'Consultando el servidor…',
    all: 'Todo',
    states: { waiting: 'En espera', sent: 'Enviado', failed: 'Fallido', expired: 'Caducado' },
    which: 'Qué correo',
    empty: 'Aquí no hay correo. Sale cuando alguien se registra, entra desde un sitio nuevo o cambia su contraseña.',
    tries: '{n} intentos',
    next: 'próximo {x}',
    retry: 'Enviar otra vez',
    retryNamed: 'Enviar otra vez: {x}',
    show: 'Mostrar',
    showNamed: 'Mostrar cómo es {x}',
    more: 'Correo anterior',
    preview: 'Cómo se ve, con datos de ejemplo',
    template: 'Plantilla',
    language: 'Idioma',
  },
}
