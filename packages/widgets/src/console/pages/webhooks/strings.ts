import type { WebhookDelivery } from '@tillwright/core/contract'
import type { Strings } from '../../../i18n.ts'

export interface WebhooksWords {
  readonly title: string
  readonly lead: string
  readonly loading: string
  readonly empty: string
  readonly on: string
  readonly off: string
  readonly failing: string
  readonly failingSince: string
  readonly switchNamed: string
  readonly deliveries: string
  readonly deliveriesNamed: string
  readonly test: string
  readonly testNamed: string
  readonly rotate: string
  readonly rotateNamed: string
  readonly remove: string
  readonly removeNamed: string
  readonly secret: string
  readonly back: string
  readonly noDeliveries: string
  readonly states: Readonly<Record<WebhookDelivery['state'], string>>
  readonly tries: string
  readonly answered: string
  readonly replay: string
  readonly replayNamed: string
  readonly body: string
  readonly add: string
  readonly url: string
  readonly urlHint: string
  readonly description: string
  readonly save: string
  readonly needsPerson: string
}

export const strings: Strings<WebhooksWords> = {
  en: {
    title: 'Webhooks',
    lead: 'Addresses of your own systems that are told of what happens here. Each message is signed.',
    loading: 'Asking the server …',
    empty: 'No endpoint yet. Add one, and test it: the message shows up here with what your system answered.',
    on: 'On',
    off: 'Off',
    failing: 'Switched off: nothing arrived for five days',
    failingSince: 'nothing arrives since {x}',
    switchNamed: 'Messages to {x}',
    deliveries: 'Deliveries',
    deliveriesNamed: 'Deliveries to {x}',
    test: 'Test',
    testNamed: 'Test {x}',
    rotate: 'New secret',
    rotateNamed: 'New secret for {x}',
    remove: 'Delete',
    removeNamed: 'Delete {x}',
    secret: 'The secret that signs messages. It is shown this once: copy it now.',
    back: 'All endpoints',
    noDeliveries: 'Nothing was sent there yet.',
    states: { queued: 'Waiting', delivered: 'Delivered', failed: 'Failed' },
    tries: '{n} tries',
    answered: 'answered {x}',
    replay: 'Send again',
    replayNamed: 'Send again: {x}',
    body: 'What was sent',
    add: 'Add an endpoint',
    url: 'Address',
    urlHint: 'https://… It hears of everything; choose kinds with the API.',
    description: 'What it is for',
    save: 'Add',
    needsPerson: 'Endpoints are changed by people who are signed in, so that the log can say who it was.',
  },
  de: {
    title: 'Webhooks',
    lead: 'Adressen Ihrer eigenen Systeme, die erfahren, was hier geschieht. Jede Nachricht ist signiert.',
    loading: 'Der Server wird gefragt …',
    empty:
      'Noch kein Endpunkt. Fügen Sie einen hinzu und testen Sie ihn: Die Nachricht erscheint hier mit der Antwort Ihres Systems.',
    on: 'An',
    off: 'Aus',
    failing: 'Abgeschaltet: Fünf Tage kam nichts an',
    failingSince: 'seit {x} kommt nichts an',
    switchNamed: 'Nachrichten an {x}',
    deliveries: 'Zustellungen',
    deliveriesNamed: 'Zustellungen an {x}',
    test: 'Testen',
    testNamed: 'Testen: {x}',
    rotate: 'Neues Geheimnis',
    rotateNamed: 'Neues Geheimnis für {x}',
    remove: 'Löschen',
    removeNamed: 'Löschen: {x}',
    secret: 'Das Geheimnis, das Nachrichten signiert. Es wird nur dieses eine Mal gezeigt: Kopieren Sie es jetzt.',
    back: 'Alle Endpunkte',
    noDeliveries: 'Dorthin wurde noch nichts gesendet.',
    states: { queued: 'Wartet', delivered: 'Zugestellt', failed: 'Gescheitert' },
    tries: '{n} Versuche',
    answered: 'Antwort {x}',
    replay: 'Noch einmal senden',
    replayNamed: 'Noch einmal senden: {x}',
    body: 'Was gesendet wurde',
    add: 'Einen Endpunkt hinzufügen',
    url: 'Adresse',
    urlHint: 'https://… Er erfährt alles; Arten wählt man mit der API.',
    description: 'Wozu er da ist',
    save: 'Hinzufügen',
    needsPerson: 'Endpunkte ändern können angemeldete Personen, damit das Protokoll weiß, wer es war.',
  },
  fr: {
    title: 'Webhooks',
    lead: 'Les adresses de vos systèmes à qui l’on dit ce qui se passe ici. Chaque message est signé.',
    loading: 'Interrogation du serveur…',
    empty:
      'Pas encore de destination. Ajoutez-en une et testez-la : le message paraît ici avec la réponse de votre système.',
    on: 'Active',
    off: 'Inactive',
    failing: 'Arrêtée : rien n’est arrivé pendant cinq jours',
    failingSince: 'rien n’arrive depuis {x}',
    switchNamed: 'Messages à {x}',
    deliveries: 'Envois',
    deliveriesNamed: 'Envois à {x}',
    test: 'Tester',
    testNamed: 'Tester {x}',
    rotate: 'Nouveau secret',
    rotateNamed: 'Nouveau secret pour {x}',
    remove: 'Supprimer',
    removeNamed: 'Supprimer {x}',
    secret: 'Le secret qui signe les messages. Il n’est montré que cette fois : copiez-le maintenant.',
    back: 'Toutes les destinations',
    noDeliveries: 'Rien n’y a encore été envoyé.',
    states: { queued: 'En attente', delivered: 'Livré', failed: 'Échoué' },
    tries: '{n} essais',
    answered: 'réponse {x}',
    replay: 'Renvoyer',
    replayNamed: 'Renvoyer : {x}',
    body: 'Ce qui a été envoyé',
    add: 'Ajouter une destination',
    url: 'Adresse',
    urlHint: 'https://… Elle apprend tout ; les sortes se choisissent par l’API.',
    description: 'À quoi elle sert',
    save: 'Ajouter',
    needsPerson: 'Il faut être connecté pour changer les destinations, afin que le journal dise qui c’était.',
  },
  es: {
    title: 'Webhooks',
    lead: 'Direcciones de sus sistemas a las que se cuenta lo que pasa aquí. Cada mensaje va firmado.',
    loading: 'Consultando el servidor…',
    empty: 'Aún no hay destinos. Añada uno y pruébelo: el mensaje aparece aquí con lo que respondió su sistema.',
    on: 'Activo',
    off: 'Inactivo',
    failing: 'Apagado: no llegó nada en cinco días',
    failingSince: 'no llega nada desde {x}',
    switchNamed: 'Mensajes a {x}',
    deliveries: 'Entregas',
    deliveriesNamed: 'Entregas a {x}',
    test: 'Probar',
    testNamed: 'Probar {x}',
    rotate: 'Secreto nuevo',
    rotateNamed: 'Secreto nuevo para {x}',
    remove: 'Eliminar',
    removeNamed: 'Eliminar {x}',
    secret: 'El secreto que firma los mensajes. Se muestra solo esta vez: cópielo ahora.',
    back: 'Todos los destinos',
    noDeliveries: 'Aún no se ha enviado nada allí.',
    states: { queued: 'En espera', delivered: 'Entregado', failed: 'Fallido' },
    tries: '{n} intentos',
    answered: 'respuesta {x}',
    replay: 'Enviar otra vez',
    replayNamed: 'Enviar otra vez: {x}',
    body: 'Lo que se envió',
    add: 'Añadir un destino',
    url: 'Dirección',
    urlHint: 'https://… Se entera de todo; los tipos se eligen con la API.',
    description: 'Para qué es',
    save: 'Añadir',
    needsPerson: 'Cambiar destinos es cosa de personas con sesión iniciada, para que el registro diga quién fue.',
  },
}
