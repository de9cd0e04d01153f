import { type Strings, spokenLanguage } from '../../i18n.ts'

/** Why something did not come about, as far as whoever works here is concerned. */
export interface Failure {
  /** `refused`: the server said no for a reason of its own, which `message` gives. */
  readonly kind: 'unreachable' | 'signed-out' | 'not-fresh' | 'needs-person' | 'forbidden' | 'missing' | 'refused'
  readonly message: string
  /** What is wrong with which field of the input, as the contract names it. */
  readonly errors: readonly { readonly path: string; readonly message: string }[]
}

interface Thrown {
  readonly status?: number
  readonly code?: string
  readonly message?: string
  readonly errors?: Failure['errors']
}

const KINDS: Readonly<Record<string, Failure['kind']>> = {
  reauthentication_required: 'not-fresh',
  sign_in_needed: 'needs-person',
  missing_key: 'signed-out',
  invalid_token: 'signed-out',
  session_ended: 'signed-out',
  forbidden: 'forbidden',
  wrong_key_kind: 'forbidden',
  address_not_allowed: 'forbidden',
  not_found: 'missing',
}

/**
 * Reads what a client threw. By its fields, not its class: pages are files of their own, and each would have a class of its
 * own.
 */
export function failureOf(error: unknown): Failure {
  const { status, code = '', message = String(error), errors = [] } = error as Thrown
  const kind = status === undefined ? 'unreachable' : (KINDS[code] ?? (status === 401 ? 'signed-out' : 'refused'))
  return { kind, message, errors }
}

const WORDS: Strings<Readonly<Record<Exclude<Failure['kind'], 'refused'>, string>>> = {
  en: {
    unreachable: 'The server cannot be reached. Try again in a moment.',
    'signed-out': 'Your session has ended. Run “tillwright console” on the server for a fresh link, or sign in.',
    'not-fresh': 'This needs a recent sign-in: sign out and in again, then repeat it.',
    'needs-person':
      'A link to the console cannot do this. Sign in as a person of the shop, so that the log can say who it was.',
    forbidden: 'Your role does not allow this.',
    missing: 'This is no longer there.',
  },
  de: {
    unreachable: 'Der Server ist nicht erreichbar. Versuchen Sie es gleich noch einmal.',
    'signed-out':
      'Die Sitzung ist abgelaufen. „tillwright console“ auf dem Server gibt einen neuen Link; oder melden Sie sich an.',
    'not-fresh': 'Dafür muss die Anmeldung frisch sein: Melden Sie sich ab und wieder an, dann wiederholen Sie es.',
    'needs-person':
      'Mit einem Link zur Konsole geht das nicht. Melden Sie sich als Person des Shops an, damit das Protokoll weiß, wer es war.',
    forbidden: 'Ihre Rolle erlaubt das nicht.',
    missing: 'Das gibt es nicht mehr.',
  },
  fr: {
    unreachable: 'Le serveur est inaccessible. Réessayez dans un instant.',
    'signed-out':
      'Votre session a pris fin. Lancez « tillwright console » sur le serveur pour un nouveau lien, ou connectez-vous.',
    'not-fresh': 'Il faut une connexion récente : déconnectez-vous, reconnectez-vous, puis recommencez.',
    'needs-person':
      'Un lien vers la console ne suffit pas. Connectez-vous en tant que membre de la boutique, pour que le journal dise qui c’était.',
    forbidden: 'Votre rôle ne le permet pas.',
    missing: 'Cela n’existe plus.',
  },
  es: {
    unreachable: 'No se puede acceder al servidor. Inténtelo de nuevo en un momento.',
    'signed-out':
      'Su sesión ha terminado. Ejecute «tillwright console» en el servidor para un enlace nuevo, o inicie sesión.',
    'not-fresh': 'Hace falta un inicio de sesión reciente: cierre la sesión, vuelva a entrar y repítalo.',
    'needs-person':
      'Un enlace a la consola no basta. Inicie sesión como persona de la tienda, para que el registro diga quién fue.',
    forbidden: 'Su rol no lo permite.',
    missing: 'Esto ya no existe.',
  },
}

/** A failure as a sentence. What the server itself says is in English. */
export function failureText({ kind, message }: Failure, language: string): string {
  return kind === 'refused' ? message : WORDS[spokenLanguage(WORDS, language)][kind]
}
