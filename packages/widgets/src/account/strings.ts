import type { Strings } from '../i18n.ts'
import type { Section, Task } from './connect.ts'

export interface AccountWords {
  readonly account: string
  readonly sections: Readonly<Record<Section, string>>
  readonly signedOut: string
  readonly failed: string
  readonly busy: string
  readonly save: string
  readonly cancel: string
  readonly name: string
  readonly language: string
  readonly timeZone: string
  readonly currency: string
  readonly automatic: string
  readonly notify: string
  readonly notifications: Readonly<Record<'receipts' | 'offers' | 'reports', string>>
  readonly email: readonly [heading: string, lead: string, label: string, submit: string]
  readonly notVerified: string
  readonly password: readonly [heading: string, lead: string, current: string, submit: string]
  readonly twoFactor: readonly [heading: string, off: string, on: string]
  readonly methods: string
  readonly setUp: string
  readonly scan: readonly [heading: string, lead: string, byHand: string, submit: string]
  readonly codes: readonly [heading: string, lead: string]
  readonly newCodes: string
  readonly copy: string
  readonly download: string
  readonly keptCodes: string
  readonly switchOff: string
  readonly thisDevice: string
  readonly sessionsLead: string
  readonly lastUsed: string
  readonly end: string
  readonly endOthers: string
  readonly exportData: readonly [heading: string, lead: string, submit: string]
  readonly remove: readonly [heading: string, lead: string, submit: string]
  readonly removeSure: readonly [heading: string, lead: string, submit: string]
  readonly proof: readonly [heading: string, lead: string, submit: string]
  /** What has come about, by task; `{email}` is the person's. */
  readonly done: Readonly<Partial<Record<Task, string>>>
}

export const strings: Strings<AccountWords> = {
  en: {
    account: 'Your account',
    sections: { profile: 'Profile', security: 'Security', sessions: 'Devices', data: 'My data' },
    signedOut: 'Sign in to see your account.',
    failed: 'Your account cannot be shown just now.',
    busy: 'One moment …',
    save: 'Save changes',
    cancel: 'Cancel',
    name: 'Name',
    language: 'Language',
    timeZone: 'Time zone',
    currency: 'Currency',
    automatic: 'Automatic',
    notify: 'Mail me',
    notifications: { receipts: 'Receipts', offers: 'Offers and news', reports: 'Reports' },
    email: [
      'E-mail address',
      'A change counts once you follow the link that we mail to the new address.',
      'New address',
      'Change address',
    ],
    notVerified: 'not confirmed yet',
    password: ['Password', 'A change signs you out on all other devices.', 'Current password', 'Change password'],
    twoFactor: [
      'Second factor',
      'A code from your phone beside the password keeps others out, even if they know it.',
      'On. Signing in asks for a code of your authenticator app.',
    ],
    methods: 'Other ways to sign in',
    setUp: 'Set up',
    scan: [
      'Scan this code',
      'Open your authenticator app, scan the picture, and enter the six digits that it shows.',
      'Or enter this key by hand:',
      'Switch on',
    ],
    codes: [
      'Your recovery codes',
      'Keep them somewhere safe: each lets you in once when the phone is not there. They are shown this once.',
    ],
    newCodes: 'New recovery codes',
    copy: 'Copy',
    download: 'Download',
    keptCodes: 'I have kept them',
    switchOff: 'Switch off',
    thisDevice: 'This device',
    sessionsLead: 'Where you are signed in. End what you do not know, and change your password.',
    lastUsed: 'Last used',
    end: 'End',
    endOthers: 'Sign out everywhere else',
    exportData: ['Take your data with you', 'Everything that is kept about you, in one JSON file.', 'Download my data'],
    remove: [
      'Remove your account',
      'You are signed out everywhere. For 30 days the shop can bring it back; then it is erased.',
      'Remove account',
    ],
    removeSure: [
      'Remove your account?',
      'Sign-in stops working at once, on every device. After 30 days nothing can be brought back.',
      'Yes, remove it',
    ],
    proof: ['Is it really you?', 'This needs a fresh proof. Then it goes on by itself.', 'Continue'],
    done: {
      profile: 'Saved.',
      email: 'Look into the mail of the new address: a link is on its way.',
      password: 'Your password is changed.',
      'switch-off': 'The second factor is off.',
      sessions: 'Signed out there.',
      export: 'Your download has begun.',
    },
  },
  de: {
    account: 'Ihr Konto',
    sections: { profile: 'Profil', security: 'Sicherheit', sessions: 'Geräte', data: 'Meine Daten' },
    signedOut: 'Melden Sie sich an, um Ihr Konto zu sehen.',
    failed: 'Ihr Konto kann gerade nicht gezeigt werden.',
    busy: 'Einen Moment …',
    save: 'Änderungen speichern',
    cancel: 'Abbrechen',
    name: 'Name',
    language: 'Sprache',
    timeZone: 'Zeitzone',
    currency: 'Währung',
    automatic: 'Automatisch',
    notify: 'Mails an mich',
    notifications: { receipts: 'Belege', offers: 'Angebote und Neues', reports: 'Berichte' },
    email: [
      'E-Mail-Adresse',
      'Die Änderung gilt, sobald Sie dem Link in der Mail an die neue Adresse folgen.',
      'Neue Adresse',
      'Adresse ändern',
    ],
    notVerified: 'noch nicht bestätigt',
    password: [
      'Passwort',
      'Die Änderung meldet Sie auf allen anderen Geräten ab.',
      'Bisheriges Passwort',
      'Passwort ändern',
    ],
    twoFactor: [
      'Zweiter Faktor',
      'Ein Code vom Telefon hält andere fern, selbst wenn sie das Passwort kennen.',
      'An. Die Anmeldung fragt nach einem Code Ihrer Authenticator-App.',
    ],
    methods: 'Andere Wege zur Anmeldung',
    setUp: 'Einrichten',
    scan: [
      'Code scannen',
      'Öffnen Sie Ihre Authenticator-App, scannen Sie das Bild und geben Sie die sechs Ziffern ein.',
      'Oder geben Sie diesen Schlüssel ein:',
      'Einschalten',
    ],
    codes: [
      'Ihre Wiederherstellungscodes',
      'Bewahren Sie sie sicher auf: Jeder lässt Sie einmal ohne Telefon hinein. Sie werden nur jetzt gezeigt.',
    ],
    newCodes: 'Neue Wiederherstellungscodes',
    copy: 'Kopieren',
    download: 'Herunterladen',
    keptCodes: 'Ich habe sie verwahrt',
    switchOff: 'Ausschalten',
    thisDevice: 'Dieses Gerät',
    sessionsLead: 'Wo Sie angemeldet sind. Beenden Sie, was Sie nicht kennen, und ändern Sie Ihr Passwort.',
    lastUsed: 'Zuletzt benutzt',
    end: 'Beenden',
    endOthers: 'Überall sonst abmelden',
    exportData: [
      'Ihre Daten mitnehmen',
      'Alles, was über Sie gespeichert ist, in einer JSON-Datei.',
      'Meine Daten herunterladen',
    ],
    remove: [
      'Konto entfernen',
      'Sie werden überall abgemeldet. 30 Tage lang kann der Shop es zurückholen, dann wird es gelöscht.',
      'Konto entfernen',
    ],
    removeSure: [
      'Konto wirklich entfernen?',
      'Die Anmeldung geht sofort nirgends mehr. Nach 30 Tagen ist nichts mehr zurückzuholen.',
      'Ja, entfernen',
    ],
    proof: [
      'Sind Sie es wirklich?',
      'Dies braucht einen frischen Nachweis. Danach geht es von selbst weiter.',
      'Weiter',
    ],
    done: {
      profile: 'Gespeichert.',
      email: 'Sehen Sie in die Mail der neuen Adresse: Ein Link ist unterwegs.',
      password: 'Ihr Passwort ist geändert.',
      'switch-off': 'Der zweite Faktor ist aus.',
      sessions: 'Dort abgemeldet.',
      export: 'Der Download hat begonnen.',
    },
  },
  fr: {
    account: 'Votre compte',
    sections: { profile: 'Profil', security: 'Sécurité', sessions: 'Appareils', data: 'Mes données' },
    signedOut: 'Connectez-vous pour voir votre compte.',
    failed: 'Votre compte ne peut être affiché pour le moment.',
    busy: 'Un instant …',
    save: 'Enregistrer',
    cancel: 'Annuler',
    name: 'Nom',
    language: 'Langue',
    timeZone: 'Fuseau horaire',
    currency: 'Devise',
    automatic: 'Automatique',
    notify: 'M’écrire pour',
    notifications: { receipts: 'Reçus', offers: 'Offres et nouveautés', reports: 'Rapports' },
    email: [
      'Adresse e-mail',
      'Le changement vaut dès que vous suivez le lien envoyé à la nouvelle adresse.',
      'Nouvelle adresse',
      'Changer d’adresse',
    ],
    notVerified: 'pas encore confirmée',
    password: [
      'Mot de passe',
      'Le changement vous déconnecte de tous les autres appareils.',
      'Mot de passe actuel',
      'Changer le mot de passe',
    ],
    twoFactor: [
      'Second facteur',
      'Un code de votre téléphone arrête les autres, même s’ils connaissent le mot de passe.',
      'Activé. La connexion demande un code de votre application.',
    ],
    methods: 'Autres façons de se connecter',
    setUp: 'Configurer',
    scan: [
      'Scannez ce code',
      'Ouvrez votre application, scannez l’image et saisissez les six chiffres affichés.',
      'Ou saisissez cette clé :',
      'Activer',
    ],
    codes: [
      'Vos codes de secours',
      'Gardez-les en lieu sûr : chacun vous ouvre une fois sans téléphone. Ils ne sont affichés que maintenant.',
    ],
    newCodes: 'Nouveaux codes de secours',
    copy: 'Copier',
    download: 'Télécharger',
    keptCodes: 'Je les ai gardés',
    switchOff: 'Désactiver',
    thisDevice: 'Cet appareil',
    sessionsLead: 'Là où vous êtes connecté. Fermez ce que vous ne connaissez pas et changez de mot de passe.',
    lastUsed: 'Dernier usage',
    end: 'Fermer',
    endOthers: 'Déconnecter tous les autres',
    exportData: [
      'Emportez vos données',
      'Tout ce qui est conservé sur vous, dans un fichier JSON.',
      'Télécharger mes données',
    ],
    remove: [
      'Supprimer le compte',
      'Vous êtes déconnecté partout. Pendant 30 jours la boutique peut le rétablir, puis il est effacé.',
      'Supprimer le compte',
    ],
    removeSure: [
      'Supprimer votre compte ?',
      'La connexion cesse aussitôt, partout. Après 30 jours, rien ne peut être rétabli.',
      'Oui, supprimer',
    ],
    proof: ['Est-ce bien vous ?', 'Ceci demande une nouvelle preuve. La suite est automatique.', 'Continuer'],
    done: {
      profile: 'Enregistré.',
      email: 'Regardez les e-mails de la nouvelle adresse : un lien est en route.',
      password: 'Votre mot de passe est changé.',
      'switch-off': 'Le second facteur est désactivé.',
      sessions: 'Déconnecté là-bas.',
      export: 'Le téléchargement a commencé.',
    },
  },
  es: {
    account: 'Su cuenta',
    sections: { profile: 'Perfil', security: 'Seguridad', sessions: 'Dispositivos', data: 'Mis datos' },
    signedOut: 'Inicie sesión para ver su cuenta.',
    failed: 'Ahora no se puede mostrar su cuenta.',
    busy: 'Un momento …',
    save: 'Guardar cambios',
    cancel: 'Cancelar',
    name: 'Nombre',
    language: 'Idioma',
    timeZone: 'Zona horaria',
    currency: 'Moneda',
    automatic: 'Automático',
    notify: 'Escribirme sobre',
    notifications: { receipts: 'Recibos', offers: 'Ofertas y novedades', reports: 'Informes' },
    email: [
      'Correo electrónico',
      'El cambio vale cuando siga el enlace que enviamos al nuevo correo.',
      'Nuevo correo',
      'Cambiar correo',
    ],
    notVerified: 'sin confirmar',
    password: [
      'Contraseña',
      'El cambio cierra la sesión en los demás dispositivos.',
      'Contraseña actual',
      'Cambiar contraseña',
    ],
    twoFactor: [
      'Segundo factor',
      'Un código del teléfono detiene a otros, aunque sepan la contraseña.',
      'Activado. Al entrar se pide un código de su aplicación.',
    ],
    methods: 'Otras formas de entrar',
    setUp: 'Configurar',
    scan: [
      'Escanee este código',
      'Abra su aplicación, escanee la imagen y escriba los seis dígitos.',
      'O escriba esta clave:',
      'Activar',
    ],
    codes: [
      'Sus códigos de recuperación',
      'Guárdelos bien: cada uno abre una vez sin teléfono. Solo se muestran ahora.',
    ],
    newCodes: 'Nuevos códigos',
    copy: 'Copiar',
    download: 'Descargar',
    keptCodes: 'Los he guardado',
    switchOff: 'Desactivar',
    thisDevice: 'Este dispositivo',
    sessionsLead: 'Dónde tiene la sesión abierta. Cierre lo que no conozca y cambie la contraseña.',
    lastUsed: 'Último uso',
    end: 'Cerrar',
    endOthers: 'Cerrar las demás sesiones',
    exportData: ['Llévese sus datos', 'Todo lo que se guarda sobre usted, en un archivo JSON.', 'Descargar mis datos'],
    remove: [
      'Eliminar la cuenta',
      'Se cierran todas las sesiones. Durante 30 días la tienda puede recuperarla; después se borra.',
      'Eliminar cuenta',
    ],
    removeSure: [
      '¿Eliminar su cuenta?',
      'Dejará de poder entrar en todas partes. Tras 30 días no se recupera nada.',
      'Sí, eliminar',
    ],
    proof: ['¿Es usted?', 'Esto pide una prueba reciente. Después sigue solo.', 'Continuar'],
    done: {
      profile: 'Guardado.',
      email: 'Mire el nuevo correo: hay un enlace en camino.',
      password: 'Su contraseña ha cambiado.',
      'switch-off': 'El segundo factor está desactivado.',
      sessions: 'Sesión cerrada.',
      export: 'La descarga ha empezado.',
    },
  },
}
