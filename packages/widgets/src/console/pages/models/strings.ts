import type { ModelComparison } from '@tillwright/core/contract'
import type { Strings } from '../../../i18n.ts'

export interface ModelsWords {
  readonly title: string
  readonly lead: string
  readonly loading: string
  readonly train: string
  readonly training: string
  readonly trained: string
  readonly trainFailed: string
  readonly rollback: string
  readonly held: string
  readonly follows: string
  readonly follow: string
  readonly emptyTitle: string
  readonly empty: string
  readonly versions: string
  readonly active: string
  readonly activate: string
  readonly activateNamed: string
  readonly compare: string
  readonly compareNamed: string
  readonly share: string
  readonly learnt: string
  readonly metrics: Readonly<Record<string, string>>
  readonly noMetrics: string
  readonly metricsHint: string
  readonly comparison: string
  readonly since: string
  readonly verdicts: Readonly<Record<ModelComparison['verdict'], string>>
  readonly between: string
  readonly champion: string
  readonly challenger: string
  readonly model: string
  readonly shown: string
  readonly clicked: string
  readonly orders: string
  readonly endWith: string
  readonly batches: string
  readonly batchesHint: string
  readonly batchCounts: string
  readonly noFailed: string
  readonly retry: string
  readonly retryNamed: string
}

export const strings: Strings<ModelsWords> = {
  en: {
    title: 'Models',
    lead: 'Each training makes a version. One of them answers; you may go back to an older one, or let two answer side by side.',
    loading: 'Asking the server …',
    train: 'Train now',
    training: 'Training … This can take some minutes; the shop goes on meanwhile.',
    trained: 'The training is done.',
    trainFailed: 'The training failed: {x}',
    rollback: 'Back to the one before',
    held: '{x} answers and is held: newer trainings do not take over.',
    follows: '{x} answers. Newer trainings take over by themselves.',
    follow: 'Let newer ones take over',
    emptyTitle: 'No model yet',
    empty:
      'A model learns from orders. Import yours, or wait for the first ones, then train. Until then lists show what is known without one.',
    versions: 'Versions',
    active: 'Answers now',
    activate: 'Let it answer',
    activateNamed: 'Let it answer: {x}',
    compare: 'Compare',
    compareNamed: 'Compare {x} with the one that answers',
    share: 'Visitors for the challenger',
    learnt: '{baskets} orders · {items} products',
    metrics: {
      'next.hr10': 'Next in the basket',
      'bought-together.hr10': 'Bought together',
      coverage10: 'Catalogue shown',
      cases: 'Cases',
    },
    noMetrics: 'Not measured',
    metricsHint:
      'Measured on the last stretch of your own orders, which the training did not see: how often the product that was bought next is among ten that the model proposes, and how much of the catalogue its lists show.',
    comparison: 'Comparison',
    since: 'Since {date}. {share} of visitors see the challenger.',
    verdicts: {
      better: 'Certain: the challenger is clicked more often.',
      worse: 'Certain: the challenger is clicked less often.',
      undecided: 'Not yet certain which is better. Let it run on.',
    },
    between: 'The challenger’s click rate differs by {x} points; in truth by {low} to {high}, 95 times in 100.',
    champion: 'Champion',
    challenger: 'Challenger',
    model: 'Model',
    shown: 'Shown',
    clicked: 'Clicked',
    orders: 'Orders',
    endWith: 'End, and let {x} answer',
    batches: 'Batches',
    batchesHint: 'Many questions at once, for mailings and caches.',
    batchCounts: '{done} done · {open} under way · {dead} failed · {answers} answers',
    noFailed: 'No batch has failed.',
    retry: 'Retry',
    retryNamed: 'Retry the batch of {x}',
  },
  de: {
    title: 'Modelle',
    lead: 'Jedes Training ergibt eine Version. Eine davon antwortet; Sie können zu einer älteren zurück oder zwei nebeneinander antworten lassen.',
    loading: 'Der Server wird gefragt …',
    train: 'Jetzt trainieren',
    training: 'Training läuft … Das kann einige Minuten dauern; der Shop geht weiter.',
    trained: 'Das Training ist fertig.',
    trainFailed: 'Das Training ist gescheitert: {x}',
    rollback: 'Zurück zum vorigen',
    held: '{x} antwortet und wird gehalten: Neuere Trainings lösen es nicht ab.',
    follows: '{x} antwortet. Neuere Trainings lösen es von selbst ab.',
    follow: 'Neuere ablösen lassen',
    emptyTitle: 'Noch kein Modell',
    empty:
      'Ein Modell lernt aus Bestellungen. Importieren Sie Ihre oder warten Sie auf die ersten, dann trainieren Sie. Bis dahin zeigen Listen, was ohne Modell bekannt ist.',
    versions: 'Versionen',
    active: 'Antwortet jetzt',
    activate: 'Antworten lassen',
    activateNamed: 'Antworten lassen: {x}',
    compare: 'Vergleichen',
    compareNamed: 'Vergleichen: {x} mit dem jetzigen',
    share: 'Besucher für den Herausforderer',
    learnt: '{baskets} Bestellungen · {items} Produkte',
    metrics: {
      'next.hr10': 'Als Nächstes im Korb',
      'bought-together.hr10': 'Zusammen gekauft',
      coverage10: 'Gezeigter Katalog',
      cases: 'Fälle',
    },
    noMetrics: 'Nicht gemessen',
    metricsHint:
      'Gemessen am letzten Abschnitt Ihrer eigenen Bestellungen, den das Training nicht sah: wie oft das als Nächstes gekaufte Produkt unter zehn Vorschlägen ist, und wie viel des Katalogs die Listen zeigen.',
    comparison: 'Vergleich',
    since: 'Seit {date}. {share} der Besucher sehen den Herausforderer.',
    verdicts: {
      better: 'Sicher: Der Herausforderer wird öfter geklickt.',
      worse: 'Sicher: Der Herausforderer wird seltener geklickt.',
      undecided: 'Noch nicht sicher, welches besser ist. Lassen Sie es weiterlaufen.',
    },
    between:
      'Die Klickrate des Herausforderers weicht um {x} Punkte ab; in Wahrheit um {low} bis {high}, in 95 von 100 Fällen.',
    champion: 'Titelhalter',
    challenger: 'Herausforderer',
    model: 'Modell',
    shown: 'Gezeigt',
    clicked: 'Geklickt',
    orders: 'Bestellungen',
    endWith: 'Beenden, und {x} antwortet',
    batches: 'Stapel',
    batchesHint: 'Viele Fragen auf einmal, für Mailings und Zwischenspeicher.',
    batchCounts: '{done} fertig · {open} unterwegs · {dead} gescheitert · {answers} Antworten',
    noFailed: 'Kein Stapel ist gescheitert.',
    retry: 'Wiederholen',
    retryNamed: 'Wiederholen: Stapel von {x}',
  },
  fr: {
    title: 'Modèles',
    lead: 'Chaque entraînement fait une version. L’une répond ; vous pouvez revenir à une plus ancienne, ou en faire répondre deux côte à côte.',
    loading: 'Interrogation du serveur…',
    train: 'Entraîner maintenant',
    training: 'Entraînement… Cela peut prendre quelques minutes ; la boutique continue.',
    trained: 'L’entraînement est terminé.',
    trainFailed: 'L’entraînement a échoué : {x}',
    rollback: 'Revenir au précédent',
    held: '{x} répond et est gardé : les entraînements plus récents ne le remplacent pas.',
    follows: '{x} répond. Les entraînements plus récents le remplacent d’eux-mêmes.',
    follow: 'Laisser les plus récents prendre le relais',
    emptyTitle: 'Pas encore de modèle',
    empty:
      'Un modèle apprend des commandes. Importez les vôtres, ou attendez les premières, puis entraînez. D’ici là, les listes montrent ce qui est connu sans modèle.',
    versions: 'Versions',
    active: 'Répond maintenant',
    activate: 'Le faire répondre',
    activateNamed: 'Le faire répondre : {x}',
    compare: 'Comparer',
    compareNamed: 'Comparer {x} à celui qui répond',
    share: 'Visiteurs pour le prétendant',
    learnt: '{baskets} commandes · {items} produits',
    metrics: {
      'next.hr10': 'Ensuite dans le panier',
      'bought-together.hr10': 'Achetés ensemble',
      coverage10: 'Catalogue montré',
      cases: 'Cas',
    },
    noMetrics: 'Pas de mesure',
    metricsHint:
      'Mesuré sur la dernière partie de vos commandes, que l’entraînement n’a pas vue : combien de fois le produit acheté ensuite est parmi dix propositions, et quelle part du catalogue les listes montrent.',
    comparison: 'Comparaison',
    since: 'Depuis le {date}. {share} des visiteurs voient le prétendant.',
    verdicts: {
      better: 'Certain : le prétendant est plus souvent cliqué.',
      worse: 'Certain : le prétendant est moins souvent cliqué.',
      undecided: 'Pas encore certain lequel est meilleur. Laissez continuer.',
    },
    between: 'Le taux de clic du prétendant diffère de {x} points ; en vérité de {low} à {high}, 95 fois sur 100.',
    champion: 'Tenant',
    challenger: 'Prétendant',
    model: 'Modèle',
    shown: 'Montré',
    clicked: 'Cliqué',
    orders: 'Commandes',
    endWith: 'Finir, et {x} répond',
    batches: 'Lots',
    batchesHint: 'Beaucoup de questions à la fois, pour les envois et les caches.',
    batchCounts: '{done} terminés · {open} en cours · {dead} échoués · {answers} réponses',
    noFailed: 'Aucun lot n’a échoué.',
    retry: 'Réessayer',
    retryNamed: 'Réessayer le lot du {x}',
  },
  es: {
    title: 'Modelos',
    lead: 'Cada entrenamiento hace una versión. Una responde; puede volver a una anterior, o hacer que respondan dos a la vez.',
    loading: 'Consultando el servidor…',
    train: 'Entrenar ahora',
    training: 'Entrenando… Puede tardar unos minutos; la tienda sigue mientras tanto.',
    trained: 'El entrenamiento ha terminado.',
    trainFailed: 'El entrenamiento ha fallado: {x}',
    rollback: 'Volver al anterior',
    held: '{x} responde y se mantiene: los entrenamientos nuevos no lo sustituyen.',
    follows: '{x} responde. Los entrenamientos nuevos lo sustituyen solos.',
    follow: 'Dejar que los nuevos lo sustituyan',
    emptyTitle: 'Aún no hay modelo',
    empty:
      'Un modelo aprende de los pedidos. Importe los suyos, o espere los primeros, y entrene. Hasta entonces las listas muestran lo que se sabe sin modelo.',
    versions: 'Versiones',
    active: 'Responde ahora',
    activate: 'Que responda',
    activateNamed: 'Que responda: {x}',
    compare: 'Comparar',
    compareNamed: 'Comparar {x} con el que responde',
    share: 'Visitantes para el aspirante',
    learnt: '{baskets} pedidos · {items} productos',
    metrics: {
      'next.hr10': 'Lo siguiente en la cesta',
      'bought-together.hr10': 'Comprados juntos',
      coverage10: 'Catálogo mostrado',
      cases: 'Casos',
    },
    noMetrics: 'Sin medir',
    metricsHint:
      'Medido con el último tramo de sus propios pedidos, que el entrenamiento no vio: cuántas veces el producto comprado a continuación está entre diez propuestas, y cuánto del catálogo muestran las listas.',
    comparison: 'Comparación',
    since: 'Desde el {date}. El {share} de los visitantes ve al aspirante.',
    verdicts: {
      better: 'Seguro: el aspirante recibe más clics.',
      worse: 'Seguro: el aspirante recibe menos clics.',
      undecided: 'Aún no es seguro cuál es mejor. Déjelo seguir.',
    },
    between:
      'La tasa de clics del aspirante difiere en {x} puntos; en verdad entre {low} y {high}, 95 veces de cada 100.',
    champion: 'Titular',
    challenger: 'Aspirante',
    model: 'Modelo',
    shown: 'Mostrado',
    clicked: 'Pulsado',
    orders: 'Pedidos',
    endWith: 'Terminar, y que responda {x}',
    batches: 'Lotes',
    batchesHint: 'Muchas preguntas a la vez, para envíos y cachés.',
    batchCounts: '{done} hechos · {open} en curso · {dead} fallidos · {answers} respuestas',
    noFailed: 'Ningún lote ha fallado.',
    retry: 'Reintentar',
    retryNamed: 'Reintentar el lote del {x}',
  },
}
