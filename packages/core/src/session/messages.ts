import { ApiError, NetworkError, TimeoutError } from '../errors.ts'

const LANGUAGES = ['en', 'de', 'fr', 'es'] as const
type Language = (typeof LANGUAGES)[number]

type Topic =
  | 'invalid_credentials'
  | 'email_not_verified'
  | 'expired_link'
  | 'identity_cancelled'
  | 'identity_email_unverified'
  | 'identity_expired'
  | 'identity_provider_failed'
  | 'identity_taken'
  | 'last_way_in'
  | 'weak_password'
  | 'rate_limited'
  | 'session_ended'
  | 'reauthentication_required'
  | 'invalid_input'
  | 'unreachable'
  | 'other'

/** `{wait}` is a time, such as "20 seconds". */
const MESSAGES: Readonly<Record<Language, Readonly<Record<Topic | 'rate_limited_for', string>>>> = {
  en: {
    invalid_credentials:
      'That did not match. Check what you typed. After several failed tries signing in is blocked for 15 minutes.',
    email_not_verified: 'Confirm your e-mail address first: we have sent you a link.',
    expired_link: 'This link does not work any more. Ask for a new one.',
    identity_cancelled: 'Signing in was called off. Try again, or sign in another way.',
    identity_email_unverified: 'Confirm your e-mail address at the provider first, or sign in another way.',
    identity_expired: 'That took too long, or was begun in another browser. Try again.',
    identity_provider_failed: 'The provider did not tell us who you are. Try again, or sign in another way.',
    identity_taken: 'It belongs to another account here already.',
    last_way_in: 'This is the only way to sign in. Choose a password first.',
    weak_password: 'This password is too easy to guess. Use a longer one, several words for example.',
    rate_limited: 'Too many tries. Wait a moment, then try again.',
    rate_limited_for: 'Too many tries. Try again in {wait}.',
    session_ended: 'You have been signed out. Sign in again.',
    reauthentication_required: 'Confirm first that it is you.',
    invalid_input: 'Check what you typed: something is missing or not right.',
    unreachable: 'No connection. Check your network, then try again.',
    other: 'That did not work. Try again later.',
  },
  de: {
    invalid_credentials:
      'Das stimmt so nicht. Prüfen Sie Ihre Eingabe. Nach mehreren Fehlversuchen ist die Anmeldung 15 Minuten gesperrt.',
    email_not_verified: 'Bestätigen Sie zuerst Ihre E-Mail-Adresse: Wir haben Ihnen einen Link geschickt.',
    expired_link: 'Dieser Link gilt nicht mehr. Fordern Sie einen neuen an.',
    identity_cancelled: 'Die Anmeldung wurde abgebrochen. Versuchen Sie es noch einmal oder melden Sie sich anders an.',
    identity_email_unverified:
      'Bestätigen Sie zuerst Ihre E-Mail-Adresse beim Anbieter, oder melden Sie sich anders an.',
    identity_expired: 'Das hat zu lange gedauert oder begann in einem anderen Browser. Versuchen Sie es noch einmal.',
    identity_provider_failed:
      'Der Anbieter hat uns nicht gesagt, wer Sie sind. Versuchen Sie es noch einmal oder melden Sie sich anders an.',
    identity_taken: 'Es gehört hier schon zu einem anderen Konto.',
    last_way_in: 'Das ist der einzige Weg zur Anmeldung. Wählen Sie zuerst ein Passwort.',
    weak_password: 'Dieses Passwort ist zu leicht zu erraten. Nehmen Sie ein längeres, zum Beispiel mehrere Wörter.',
    rate_limited: 'Zu viele Versuche. Warten Sie einen Moment und versuchen Sie es dann noch einmal.',
    rate_limited_for: 'Zu viele Versuche. Versuchen Sie es in {wait} noch einmal.',
    session_ended: 'Sie wurden abgemeldet. Melden Sie sich wieder an.',
    reauthentication_required: 'Bestätigen Sie zuerst, dass Sie es sind.',
    invalid_input: 'Prüfen Sie Ihre Eingabe: Etwas fehlt oder stimmt nicht.',
    unreachable: 'Keine Verbindung. Prüfen Sie Ihr Netz und versuchen Sie es noch einmal.',
    other: 'Das hat nicht geklappt. Versuchen Sie es später noch einmal.',
  },
  fr: {
    invalid_credentials:
      'Ces informations ne correspondent pas. Vérifiez votre saisie. Après plusieurs échecs, la connexion est bloquée pendant 15 minutes.',
    email_not_verified: 'Confirmez d’abord votre adresse e-mail : nous vous avons envoyé un lien.',
    expired_link: 'Ce lien ne fonctionne plus. Demandez-en un nouveau.',
    identity_cancelled: 'La connexion a été interrompue. Réessayez, ou connectez-vous autrement.',
    identity_email_unverified:
      'Confirmez d’abord votre adresse e-mail chez le fournisseur, ou connectez-vous autrement.',
    identity_expired: 'Cela a pris trop de temps, ou a commencé dans un autre navigateur. Réessayez.',
    identity_provider_failed: 'Le fournisseur ne nous a pas dit qui vous êtes. Réessayez, ou connectez-vous autrement.',
    identity_taken: 'Il appartient déjà à un autre compte ici.',
    last_way_in: 'C’est la seule façon de vous connecter. Choisissez d’abord un mot de passe.',
    weak_password: 'Ce mot de passe est trop facile à deviner. Choisissez-en un plus long, plusieurs mots par exemple.',
    rate_limited: 'Trop d’essais. Patientez un instant, puis réessayez.',
    rate_limited_for: 'Trop d’essais. Réessayez dans {wait}.',
    session_ended: 'Vous avez été déconnecté. Reconnectez-vous.',
    reauthentication_required: 'Confirmez d’abord qu’il s’agit bien de vous.',
    invalid_input: 'Vérifiez votre saisie : quelque chose manque ou n’est pas correct.',
    unreachable: 'Pas de connexion. Vérifiez votre réseau, puis réessayez.',
    other: 'Cela n’a pas fonctionné. Réessayez plus tard.',
  },
  es: {
    invalid_credentials:
      'Los datos no coinciden. Revise lo que ha escrito. Tras varios intentos fallidos, el acceso se bloquea durante 15 minutos.',
    email_not_verified: 'Confirme primero su correo electrónico: le hemos enviado un enlace.',
    expired_link: 'Este enlace ya no funciona. Solicite uno nuevo.',
    identity_cancelled: 'Se interrumpió el inicio de sesión. Inténtelo de nuevo o entre de otra forma.',
    identity_email_unverified: 'Confirme primero su correo electrónico en el proveedor, o entre de otra forma.',
    identity_expired: 'Tardó demasiado o empezó en otro navegador. Inténtelo de nuevo.',
    identity_provider_failed: 'El proveedor no nos dijo quién es usted. Inténtelo de nuevo o entre de otra forma.',
    identity_taken: 'Ya pertenece a otra cuenta de aquí.',
    last_way_in: 'Es la única forma de entrar. Elija primero una contraseña.',
    weak_password: 'Esta contraseña es demasiado fácil de adivinar. Use una más larga, por ejemplo varias palabras.',
    rate_limited: 'Demasiados intentos. Espere un momento y vuelva a intentarlo.',
    rate_limited_for: 'Demasiados intentos. Vuelva a intentarlo en {wait}.',
    session_ended: 'Se ha cerrado su sesión. Inicie sesión de nuevo.',
    reauthentication_required: 'Confirme primero que es usted.',
    invalid_input: 'Revise lo que ha escrito: falta algo o no es correcto.',
    unreachable: 'Sin conexión. Compruebe su red y vuelva a intentarlo.',
    other: 'No ha funcionado. Vuelva a intentarlo más tarde.',
  },
}

/**
 * What to tell a person whose sign-in, or whatever else a session does, failed with `error`: a sentence or two in `language`
 * (BCP 47: English, German, French, Spanish; English for others). It says no more than the server does: nothing about
 * whether an account exists.
 */
export function sessionMessage(error: unknown, language = 'en'): string {
  const known = LANGUAGES.find((one) => one === language.toLowerCase().split('-')[0]) ?? 'en'
  const topic = topicOf(error)
  const waitMs = topic === 'rate_limited' ? (error as ApiError).retryAfterMs : undefined
  if (waitMs === undefined) return MESSAGES[known][topic]
  return MESSAGES[known].rate_limited_for.replace('{wait}', inWords(waitMs, known))
}

function topicOf(error: unknown): Topic {
  if (error instanceof NetworkError || error instanceof TimeoutError) return 'unreachable'
  if (!(error instanceof ApiError)) return 'other'
  if (['invalid_token', 'sign_in_needed'].includes(error.code)) return 'session_ended'
  return Object.hasOwn(MESSAGES.en, error.code) ? (error.code as Topic) : 'other'
}

/** Whole seconds up to two minutes, then whole minutes, rounded up. */
function inWords(waitMs: number, language: Language): string {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  const [count, unit] = seconds <= 120 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute']
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count as number)
}
