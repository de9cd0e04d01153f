import type { Status } from '@tillwright/core/contract'
import type { Strings } from '../../../i18n.ts'

type CheckState = Status['health']['status']
type JobState = Status['recentJobs'][number]['state']
type Counted = keyof Status['counts']

export interface OverviewWords {
  readonly title: string
  readonly checks: Readonly<Record<CheckState, string>>
  readonly states: Readonly<Record<JobState, string>>
  readonly counts: Readonly<Record<Counted, string>>
  readonly health: string
  readonly database: string
  readonly uptime: string
  readonly version: string
  readonly data: string
  readonly jobs: string
  readonly outbox: string
  readonly models: string
  readonly loading: string
  readonly unreachable: string
  /** Before a time of day. */
  readonly since: string
  readonly stale: string
  readonly keepsTrying: string
  readonly signedOut: string
  /** Before the command that gives a fresh link. */
  readonly freshLink: string
  readonly noOrders: string
  readonly noEvents: string
  readonly noJobs: string
  readonly noOutbox: string
  readonly noModels: string
  readonly retry: string
  readonly rejects: string
  /** Before `2 / 5`. */
  readonly attempt: string
  readonly active: string
  readonly baskets: string
  readonly items: string
  readonly scriptTag: string
  /** Before the tag; `pk_…` stands in it. */
  readonly pasteThis: string
  /** Before the command that makes a key. */
  readonly makeKey: string
}

export const strings: Strings<OverviewWords> = {
  en: {
    title: 'Overview',
    checks: { ok: 'Working', degraded: 'Limited', failed: 'Failing' },
    states: { queued: 'Waiting', running: 'Running', done: 'Done', dead: 'Failed' },
    counts: {
      products: 'Products',
      customers: 'Customers',
      orders: 'Orders',
      orderLines: 'Order lines',
      events: 'Events',
    },
    health: 'Health',
    database: 'Database',
    uptime: 'Up for',
    version: 'Version',
    data: 'Data',
    jobs: 'Jobs',
    outbox: 'Outbox',
    models: 'Models',
    loading: 'Asking the server …',
    unreachable: 'The server cannot be reached',
    since: 'since',
    stale: 'What you see is from before.',
    keepsTrying: 'Trying again every two seconds.',
    signedOut: 'Your session has ended.',
    freshLink: 'For a fresh link, run this on the server:',
    noOrders: 'No orders yet. Recommendations learn from them; bring yours in with:',
    noEvents: 'No events yet. They come by themselves once the script tag is in your shop.',
    noJobs: 'No jobs yet. Imports and trainings show up here.',
    noOutbox: 'Nothing yet. Mail and webhooks on their way out show up here.',
    noModels: 'No model yet. Once there are orders, train one with:',
    retry: 'Retry',
    rejects: 'Rejected rows',
    attempt: 'Try',
    active: 'Answers now',
    baskets: 'baskets',
    items: 'products',
    scriptTag: 'Script tag',
    pasteThis: 'Paste this into every page of your shop, with a publishable key in place of pk_…',
    makeKey: 'For a key, run this on the server:',
  },
  de: {
    title: 'Übersicht',
    checks: { ok: 'In Ordnung', degraded: 'Eingeschränkt', failed: 'Gestört' },
    states: { queued: 'Wartet', running: 'Läuft', done: 'Fertig', dead: 'Gescheitert' },
    counts: {
      products: 'Produkte',
      customers: 'Kunden',
      orders: 'Bestellungen',
      orderLines: 'Bestellzeilen',
      events: 'Ereignisse',
    },
    health: 'Zustand',
    database: 'Datenbank',
    uptime: 'Läuft seit',
    version: 'Version',
    data: 'Daten',
    jobs: 'Aufträge',
    outbox: 'Ausgang',
    models: 'Modelle',
    loading: 'Der Server wird gefragt …',
    unreachable: 'Der Server ist nicht erreichbar',
    since: 'seit',
    stale: 'Die Angaben sind von vorher.',
    keepsTrying: 'Alle zwei Sekunden folgt ein neuer Versuch.',
    signedOut: 'Die Sitzung ist abgelaufen.',
    freshLink: 'Einen neuen Link gibt auf dem Server:',
    noOrders: 'Noch keine Bestellungen. Empfehlungen lernen aus ihnen; so kommen Ihre herein:',
    noEvents: 'Noch keine Ereignisse. Sie kommen von selbst, sobald das Script-Tag im Shop steht.',
    noJobs: 'Noch keine Aufträge. Importe und Trainings erscheinen hier.',
    noOutbox: 'Noch nichts. Ausgehende Mails und Webhooks erscheinen hier.',
    noModels: 'Noch kein Modell. Sobald es Bestellungen gibt, trainiert eines:',
    retry: 'Wiederholen',
    rejects: 'Abgelehnte Zeilen',
    attempt: 'Versuch',
    active: 'Antwortet jetzt',
    baskets: 'Warenkörbe',
    items: 'Produkte',
    scriptTag: 'Script-Tag',
    pasteThis: 'Das gehört in jede Seite Ihres Shops, mit einem öffentlichen Schlüssel an Stelle von pk_…',
    makeKey: 'Einen Schlüssel gibt auf dem Server:',
  },
  fr: {
    title: 'Aperçu',
    checks: { ok: 'En ordre', degraded: 'Limité', failed: 'En panne' },
    states: { queued: 'En attente', running: 'En cours', done: 'Terminé', dead: 'Échoué' },
    counts: {
      products: 'Produits',
      customers: 'Clients',
      orders: 'Commandes',
      orderLines: 'Lignes de commande',
      events: 'Événements',
    },
    health: 'Santé',
    database: 'Base de données',
    uptime: 'En marche depuis',
    version: 'Version',
    data: 'Données',
    jobs: 'Tâches',
    outbox: 'Envois',
    models: 'Modèles',
    loading: 'Interrogation du serveur…',
    unreachable: 'Le serveur est inaccessible',
    since: 'depuis',
    stale: 'Ces données sont antérieures.',
    keepsTrying: 'Nouvel essai toutes les deux secondes.',
    signedOut: 'Votre session a pris fin.',
    freshLink: 'Pour un nouveau lien, lancez sur le serveur :',
    noOrders: 'Pas encore de commandes. Les recommandations en apprennent ; importez les vôtres avec :',
    noEvents: 'Pas encore d’événements. Ils arrivent dès que le script est dans votre boutique.',
    noJobs: 'Pas encore de tâches. Imports et entraînements apparaissent ici.',
    noOutbox: 'Rien encore. Les courriels et webhooks sortants apparaissent ici.',
    noModels: 'Pas encore de modèle. Dès qu’il y a des commandes, entraînez-en un avec :',
    retry: 'Réessayer',
    rejects: 'Lignes refusées',
    attempt: 'Essai',
    active: 'Répond maintenant',
    baskets: 'paniers',
    items: 'produits',
    scriptTag: 'Balise script',
    pasteThis: 'Collez ceci dans chaque page de votre boutique, avec une clé publique à la place de pk_…',
    makeKey: 'Pour une clé, lancez sur le serveur :',
  },
  es: {
    title: 'Resumen',
    checks: { ok: 'En orden', degraded: 'Limitado', failed: 'Con fallos' },
    states: { queued: 'En espera', running: 'En curso', done: 'Hecho', dead: 'Fallido' },
    counts: {
      products: 'Productos',
      customers: 'Clientes',
      orders: 'Pedidos',
      orderLines: 'Líneas de pedido',
      events: 'Eventos',
    },
    health: 'Estado',
    database: 'Base de datos',
    uptime: 'En marcha desde hace',
    version: 'Versión',
    data: 'Datos',
    jobs: 'Tareas',
    outbox: 'Envíos',
    models: 'Modelos',
    loading: 'Consultando el servidor…',
    unreachable: 'No se puede acceder al servidor',
    since: 'desde las',
    stale: 'Los datos son de antes.',
    keepsTrying: 'Se reintenta cada dos segundos.',
    signedOut: 'Su sesión ha terminado.',
    freshLink: 'Para obtener un enlace nuevo, ejecute en el servidor:',
    noOrders: 'Aún no hay pedidos. Las recomendaciones aprenden de ellos; importe los suyos con:',
    noEvents: 'Aún no hay eventos. Llegan solos en cuanto el script está en su tienda.',
    noJobs: 'Aún no hay tareas. Las importaciones y los entrenamientos aparecen aquí.',
    noOutbox: 'Nada todavía. El correo y los webhooks salientes aparecen aquí.',
    noModels: 'Aún no hay modelo. En cuanto haya pedidos, entrene uno con:',
    retry: 'Reintentar',
    rejects: 'Filas rechazadas',
    attempt: 'Intento',
    active: 'Responde ahora',
    baskets: 'cestas',
    items: 'productos',
    scriptTag: 'Etiqueta script',
    pasteThis: 'Pegue esto en cada página de su tienda, con una clave pública en lugar de pk_…',
    makeKey: 'Para una clave, ejecute en el servidor:',
  },
}
