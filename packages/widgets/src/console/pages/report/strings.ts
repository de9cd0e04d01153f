import type { RecommendationKind } from '@tillwright/core/contract'
import type { Strings } from '../../../i18n.ts'

export interface ReportWords {
  readonly title: string
  readonly lead: string
  readonly loading: string
  readonly period: string
  readonly days: string
  readonly window: string
  readonly windowHint: string
  readonly emptyTitle: string
  readonly empty: string
  readonly toScript: string
  readonly funnel: string
  readonly shown: string
  readonly clicked: string
  readonly orders: string
  readonly revenue: string
  readonly ofShown: string
  readonly ofClicked: string
  readonly strict: string
  readonly strictHint: string
  readonly lastClick: string
  readonly lastClickHint: string
  readonly holdout: string
  readonly holdoutOff: string
  readonly toSettings: string
  readonly waiting: string
  readonly earns: string
  readonly harms: string
  readonly uncertain: string
  readonly between: string
  readonly moreVisitors: string
  readonly manyVisitors: string
  readonly groupShown: string
  readonly groupHeldOut: string
  readonly visitors: string
  readonly perVisitor: string
  readonly byKind: string
  readonly byPlacement: string
  readonly byModel: string
  readonly name: string
  readonly noPlacement: string
  readonly noModel: string
  readonly kinds: Readonly<Record<RecommendationKind, string>>
}

export const strings: Strings<ReportWords> = {
  en: {
    title: 'Report',
    lead: 'From what was shown to what was ordered, counted in three ways: strictly, by the last click, and against visitors who were held out.',
    loading: 'Asking the server …',
    period: 'Period',
    days: '{n} days',
    window: 'Order within',
    windowHint: 'Days between a click and the order that still counts.',
    emptyTitle: 'Nothing was shown in this period',
    empty:
      'Once <tw-recommendations> stands in a page of your shop, each list that comes into view is counted here. The script tag for your pages is in the overview.',
    toScript: 'Get the script tag',
    funnel: 'Shown, clicked, ordered',
    shown: 'Shown',
    clicked: 'Clicked',
    orders: 'Orders',
    revenue: 'Revenue',
    ofShown: '{x} of what was shown',
    ofClicked: '{x} of the clicks',
    strict: 'Strict',
    strictHint: 'Orders with the very product that was clicked in a list, and what these products cost.',
    lastClick: 'Last click',
    lastClickHint: 'Orders of whoever clicked in a list last before ordering, and all that they paid.',
    holdout: 'Against visitors held out',
    holdoutOff: 'Nobody is held out, so nobody can say what would have been ordered without recommendations.',
    toSettings: 'Hold visitors out',
    waiting: 'Too few visitors yet: {n} so far. Some of them must have ordered in both groups.',
    earns: 'Certain: recommendations bring {x} orders per visitor.',
    harms: 'Certain: with recommendations there are {x} orders per visitor. Look at your rules, or at the model.',
    uncertain: 'Not yet certain: so far {x} orders per visitor.',
    between: 'In truth it lies between {low} and {high}, 95 times in 100.',
    moreVisitors: 'About {n} more visitors are needed, if it goes on like this.',
    manyVisitors: 'The difference is so small that waiting will hardly settle it.',
    groupShown: 'With recommendations',
    groupHeldOut: 'Held out',
    visitors: 'Visitors',
    perVisitor: 'Orders per 100 visitors',
    byKind: 'By kind',
    byPlacement: 'By place',
    byModel: 'By model',
    name: 'Name',
    noPlacement: 'No place named',
    noModel: 'Without a model',
    kinds: {
      popular: 'Popular',
      trending: 'Trending',
      next: 'Next in the basket',
      'bought-together': 'Bought together',
      complements: 'Goes with the cart',
      similar: 'Similar',
      'for-user': 'For this shopper',
      'buy-again': 'Buy again',
      'recently-viewed': 'Recently viewed',
    },
  },
  de: {
    title: 'Bericht',
    lead: 'Vom Gezeigten zum Bestellten, auf drei Arten gezählt: streng, nach dem letzten Klick, und gegen eine Vergleichsgruppe.',
    loading: 'Der Server wird gefragt …',
    period: 'Zeitraum',
    days: '{n} Tage',
    window: 'Bestellung binnen',
    windowHint: 'Tage zwischen einem Klick und der Bestellung, für die er noch zählt.',
    emptyTitle: 'In diesem Zeitraum wurde nichts gezeigt',
    empty:
      'Sobald <tw-recommendations> in einer Seite Ihres Shops steht, zählt hier jede Liste, die ins Blickfeld kommt. Das Script-Tag dafür steht in der Übersicht.',
    toScript: 'Zum Script-Tag',
    funnel: 'Gezeigt, geklickt, bestellt',
    shown: 'Gezeigt',
    clicked: 'Geklickt',
    orders: 'Bestellungen',
    revenue: 'Umsatz',
    ofShown: '{x} des Gezeigten',
    ofClicked: '{x} der Klicks',
    strict: 'Streng',
    strictHint:
      'Bestellungen mit genau dem Produkt, das in einer Liste geklickt wurde, und was diese Produkte kosteten.',
    lastClick: 'Letzter Klick',
    lastClickHint: 'Bestellungen derer, deren letzter Klick davor in einer Liste war, und alles, was sie bezahlten.',
    holdout: 'Gegen die Vergleichsgruppe',
    holdoutOff: 'Es gibt keine Vergleichsgruppe; so weiß niemand, was ohne Empfehlungen bestellt worden wäre.',
    toSettings: 'Vergleichsgruppe einrichten',
    waiting: 'Noch zu wenige Besucher: bisher {n}. In beiden Gruppen müssen einige bestellt haben.',
    earns: 'Sicher: Empfehlungen bringen {x} Bestellungen je Besucher.',
    harms: 'Sicher: Mit Empfehlungen sind es {x} Bestellungen je Besucher. Sehen Sie nach den Regeln oder dem Modell.',
    uncertain: 'Noch nicht sicher: bisher {x} Bestellungen je Besucher.',
    between: 'In Wahrheit liegt es zwischen {low} und {high}, in 95 von 100 Fällen.',
    moreVisitors: 'Es braucht noch etwa {n} Besucher, wenn es so weitergeht.',
    manyVisitors: 'Der Unterschied ist so klein, dass Warten ihn kaum klären wird.',
    groupShown: 'Mit Empfehlungen',
    groupHeldOut: 'Vergleichsgruppe',
    visitors: 'Besucher',
    perVisitor: 'Bestellungen je 100 Besucher',
    byKind: 'Nach Art',
    byPlacement: 'Nach Ort',
    byModel: 'Nach Modell',
    name: 'Name',
    noPlacement: 'Ohne Ort',
    noModel: 'Ohne Modell',
    kinds: {
      popular: 'Beliebt',
      trending: 'Im Trend',
      next: 'Als Nächstes im Korb',
      'bought-together': 'Zusammen gekauft',
      complements: 'Passt zum Warenkorb',
      similar: 'Ähnlich',
      'for-user': 'Für diese Person',
      'buy-again': 'Wieder kaufen',
      'recently-viewed': 'Zuletzt angesehen',
    },
  },
  fr: {
    title: 'Rapport',
    lead: 'De ce qui est montré à ce qui est commandé, compté de trois façons : strictement, au dernier clic, et face à des visiteurs témoins.',
    loading: 'Interrogation du serveur…',
    period: 'Période',
    days: '{n} jours',
    window: 'Commande sous',
    windowHint: 'Jours entre un clic et la commande qui compte encore.',
    emptyTitle: 'Rien n’a été montré pendant cette période',
    empty:
      'Dès que <tw-recommendations> est dans une page de votre boutique, chaque liste vue compte ici. La balise script pour vos pages est dans l’aperçu.',
    toScript: 'Voir la balise script',
    funnel: 'Montré, cliqué, commandé',
    shown: 'Montré',
    clicked: 'Cliqué',
    orders: 'Commandes',
    revenue: 'Chiffre d’affaires',
    ofShown: '{x} de ce qui est montré',
    ofClicked: '{x} des clics',
    strict: 'Strict',
    strictHint: 'Commandes avec le produit même cliqué dans une liste, et le prix de ces produits.',
    lastClick: 'Dernier clic',
    lastClickHint: 'Commandes de qui a cliqué en dernier dans une liste, et tout ce qu’ils ont payé.',
    holdout: 'Face aux visiteurs témoins',
    holdoutOff: 'Il n’y a pas de témoins : personne ne peut dire ce qui aurait été commandé sans recommandations.',
    toSettings: 'Choisir des témoins',
    waiting: 'Encore trop peu de visiteurs : {n} à ce jour. Il faut des commandes dans les deux groupes.',
    earns: 'Certain : les recommandations apportent {x} de commandes par visiteur.',
    harms: 'Certain : avec les recommandations, {x} de commandes par visiteur. Voyez vos règles, ou le modèle.',
    uncertain: 'Pas encore certain : pour l’instant {x} de commandes par visiteur.',
    between: 'En vérité, c’est entre {low} et {high}, 95 fois sur 100.',
    moreVisitors: 'Il faut encore environ {n} visiteurs, si cela continue ainsi.',
    manyVisitors: 'L’écart est si petit qu’attendre ne le tranchera guère.',
    groupShown: 'Avec recommandations',
    groupHeldOut: 'Témoins',
    visitors: 'Visiteurs',
    perVisitor: 'Commandes pour 100 visiteurs',
    byKind: 'Par sorte',
    byPlacement: 'Par emplacement',
    byModel: 'Par modèle',
    name: 'Nom',
    noPlacement: 'Sans emplacement',
    noModel: 'Sans modèle',
    kinds: {
      popular: 'Populaires',
      trending: 'Tendance',
      next: 'Ensuite dans le panier',
      'bought-together': 'Achetés ensemble',
      complements: 'Complète le panier',
      similar: 'Similaires',
      'for-user': 'Pour ce client',
      'buy-again': 'À racheter',
      'recently-viewed': 'Vus récemment',
    },
  },
  es: {
    title: 'Informe',
    lead: 'De lo mostrado a lo pedido, contado de tres formas: estricta, por el último clic, y frente a visitantes de control.',
    loading: 'Consultando el servidor…',
    period: 'Periodo',
    days: '{n} días',
    window: 'Pedido en',
    windowHint: 'Días entre un clic y el pedido que aún cuenta.',
    emptyTitle: 'No se mostró nada en este periodo',
    empty:
      'En cuanto <tw-recommendations> esté en una página de su tienda, aquí cuenta cada lista que se vea. La etiqueta script para sus páginas está en el resumen.',
    toScript: 'Ver la etiqueta script',
    funnel: 'Mostrado, pulsado, pedido',
    shown: 'Mostrado',
    clicked: 'Pulsado',
    orders: 'Pedidos',
    revenue: 'Ingresos',
    ofShown: '{x} de lo mostrado',
    ofClicked: '{x} de los clics',
    strict: 'Estricto',
    strictHint: 'Pedidos con el mismo producto que se pulsó en una lista, y lo que costaron esos productos.',
    lastClick: 'Último clic',
    lastClickHint: 'Pedidos de quien pulsó por último en una lista, y todo lo que pagaron.',
    holdout: 'Frente a visitantes de control',
    holdoutOff: 'No hay grupo de control: nadie puede decir qué se habría pedido sin recomendaciones.',
    toSettings: 'Crear un grupo de control',
    waiting: 'Aún muy pocos visitantes: {n} hasta ahora. Debe haber pedidos en ambos grupos.',
    earns: 'Seguro: las recomendaciones traen {x} de pedidos por visitante.',
    harms: 'Seguro: con recomendaciones hay {x} de pedidos por visitante. Mire sus reglas, o el modelo.',
    uncertain: 'Aún no es seguro: por ahora {x} de pedidos por visitante.',
    between: 'En verdad está entre {low} y {high}, 95 veces de cada 100.',
    moreVisitors: 'Hacen falta unos {n} visitantes más, si sigue así.',
    manyVisitors: 'La diferencia es tan pequeña que esperar apenas la resolverá.',
    groupShown: 'Con recomendaciones',
    groupHeldOut: 'De control',
    visitors: 'Visitantes',
    perVisitor: 'Pedidos por 100 visitantes',
    byKind: 'Por tipo',
    byPlacement: 'Por lugar',
    byModel: 'Por modelo',
    name: 'Nombre',
    noPlacement: 'Sin lugar',
    noModel: 'Sin modelo',
    kinds: {
      popular: 'Populares',
      trending: 'Tendencia',
      next: 'Lo siguiente en la cesta',
      'bought-together': 'Comprados juntos',
      complements: 'Completa el carrito',
      similar: 'Similares',
      'for-user': 'Para este cliente',
      'buy-again': 'Comprar otra vez',
      'recently-viewed': 'Vistos hace poco',
    },
  },
}
