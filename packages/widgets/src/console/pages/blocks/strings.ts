import type { Strings } from '../../../i18n.ts'

export interface BlocksWords {
  readonly title: string
  readonly lead: string
  readonly loading: string
  readonly empty: string
  readonly everything: string
  readonly signIn: string
  readonly until: string
  readonly lift: string
  readonly liftNamed: string
  readonly add: string
  readonly address: string
  readonly addressHint: string
  readonly length: string
  readonly reason: string
  readonly block: string
  readonly needsPerson: string
}

export const strings: Strings<BlocksWords> = {
  en: {
    title: 'Blocks',
    lead: 'Addresses that the shop refuses. Who tries to sign in again and again is blocked for a quarter of an hour by itself.',
    loading: 'Asking the server …',
    empty: 'No address is blocked.',
    everything: 'everything',
    signIn: 'sign-in',
    until: 'until {x}',
    lift: 'Lift',
    liftNamed: 'Lift the block of {x}',
    add: 'Block an address',
    address: 'Address',
    addressHint: 'IPv4 or IPv6, such as 203.0.113.7.',
    length: 'For',
    reason: 'Reason',
    block: 'Block',
    needsPerson: 'Blocks are made and lifted by people who are signed in, so that the log can say who it was.',
  },
  de: {
    title: 'Sperren',
    lead: 'Adressen, die der Shop abweist. Wer sich wieder und wieder anzumelden versucht, wird von selbst eine Viertelstunde gesperrt.',
    loading: 'Der Server wird gefragt …',
    empty: 'Keine Adresse ist gesperrt.',
    everything: 'alles',
    signIn: 'Anmeldung',
    until: 'bis {x}',
    lift: 'Aufheben',
    liftNamed: 'Aufheben: Sperre von {x}',
    add: 'Eine Adresse sperren',
    address: 'Adresse',
    addressHint: 'IPv4 oder IPv6, etwa 203.0.113.7.',
    length: 'Für',
    reason: 'Grund',
    block: 'Sperren',
    needsPerson: 'Sperren setzen und aufheben können angemeldete Personen, damit das Protokoll weiß, wer es war.',
  },
  fr: {
    title: 'Blocages',
    lead: 'Les adresses que la boutique refuse. Qui tente sans cesse de se connecter est bloqué de lui-même un quart d’heure.',
    loading: 'Interrogation du serveur…',
    empty: 'Aucune adresse n’est bloquée.',
    everything: 'tout',
    signIn: 'connexion',
    until: 'jusqu’au {x}',
    lift: 'Lever',
    liftNamed: 'Lever le blocage de {x}',
    add: 'Bloquer une adresse',
    address: 'Adresse',
    addressHint: 'IPv4 ou IPv6, par exemple 203.0.113.7.',
    length: 'Pendant',
    reason: 'Raison',
    block: 'Bloquer',
    needsPerson: 'Il faut être connecté pour bloquer et débloquer, afin que le journal dise qui c’était.',
  },
  es: {
    title: 'Bloqueos',
    lead: 'Direcciones que la tienda rechaza. Quien intenta entrar una y otra vez queda bloqueado solo un cuarto de hora.',
    loading: 'Consultando el servidor…',
    empty: 'No hay direcciones bloqueadas.',
    everything: 'todo',
    signIn: 'inicio de sesión',
    until: 'hasta {x}',
    lift: 'Levantar',
    liftNamed: 'Levantar el bloqueo de {x}',
    add: 'Bloquear una dirección',
    address: 'Dirección',
    addressHint: 'IPv4 o IPv6, como 203.0.113.7.',
    length: 'Durante',
    reason: 'Motivo',
    block: 'Bloquear',
    needsPerson:
      'Bloquear y levantar bloqueos es cosa de personas con sesión iniciada, para que el registro diga quién fue.',
  },
}
