import type { Strings } from '../i18n.ts'

export interface ChatWords {
  readonly close: string
  readonly menu: string
  readonly back: string
  /** Of the list of messages. */
  readonly log: string
  readonly message: string
  readonly send: string
  readonly you: string
  readonly assistant: string
  /** Of a person of the shop who has no name. */
  readonly person: string
  readonly typing: string
  /** Of a message that waits, fails, or was answered here. */
  readonly queued: string
  readonly sending: string
  readonly failed: string
  readonly again: string
  readonly device: string
  readonly offline: string
  readonly waiting: string
  /** `{name}` of the person. */
  readonly joined: string
  readonly takeBack: string
  readonly startOver: string
  readonly byMail: string
  readonly mailed: string
  readonly file: string
  /** Of the list of other talks; what it says where the server is away. */
  readonly away: string
  readonly stock: string
  readonly order: string
  readonly receipt: string
  /** `{n}` more lines. */
  readonly more: string
  readonly sources: string
  readonly earlier: string
  readonly none: string
  readonly rename: string
  readonly save: string
  readonly cancel: string
  readonly remove: string
  readonly sure: string
  readonly memory: Readonly<Record<'none' | 'session' | 'device' | 'account', string>>
  readonly tooLong: string
  readonly slow: string
  readonly trouble: string
  readonly signIn: string
  readonly signInFirst: string
  readonly proof: string
  readonly proofWrong: string
  readonly password: string
  readonly prove: string
  readonly newMessages: string
}

export const strings: Strings<ChatWords> = {
  en: {
    close: 'Close',
    menu: 'Talks and more',
    back: 'Back',
    log: 'Messages',
    message: 'Write a message',
    send: 'Send',
    you: 'You',
    assistant: 'Assistant',
    person: 'Our team',
    typing: 'is writing …',
    queued: 'Will be sent when you are back online',
    sending: 'Sending …',
    failed: 'Not sent.',
    again: 'Try again',
    device: 'Answered on your device',
    offline: 'You are offline. Write on: what needs our server goes out when you are back.',
    waiting: 'We are getting somebody for you.',
    joined: '{name} is with you.',
    takeBack: 'Back to the assistant',
    startOver: 'Start over',
    byMail: 'Send this talk by e-mail',
    mailed: 'On its way to your address.',
    file: 'Save as a file',
    away: 'Our server is away. What you write waits for it.',
    stock: 'Sold out',
    order: 'Order',
    receipt: 'Receipt',
    more: 'and {n} more',
    sources: 'From',
    earlier: 'Earlier talks',
    none: 'None yet.',
    rename: 'Rename',
    save: 'Save',
    cancel: 'Cancel',
    remove: 'Delete',
    sure: 'Delete this talk for good?',
    memory: {
      none: 'This talk is forgotten when you leave the page.',
      session: 'This talk is kept until you close the tab.',
      device: 'Talks are kept on this device only.',
      account: 'Talks are kept in your account.',
    },
    tooLong: 'That is {n} characters too long. Please say it more briefly.',
    slow: 'That was quick. One moment, then try again.',
    trouble: 'Our server did not answer.',
    signIn: 'Sign in',
    signInFirst: 'For this you need to be signed in.',
    proof: 'Enter your password, or the code of your app, to go on.',
    proofWrong: 'That is not right. Try again.',
    password: 'Password or code',
    prove: 'Confirm',
    newMessages: 'New messages',
  },
  de: {
    close: 'Schließen',
    menu: 'Gespräche und mehr',
    back: 'Zurück',
    log: 'Nachrichten',
    message: 'Nachricht schreiben',
    send: 'Senden',
    you: 'Du',
    assistant: 'Assistent',
    person: 'Unser Team',
    typing: 'schreibt …',
    queued: 'Wird gesendet, sobald du wieder online bist',
    sending: 'Wird gesendet …',
    failed: 'Nicht gesendet.',
    again: 'Nochmal',
    device: 'Auf deinem Gerät beantwortet',
    offline: 'Du bist offline. Schreib weiter: Was unseren Server braucht, geht hinaus, sobald du zurück bist.',
    waiting: 'Wir holen jemanden für dich.',
    joined: '{name} ist bei dir.',
    takeBack: 'Zurück zum Assistenten',
    startOver: 'Neu beginnen',
    byMail: 'Gespräch per E-Mail senden',
    mailed: 'Unterwegs an deine Adresse.',
    file: 'Als Datei speichern',
    away: 'Unser Server ist gerade nicht da. Was du schreibst, wartet auf ihn.',
    stock: 'Ausverkauft',
    order: 'Bestellung',
    receipt: 'Beleg',
    more: 'und {n} weitere',
    sources: 'Aus',
    earlier: 'Frühere Gespräche',
    none: 'Noch keine.',
    rename: 'Umbenennen',
    save: 'Speichern',
    cancel: 'Abbrechen',
    remove: 'Löschen',
    sure: 'Dieses Gespräch endgültig löschen?',
    memory: {
      none: 'Dieses Gespräch ist vergessen, wenn du die Seite verlässt.',
      session: 'Dieses Gespräch bleibt, bis du den Tab schließt.',
      device: 'Gespräche bleiben nur auf diesem Gerät.',
      account: 'Gespräche bleiben in deinem Konto.',
    },
    tooLong: 'Das sind {n} Zeichen zu viel. Bitte fasse dich kürzer.',
    slow: 'Das ging schnell. Einen Moment, dann nochmal.',
    trouble: 'Unser Server hat nicht geantwortet.',
    signIn: 'Anmelden',
    signInFirst: 'Dafür musst du angemeldet sein.',
    proof: 'Gib dein Passwort oder den Code deiner App ein, um weiterzumachen.',
    proofWrong: 'Das stimmt nicht. Versuch es noch einmal.',
    password: 'Passwort oder Code',
    prove: 'Bestätigen',
    newMessages: 'Neue Nachrichten',
  },
  fr: {
    close: 'Fermer',
    menu: 'Conversations et plus',
    back: 'Retour',
    log: 'Messages',
    message: 'Écrire un message',
    send: 'Envoyer',
    you: 'Vous',
    assistant: 'Assistant',
    person: 'Notre équipe',
    typing: 'écrit …',
    queued: 'Sera envoyé à votre retour en ligne',
    sending: 'Envoi …',
    failed: 'Non envoyé.',
    again: 'Réessayer',
    device: 'Répondu sur votre appareil',
    offline: 'Vous êtes hors ligne. Continuez : ce qui demande notre serveur partira à votre retour.',
    waiting: 'Nous cherchons quelqu’un pour vous.',
    joined: '{name} est avec vous.',
    takeBack: 'Revenir à l’assistant',
    startOver: 'Recommencer',
    byMail: 'Envoyer la conversation par e-mail',
    mailed: 'En route vers votre adresse.',
    file: 'Enregistrer dans un fichier',
    away: 'Notre serveur est absent. Ce que vous écrivez l’attend.',
    stock: 'Épuisé',
    order: 'Commande',
    receipt: 'Reçu',
    more: 'et {n} autres',
    sources: 'Source',
    earlier: 'Conversations précédentes',
    none: 'Aucune pour l’instant.',
    rename: 'Renommer',
    save: 'Enregistrer',
    cancel: 'Annuler',
    remove: 'Supprimer',
    sure: 'Supprimer définitivement cette conversation ?',
    memory: {
      none: 'Cette conversation est oubliée quand vous quittez la page.',
      session: 'Cette conversation reste jusqu’à la fermeture de l’onglet.',
      device: 'Les conversations restent sur cet appareil seulement.',
      account: 'Les conversations restent dans votre compte.',
    },
    tooLong: '{n} caractères de trop. Merci de faire plus court.',
    slow: 'C’était rapide. Un instant, puis réessayez.',
    trouble: 'Notre serveur n’a pas répondu.',
    signIn: 'Se connecter',
    signInFirst: 'Pour cela, connectez-vous.',
    proof: 'Saisissez votre mot de passe ou le code de votre application pour continuer.',
    proofWrong: 'Ce n’est pas exact. Réessayez.',
    password: 'Mot de passe ou code',
    prove: 'Confirmer',
    newMessages: 'Nouveaux messages',
  },
  es: {
    close: 'Cerrar',
    menu: 'Conversaciones y más',
    back: 'Volver',
    log: 'Mensajes',
    message: 'Escribe un mensaje',
    send: 'Enviar',
    you: 'Tú',
    assistant: 'Asistente',
    person: 'Nuestro equipo',
    typing: 'escribe …',
    queued: 'Se enviará cuando vuelvas a tener conexión',
    sending: 'Enviando …',
    failed: 'No se envió.',
    again: 'Reintentar',
    device: 'Respondido en tu dispositivo',
    offline: 'Estás sin conexión. Sigue escribiendo: lo que necesita el servidor saldrá cuando vuelvas.',
    waiting: 'Buscamos a alguien para ti.',
    joined: '{name} está contigo.',
    takeBack: 'Volver al asistente',
    startOver: 'Empezar de nuevo',
    byMail: 'Enviar la conversación por correo',
    mailed: 'En camino a tu correo.',
    file: 'Guardar como archivo',
    away: 'El servidor no está disponible. Lo que escribas le espera.',
    stock: 'Agotado',
    order: 'Pedido',
    receipt: 'Recibo',
    more: 'y {n} más',
    sources: 'Fuente',
    earlier: 'Conversaciones anteriores',
    none: 'Aún ninguna.',
    rename: 'Renombrar',
    save: 'Guardar',
    cancel: 'Cancelar',
    remove: 'Eliminar',
    sure: '¿Eliminar esta conversación para siempre?',
    memory: {
      none: 'Esta conversación se olvida al salir de la página.',
      session: 'Esta conversación se guarda hasta cerrar la pestaña.',
      device: 'Las conversaciones se guardan solo en este dispositivo.',
      account: 'Las conversaciones se guardan en tu cuenta.',
    },
    tooLong: 'Sobran {n} caracteres. Dilo más breve, por favor.',
    slow: 'Ha sido muy rápido. Un momento y vuelve a probar.',
    trouble: 'El servidor no respondió.',
    signIn: 'Iniciar sesión',
    signInFirst: 'Para esto debes iniciar sesión.',
    proof: 'Escribe tu contraseña o el código de tu aplicación para seguir.',
    proofWrong: 'No es correcto. Inténtalo de nuevo.',
    password: 'Contraseña o código',
    prove: 'Confirmar',
    newMessages: 'Mensajes nuevos',
  },
}
