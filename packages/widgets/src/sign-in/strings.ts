import type { Strings } from '../i18n.ts'
import type { FailureCode } from '../people/failure.ts'
import type { FormStep, NoticeStep, SignInStep } from './connect.ts'

type Texts = readonly [heading: string, lead: string, submit: string]

export interface SignInWords {
  /** By step; `{email}` and `{name}` stand for those of the person. */
  readonly forms: Readonly<Record<FormStep, Texts>>
  readonly notices: Readonly<Record<NoticeStep, readonly [heading: string, lead: string]>>
  readonly signedIn: readonly [heading: string, lead: string]
  readonly failed: string
  readonly name: string
  readonly optional: string
  readonly remember: string
  readonly goOn: string
  readonly busy: string
  /** What leads to another step. */
  readonly links: Readonly<Partial<Record<SignInStep, string>>>
  readonly newHere: string
  readonly or: string
  readonly continueWith: string
  /** Where an account has the address already. */
  readonly waiting: readonly [heading: string, lead: string, afterInvitation: string]
  /** What went wrong with a provider, by code. */
  readonly visits: Readonly<Partial<Record<FailureCode, string>>>
}

export const strings: Strings<SignInWords> = {
  en: {
    forms: {
      'sign-in': ['Sign in', 'Good to see you again.', 'Sign in'],
      register: ['Create your account', 'All it takes is an address and a good password.', 'Create account'],
      forgot: ['Forgot your password?', 'We mail you a link with which to choose a new one.', 'Send link'],
      'request-link': ['Sign in by e-mail', 'We mail you a link that signs you in, without a password.', 'Send link'],
      code: ['One more step', 'Enter the six digits that your authenticator app shows now.', 'Continue'],
      recovery: ['Use a recovery code', 'Each of your recovery codes works once.', 'Continue'],
      unverified: ['Confirm your address first', 'We sent a link to {email}. It is not there?', 'Send it again'],
      'reset-password': ['Choose a new password', 'You will be signed out everywhere.', 'Save password'],
      invitation: ['You are invited', 'Choose a password, and your account is ready.', 'Save password'],
      'verify-email': ['Confirm your address', 'One press and it is done.', 'Confirm address'],
      'change-email': ['Confirm your new address', 'You sign in with it from then on.', 'Confirm address'],
      confirm: [
        'Is this your account?',
        'Enter its password. If somebody else opened it, choose one of your own.',
        'Confirm address',
      ],
      'magic-link': ['Welcome back', 'Your link is good for signing in once.', 'Sign in'],
    },
    notices: {
      mailed: ['Look into your mail', 'If {email} can be used here, a link is on its way.'],
      registered: ['Look into your mail', 'We sent a link to {email}. Follow it to confirm your address.'],
      verified: ['Your address is confirmed', 'You can sign in now.'],
      'password-saved': ['Your password is saved', 'Sign in with it now.'],
    },
    signedIn: ['You are signed in', 'as {name}.'],
    failed: 'Signing in is not possible just now.',
    name: 'Name',
    optional: 'optional',
    remember: 'Stay signed in on this device',
    goOn: 'Continue',
    busy: 'One moment …',
    links: {
      'sign-in': 'Sign in',
      forgot: 'Forgot password?',
      'request-link': 'Mail me a link instead',
      register: 'Create an account',
      recovery: 'Use a recovery code',
      code: 'Use the authenticator app',
    },
    newHere: 'New here?',
    or: 'or',
    continueWith: 'Continue with {provider}',
    waiting: [
      'Is this your account?',
      'There is an account with this address. Sign in to it once: then {provider} opens it too.',
      'Use the link that we have just mailed you, and sign in here: then {provider} opens your account too.',
    ],
    visits: {
      identity_cancelled: 'You called it off.',
      identity_expired: 'That took too long. Try again.',
      identity_provider_failed: 'It did not tell us who you are. Try again, or another way.',
      identity_email_unverified: 'Confirm your address there first.',
      identity_taken: 'It belongs to another account here.',
    },
  },
  de: {
    forms: {
      'sign-in': ['Anmelden', 'Schön, dass Sie wieder da sind.', 'Anmelden'],
      register: ['Konto anlegen', 'Eine Adresse und ein gutes Passwort genügen.', 'Konto anlegen'],
      forgot: ['Passwort vergessen?', 'Wir schicken einen Link, mit dem Sie ein neues wählen.', 'Link schicken'],
      'request-link': [
        'Per E-Mail anmelden',
        'Wir schicken einen Link, der Sie ohne Passwort anmeldet.',
        'Link schicken',
      ],
      code: ['Noch ein Schritt', 'Geben Sie die sechs Ziffern aus Ihrer Authenticator-App ein.', 'Weiter'],
      recovery: ['Wiederherstellungscode', 'Jeder Ihrer Codes gilt einmal.', 'Weiter'],
      unverified: [
        'Erst die Adresse bestätigen',
        'Der Link ging an {email}. Nichts angekommen?',
        'Noch einmal schicken',
      ],
      'reset-password': ['Neues Passwort wählen', 'Sie werden überall abgemeldet.', 'Passwort speichern'],
      invitation: ['Sie sind eingeladen', 'Wählen Sie ein Passwort, und Ihr Konto ist bereit.', 'Passwort speichern'],
      'verify-email': ['Adresse bestätigen', 'Ein Klick, und es ist getan.', 'Adresse bestätigen'],
      'change-email': ['Neue Adresse bestätigen', 'Damit melden Sie sich von da an an.', 'Adresse bestätigen'],
      confirm: [
        'Ist das Ihr Konto?',
        'Geben Sie sein Passwort ein. Hat es jemand anders angelegt, wählen Sie ein eigenes.',
        'Adresse bestätigen',
      ],
      'magic-link': ['Willkommen zurück', 'Ihr Link gilt für eine Anmeldung.', 'Anmelden'],
    },
    notices: {
      mailed: ['Sehen Sie in Ihre Mail', 'Wenn {email} hier gilt, ist ein Link unterwegs.'],
      registered: ['Sehen Sie in Ihre Mail', 'Ein Link ging an {email}. Er bestätigt Ihre Adresse.'],
      verified: ['Ihre Adresse ist bestätigt', 'Sie können sich jetzt anmelden.'],
      'password-saved': ['Ihr Passwort ist gespeichert', 'Melden Sie sich jetzt damit an.'],
    },
    signedIn: ['Sie sind angemeldet', 'als {name}.'],
    failed: 'Die Anmeldung ist gerade nicht möglich.',
    name: 'Name',
    optional: 'freiwillig',
    remember: 'Auf diesem Gerät angemeldet bleiben',
    goOn: 'Weiter',
    busy: 'Einen Moment …',
    links: {
      'sign-in': 'Anmelden',
      forgot: 'Passwort vergessen?',
      'request-link': 'Lieber einen Link per Mail',
      register: 'Konto anlegen',
      recovery: 'Wiederherstellungscode benutzen',
      code: 'Authenticator-App benutzen',
    },
    newHere: 'Neu hier?',
    or: 'oder',
    continueWith: 'Weiter mit {provider}',
    waiting: [
      'Ist das Ihr Konto?',
      'Mit dieser Adresse gibt es ein Konto. Melden Sie sich einmal an, dann öffnet es auch {provider}.',
      'Nehmen Sie den Link, der gerade per Mail kam, und melden Sie sich hier an: dann öffnet auch {provider} Ihr Konto.',
    ],
    visits: {
      identity_cancelled: 'Sie haben es abgebrochen.',
      identity_expired: 'Das hat zu lange gedauert. Noch einmal, bitte.',
      identity_provider_failed: 'Wer Sie sind, kam nicht an. Noch einmal, oder auf anderem Weg.',
      identity_email_unverified: 'Bestätigen Sie dort erst Ihre Adresse.',
      identity_taken: 'Es gehört hier zu einem anderen Konto.',
    },
  },
  fr: {
    forms: {
      'sign-in': ['Se connecter', 'Heureux de vous revoir.', 'Se connecter'],
      register: ['Créer un compte', 'Une adresse et un bon mot de passe suffisent.', 'Créer le compte'],
      forgot: ['Mot de passe oublié ?', 'Nous vous envoyons un lien pour en choisir un autre.', 'Envoyer le lien'],
      'request-link': ['Connexion par e-mail', 'Nous vous envoyons un lien qui vous connecte.', 'Envoyer le lien'],
      code: ['Encore une étape', 'Saisissez les six chiffres de votre application.', 'Continuer'],
      recovery: ['Code de secours', 'Chacun de vos codes sert une fois.', 'Continuer'],
      unverified: ['Confirmez d’abord votre adresse', 'Un lien est parti à {email}. Rien reçu ?', 'Renvoyer le lien'],
      'reset-password': ['Nouveau mot de passe', 'Vous serez déconnecté partout.', 'Enregistrer'],
      invitation: ['Vous êtes invité', 'Choisissez un mot de passe, et votre compte est prêt.', 'Enregistrer'],
      'verify-email': ['Confirmer votre adresse', 'Un clic et c’est fait.', 'Confirmer l’adresse'],
      'change-email': [
        'Confirmer la nouvelle adresse',
        'C’est avec elle que vous vous connecterez.',
        'Confirmer l’adresse',
      ],
      confirm: [
        'Est-ce votre compte ?',
        'Saisissez son mot de passe. Si un autre l’a ouvert, choisissez le vôtre.',
        'Confirmer l’adresse',
      ],
      'magic-link': ['Heureux de vous revoir', 'Votre lien vous connecte une fois.', 'Se connecter'],
    },
    notices: {
      mailed: ['Regardez vos e-mails', 'Si {email} convient ici, un lien est en route.'],
      registered: ['Regardez vos e-mails', 'Un lien est parti à {email}. Il confirme votre adresse.'],
      verified: ['Votre adresse est confirmée', 'Vous pouvez vous connecter.'],
      'password-saved': ['Mot de passe enregistré', 'Connectez-vous avec lui.'],
    },
    signedIn: ['Vous êtes connecté', 'en tant que {name}.'],
    failed: 'La connexion est impossible pour le moment.',
    name: 'Nom',
    optional: 'facultatif',
    remember: 'Rester connecté sur cet appareil',
    goOn: 'Continuer',
    busy: 'Un instant …',
    links: {
      'sign-in': 'Se connecter',
      forgot: 'Mot de passe oublié ?',
      'request-link': 'Plutôt un lien par e-mail',
      register: 'Créer un compte',
      recovery: 'Utiliser un code de secours',
      code: 'Utiliser l’application',
    },
    newHere: 'Première visite ?',
    or: 'ou',
    continueWith: 'Continuer avec {provider}',
    waiting: [
      'Est-ce votre compte ?',
      'Un compte existe avec cette adresse. Connectez-vous une fois : {provider} l’ouvrira aussi.',
      'Suivez le lien que nous venons de vous envoyer, puis connectez-vous ici : {provider} ouvrira aussi votre compte.',
    ],
    visits: {
      identity_cancelled: 'Vous avez interrompu la connexion.',
      identity_expired: 'Cela a pris trop de temps. Réessayez.',
      identity_provider_failed: 'Nous n’avons pas appris qui vous êtes. Réessayez, ou autrement.',
      identity_email_unverified: 'Confirmez d’abord votre adresse là-bas.',
      identity_taken: 'Il appartient à un autre compte ici.',
    },
  },
  es: {
    forms: {
      'sign-in': ['Iniciar sesión', 'Qué bien verle de nuevo.', 'Entrar'],
      register: ['Crear una cuenta', 'Bastan un correo y una buena contraseña.', 'Crear cuenta'],
      forgot: ['¿Olvidó su contraseña?', 'Le enviamos un enlace para elegir otra.', 'Enviar enlace'],
      'request-link': ['Entrar por correo', 'Le enviamos un enlace para entrar sin contraseña.', 'Enviar enlace'],
      code: ['Un paso más', 'Escriba los seis dígitos de su aplicación.', 'Continuar'],
      recovery: ['Código de recuperación', 'Cada código sirve una vez.', 'Continuar'],
      unverified: ['Confirme primero su correo', 'Enviamos un enlace a {email}. ¿No llegó?', 'Enviar otra vez'],
      'reset-password': ['Elija otra contraseña', 'Se cerrarán todas sus sesiones.', 'Guardar contraseña'],
      invitation: ['Tiene una invitación', 'Elija una contraseña y su cuenta estará lista.', 'Guardar contraseña'],
      'verify-email': ['Confirme su correo', 'Un clic y listo.', 'Confirmar correo'],
      'change-email': ['Confirme su nuevo correo', 'Con él entrará desde entonces.', 'Confirmar correo'],
      confirm: [
        '¿Es su cuenta?',
        'Escriba su contraseña. Si la abrió otra persona, elija una propia.',
        'Confirmar correo',
      ],
      'magic-link': ['Qué bien verle', 'Su enlace sirve para entrar una vez.', 'Entrar'],
    },
    notices: {
      mailed: ['Mire su correo', 'Si {email} sirve aquí, hay un enlace en camino.'],
      registered: ['Mire su correo', 'Enviamos un enlace a {email} para confirmarlo.'],
      verified: ['Su correo está confirmado', 'Ya puede entrar.'],
      'password-saved': ['Contraseña guardada', 'Entre con ella.'],
    },
    signedIn: ['Ha iniciado sesión', 'como {name}.'],
    failed: 'Ahora no se puede iniciar sesión.',
    name: 'Nombre',
    optional: 'opcional',
    remember: 'Seguir conectado en este dispositivo',
    goOn: 'Continuar',
    busy: 'Un momento …',
    links: {
      'sign-in': 'Iniciar sesión',
      forgot: '¿Olvidó su contraseña?',
      'request-link': 'Mejor un enlace por correo',
      register: 'Crear una cuenta',
      recovery: 'Usar un código de recuperación',
      code: 'Usar la aplicación',
    },
    newHere: '¿Primera vez?',
    or: 'o',
    continueWith: 'Continuar con {provider}',
    waiting: [
      '¿Es esta su cuenta?',
      'Hay una cuenta con esta dirección. Entre en ella una vez: después {provider} también la abrirá.',
      'Siga el enlace que acabamos de enviarle y entre aquí: después {provider} también abrirá su cuenta.',
    ],
    visits: {
      identity_cancelled: 'No llegó a completarlo.',
      identity_expired: 'Tardó demasiado. Inténtelo de nuevo.',
      identity_provider_failed: 'No supimos quién es usted. Inténtelo de nuevo o de otra forma.',
      identity_email_unverified: 'Confirme primero su correo allí.',
      identity_taken: 'Pertenece a otra cuenta de aquí.',
    },
  },
}
