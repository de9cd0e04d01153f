import type { Strings } from '../i18n.ts'
import type { Failure, FailureCode } from './failure.ts'
import type { StrengthAdvice } from './password-strength.ts'

/** What the widgets for people say alike. */
export interface PeopleWords {
  /** By code; `{s}` is a time such as `40 seconds`. */
  readonly failures: Readonly<Partial<Record<FailureCode, string>>>
  /** Why the server refuses a password, by reason. */
  readonly weak: Readonly<Record<string, string>>
  readonly email: string
  readonly password: string
  readonly newPassword: string
  readonly code: string
  readonly show: string
  readonly hide: string
  readonly retry: string
  readonly signOut: string
  readonly missing: Readonly<Record<'email' | 'password' | 'newPassword' | 'code', string>>
  readonly strength: {
    readonly label: string
    /** By score. */
    readonly scores: readonly [string, string, string, string, string]
    /** `{n}` is a number of characters. */
    readonly advice: Readonly<Record<StrengthAdvice, string>>
  }
}

export const peopleStrings: Strings<PeopleWords> = {
  en: {
    failures: {
      invalid_credentials: 'That is not right. After five tries: 15 minutes’ pause.',
      expired_link: 'This link has been used, or is too old. Ask for a new one.',
      rate_limited: 'Too many tries. Try again in {s}.',
      unavailable: 'Many people are signing in just now. Try again in a moment.',
      offline: 'The server cannot be reached. Check your connection and try again.',
      sign_in_needed: 'Your session has ended. Sign in again.',
      origin_not_allowed: 'This website may not sign people in.',
      failed: 'Something went wrong. Try again.',
    },
    weak: {
      too_short: 'Use at least 8 characters.',
      too_long: 'Use at most 128 characters.',
      too_common: 'Many people use this password or one like it. A few unrelated words make a better one.',
      too_obvious: 'This is easy to guess: leave out names, your e-mail address and runs such as 12345678.',
      used_before: 'You have used this password lately. Choose another.',
    },
    email: 'E-mail address',
    password: 'Password',
    newPassword: 'New password',
    code: 'Code',
    show: 'Show password',
    hide: 'Hide password',
    retry: 'Try again',
    signOut: 'Sign out',
    missing: {
      email: 'Enter your e-mail address, such as ann@example.com.',
      password: 'Enter your password.',
      newPassword: 'Choose a password of at least 8 characters.',
      code: 'Enter the code.',
    },
    strength: {
      label: 'Strength',
      scores: ['Very weak', 'Weak', 'Fair', 'Good', 'Strong'],
      advice: {
        empty: 'Three or four unrelated words work well.',
        short: '{n} more characters at least.',
        known: 'Your name and address are guessed first.',
        common: 'Common words and years are guessed early: add another.',
        run: 'Repeats and runs add little: add another word.',
        longer: 'Another word makes it stronger.',
        good: 'Hard to guess.',
      },
    },
  },
  de: {
    failures: {
      invalid_credentials: 'Das passt nicht. Nach fünf Versuchen: 15 Minuten Pause.',
      expired_link: 'Dieser Link wurde benutzt oder ist zu alt. Fordern Sie einen neuen an.',
      rate_limited: 'Zu viele Versuche. Versuchen Sie es in {s} wieder.',
      unavailable: 'Gerade melden sich viele an. Versuchen Sie es gleich wieder.',
      offline: 'Der Server ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es wieder.',
      sign_in_needed: 'Ihre Sitzung ist beendet. Melden Sie sich wieder an.',
      origin_not_allowed: 'Diese Website darf niemanden anmelden.',
      failed: 'Etwas ist schiefgegangen. Versuchen Sie es wieder.',
    },
    weak: {
      too_short: 'Mindestens 8 Zeichen.',
      too_long: 'Höchstens 128 Zeichen.',
      too_common: 'Viele benutzen dieses Passwort oder ein ähnliches. Besser: einige Wörter ohne Zusammenhang.',
      too_obvious: 'Leicht zu erraten: ohne Namen, E-Mail-Adresse und Reihen wie 12345678.',
      used_before: 'Dieses Passwort haben Sie kürzlich benutzt. Wählen Sie ein anderes.',
    },
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    newPassword: 'Neues Passwort',
    code: 'Code',
    show: 'Passwort zeigen',
    hide: 'Passwort verbergen',
    retry: 'Erneut versuchen',
    signOut: 'Abmelden',
    missing: {
      email: 'Geben Sie Ihre E-Mail-Adresse ein, etwa ann@example.com.',
      password: 'Geben Sie Ihr Passwort ein.',
      newPassword: 'Wählen Sie ein Passwort mit mindestens 8 Zeichen.',
      code: 'Geben Sie den Code ein.',
    },
    strength: {
      label: 'Stärke',
      scores: ['Sehr schwach', 'Schwach', 'Mittel', 'Gut', 'Stark'],
      advice: {
        empty: 'Drei oder vier Wörter ohne Zusammenhang sind gut.',
        short: 'Noch mindestens {n} Zeichen.',
        known: 'Name und Adresse werden zuerst geraten.',
        common: 'Häufige Wörter und Jahre rät man früh: eines mehr hilft.',
        run: 'Wiederholungen und Reihen helfen wenig: ein Wort mehr.',
        longer: 'Ein Wort mehr macht es stärker.',
        good: 'Schwer zu erraten.',
      },
    },
  },
  fr: {
    failures: {
      invalid_credentials: 'Ce n’est pas cela. Après cinq essais : 15 minutes de pause.',
      expired_link: 'Ce lien a déjà servi ou est trop ancien. Demandez-en un autre.',
      rate_limited: 'Trop d’essais. Réessayez dans {s}.',
      unavailable: 'Beaucoup de monde se connecte. Réessayez dans un instant.',
      offline: 'Le serveur est injoignable. Vérifiez la connexion et réessayez.',
      sign_in_needed: 'Votre session est terminée. Reconnectez-vous.',
      origin_not_allowed: 'Ce site ne peut connecter personne.',
      failed: 'Un problème est survenu. Réessayez.',
    },
    weak: {
      too_short: 'Au moins 8 caractères.',
      too_long: 'Au plus 128 caractères.',
      too_common: 'Ce mot de passe, ou un proche, est très répandu. Mieux : quelques mots sans rapport.',
      too_obvious: 'Facile à deviner : évitez noms, adresse et suites comme 12345678.',
      used_before: 'Vous avez utilisé ce mot de passe récemment. Choisissez-en un autre.',
    },
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    newPassword: 'Nouveau mot de passe',
    code: 'Code',
    show: 'Afficher le mot de passe',
    hide: 'Masquer le mot de passe',
    retry: 'Réessayer',
    signOut: 'Se déconnecter',
    missing: {
      email: 'Saisissez votre adresse e-mail, par exemple ann@example.com.',
      password: 'Saisissez votre mot de passe.',
      newPassword: 'Choisissez un mot de passe d’au moins 8 caractères.',
      code: 'Saisissez le code.',
    },
    strength: {
      label: 'Solidité',
      scores: ['Très faible', 'Faible', 'Moyen', 'Bon', 'Fort'],
      advice: {
        empty: 'Trois ou quatre mots sans rapport conviennent bien.',
        short: 'Encore {n} caractères au moins.',
        known: 'On devine d’abord votre nom et votre adresse.',
        common: 'Mots courants et années se devinent vite : ajoutez-en un autre.',
        run: 'Répétitions et suites aident peu : ajoutez un mot.',
        longer: 'Un mot de plus le rend plus solide.',
        good: 'Difficile à deviner.',
      },
    },
  },
  es: {
    failures: {
      invalid_credentials: 'No coincide. Tras cinco intentos: 15 minutos de pausa.',
      expired_link: 'Este enlace ya se usó o es demasiado antiguo. Pida otro.',
      rate_limited: 'Demasiados intentos. Inténtelo de nuevo en {s}.',
      unavailable: 'Hay mucha gente entrando. Inténtelo en un momento.',
      offline: 'No se puede acceder al servidor. Revise la conexión e inténtelo de nuevo.',
      sign_in_needed: 'Su sesión ha terminado. Entre de nuevo.',
      origin_not_allowed: 'Este sitio no puede iniciar sesiones.',
      failed: 'Algo salió mal. Inténtelo de nuevo.',
    },
    weak: {
      too_short: 'Al menos 8 caracteres.',
      too_long: 'Como máximo 128 caracteres.',
      too_common: 'Mucha gente usa esta contraseña o una parecida. Mejor, unas palabras sin relación.',
      too_obvious: 'Es fácil de adivinar: evite nombres, su correo y series como 12345678.',
      used_before: 'Ha usado esta contraseña hace poco. Elija otra.',
    },
    email: 'Correo electrónico',
    password: 'Contraseña',
    newPassword: 'Nueva contraseña',
    code: 'Código',
    show: 'Mostrar la contraseña',
    hide: 'Ocultar la contraseña',
    retry: 'Reintentar',
    signOut: 'Cerrar sesión',
    missing: {
      email: 'Escriba su correo, por ejemplo ann@example.com.',
      password: 'Escriba su contraseña.',
      newPassword: 'Elija una contraseña de al menos 8 caracteres.',
      code: 'Escriba el código.',
    },
    strength: {
      label: 'Seguridad',
      scores: ['Muy débil', 'Débil', 'Regular', 'Buena', 'Fuerte'],
      advice: {
        empty: 'Tres o cuatro palabras sin relación van bien.',
        short: 'Faltan al menos {n} caracteres.',
        known: 'Su nombre y su correo se adivinan primero.',
        common: 'Palabras comunes y años se adivinan pronto: añada otra.',
        run: 'Repeticiones y series ayudan poco: añada otra palabra.',
        longer: 'Otra palabra la hace más fuerte.',
        good: 'Difícil de adivinar.',
      },
    },
  },
}

/** A failure in words. */
export function failureWords(
  { code, reason, detail, waitSeconds }: Failure,
  words: PeopleWords,
  language: string,
): string {
  if (code === 'weak_password') return words.weak[reason ?? ''] ?? detail ?? words.weak.too_short!
  if (code === 'invalid_input' && detail) return detail
  const text = words.failures[code === 'session_ended' || code === 'invalid_token' ? 'sign_in_needed' : code]
  return (text ?? words.failures.failed!).replace('{s}', duration(waitSeconds ?? 60, language))
}

function duration(seconds: number, language: string): string {
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute']
  return new Intl.NumberFormat(language, { style: 'unit', unit: unit as string, unitDisplay: 'long' }).format(
    value as number,
  )
}
