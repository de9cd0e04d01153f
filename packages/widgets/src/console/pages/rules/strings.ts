import type { RecommendationKind } from '@tillwright/core/contract'
import type { Strings } from '../../../i18n.ts'
import type { DraftError, RuleAction } from './draft.ts'

export interface RulesWords {
  readonly title: string
  readonly lead: string
  readonly add: string
  readonly emptyTitle: string
  readonly empty: string
  readonly loading: string
  readonly actions: Readonly<
    Record<RuleAction, { readonly label: string; readonly hint: string; readonly sentence: string }>
  >
  readonly kinds: Readonly<Record<RecommendationKind, string>>
  /** What a rule is about; `{x}` is what people chose. */
  readonly about: {
    readonly everything: string
    readonly more: string
    readonly category: string
    readonly brand: string
    readonly attribute: string
    readonly priceFrom: string
    readonly priceTo: string
    readonly priceBetween: string
    readonly context: string
    readonly placements: string
    readonly kinds: string
    readonly from: string
    readonly until: string
    readonly between: string
    readonly always: string
  }
  readonly states: Readonly<Record<'on' | 'off' | 'later' | 'over', string>>
  readonly switchOn: string
  readonly edit: string
  readonly remove: string
  readonly editNamed: string
  readonly removeNamed: string
  readonly removed: string
  readonly undo: string
  readonly saved: string
  readonly form: {
    readonly newTitle: string
    readonly editTitle: string
    readonly name: string
    readonly nameHint: string
    readonly action: string
    readonly products: string
    readonly productsHint: string
    readonly pinHint: string
    readonly search: string
    readonly searchHint: string
    readonly results: string
    readonly noResults: string
    readonly drop: string
    readonly categories: string
    readonly brands: string
    readonly attributes: string
    readonly attributesHint: string
    readonly addHint: string
    readonly minPrice: string
    readonly maxPrice: string
    readonly factor: string
    readonly factorHint: string
    readonly position: string
    readonly where: string
    readonly whereHint: string
    readonly kinds: string
    readonly placements: string
    readonly placementsHint: string
    readonly context: string
    readonly contextHint: string
    readonly when: string
    readonly from: string
    readonly until: string
    readonly enabled: string
    readonly save: string
    readonly saving: string
    readonly cancel: string
    readonly gone: string
    readonly back: string
  }
  readonly errors: Readonly<Record<DraftError, string>>
  readonly preview: {
    readonly title: string
    readonly lead: string
    readonly kind: string
    readonly product: string
    readonly productHint: string
    readonly withRules: string
    readonly without: string
    readonly effects: string
    readonly thisRule: string
    readonly incomplete: string
    readonly unchanged: string
    readonly notHeld: string
    readonly none: string
    readonly asOf: string
    readonly updating: string
    readonly pinned: string
    readonly fresh: string
    readonly up: string
    readonly down: string
    readonly same: string
    readonly left: string
    readonly moved: string
    readonly cameIn: string
    readonly wentOut: string
  }
}

export const strings: Strings<RulesWords> = {
  en: {
    title: 'Rules',
    lead: 'What the shop wants, on top of what orders say. A rule counts within a second, on every page that it is for.',
    add: 'New rule',
    emptyTitle: 'No rules yet',
    empty:
      'Recommendations follow your orders alone. Make a rule to put a product first, to show a brand more often, or to keep something out. You see what it does before you save it.',
    loading: 'Asking the server …',
    actions: {
      pin: { label: 'Pin', hint: 'Always at the same place', sentence: 'Shows {what} at place {place}' },
      boost: {
        label: 'Boost',
        hint: 'More often and higher up',
        sentence: 'Shows {what} more often, {factor} times as strong',
      },
      bury: {
        label: 'Bury',
        hint: 'Less often and lower down',
        sentence: 'Shows {what} less often, {factor} times as weak',
      },
      exclude: { label: 'Exclude', hint: 'Never', sentence: 'Never shows {what}' },
      only: { label: 'Only', hint: 'These and nothing else', sentence: 'Shows nothing but {what}' },
    },
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
    about: {
      everything: 'all products',
      more: '{n} more',
      category: 'products in {x}',
      brand: 'products of {x}',
      attribute: 'products with {x}',
      priceFrom: 'from {x}',
      priceTo: 'up to {x}',
      priceBetween: 'from {x} to {y}',
      context: 'with {x} on the page or in the cart',
      placements: 'at {x}',
      kinds: 'in {x}',
      from: 'from {x}',
      until: 'until {x}',
      between: '{x} to {y}',
      always: 'without end',
    },
    states: { on: 'On', off: 'Off', later: 'Starts later', over: 'Over' },
    switchOn: 'Rule “{name}” is on',
    edit: 'Edit',
    remove: 'Delete',
    editNamed: 'Edit “{name}”',
    removeNamed: 'Delete “{name}”',
    removed: '“{name}” is deleted.',
    undo: 'Undo',
    saved: '“{name}” is saved.',
    form: {
      newTitle: 'New rule',
      editTitle: 'Edit rule',
      name: 'Name',
      nameHint: 'For you and your colleagues: what the rule is for.',
      action: 'What it does',
      products: 'Which products',
      productsHint: 'Products that fit every line. No line at all means all products.',
      pinHint: 'The products to pin, in their order.',
      search: 'Find products',
      searchHint: 'By words of the name, the brand, or the number.',
      results: '{n} products found',
      noResults: 'No product fits.',
      drop: 'Remove {name}',
      categories: 'Categories',
      brands: 'Brands',
      attributes: 'Attributes',
      attributesHint: 'As the catalogue writes them: colour=blue. Enter adds one.',
      addHint: 'Enter adds one.',
      minPrice: 'Price from',
      maxPrice: 'Price to',
      factor: 'How much',
      factorHint: 'More than 1, at most 100. 2 counts twice as much.',
      position: 'Place in the list',
      where: 'Where it holds',
      whereHint: 'Nothing chosen means everywhere.',
      kinds: 'Kinds of recommendation',
      placements: 'Places in the shop',
      placementsHint: 'Names that your pages use: product-page, cart. Enter adds one.',
      context: 'Only next to certain products',
      contextHint: 'On the page of such a product, or with one in the cart.',
      when: 'When it holds',
      from: 'From',
      until: 'Until',
      enabled: 'Rule is on',
      save: 'Save rule',
      saving: 'Saving …',
      cancel: 'Cancel',
      gone: 'This rule is no longer there.',
      back: 'All rules',
    },
    errors: {
      name_missing: 'Give the rule a name.',
      products_missing: 'Choose at least one product to pin.',
      price_unclear: 'Write a price such as 12.50.',
      price_order: 'The highest price is below the lowest.',
      factor_range: 'Write a number above 1, at most 100.',
      position_range: 'Write a whole number from 1 to 50.',
      time_order: 'The end must be after the start.',
    },
    preview: {
      title: 'Preview',
      lead: 'The list as shoppers would see it. Nothing is saved yet.',
      kind: 'Kind',
      product: 'On the page of',
      productHint: 'A product that the shopper looks at or has in the cart.',
      withRules: 'With the rules',
      without: 'Without rules',
      effects: 'What moved, and why',
      thisRule: 'This rule',
      incomplete: 'The preview starts once the rule is complete.',
      unchanged: 'Nothing moves in this list. Try another kind or product.',
      notHeld: 'This rule does not hold for this list.',
      none: 'No products.',
      asOf: 'As of {x}, when the rule begins.',
      updating: 'Working it out …',
      pinned: 'Pinned',
      fresh: 'New in the list',
      up: 'Up {n}',
      down: 'Down {n}',
      same: 'Stays',
      left: 'Leaves the list',
      moved: 'from place {before} to {after}',
      cameIn: 'comes in at place {after}',
      wentOut: 'leaves place {before}',
    },
  },
  de: {
    title: 'Regeln',
    lead: 'Was der Shop will, zusätzlich zu dem, was Bestellungen sagen. Eine Regel gilt binnen einer Sekunde auf jeder Seite, für die sie ist.',
    add: 'Neue Regel',
    emptyTitle: 'Noch keine Regeln',
    empty:
      'Empfehlungen folgen allein Ihren Bestellungen. Mit einer Regel steht ein Produkt vorn, eine Marke erscheint öfter, oder etwas bleibt draußen. Was sie bewirkt, sehen Sie vor dem Speichern.',
    loading: 'Der Server wird gefragt …',
    actions: {
      pin: { label: 'Anheften', hint: 'Immer am selben Platz', sentence: 'Zeigt {what} auf Platz {place}' },
      boost: { label: 'Stärken', hint: 'Öfter und weiter oben', sentence: 'Zeigt {what} öfter, {factor}-mal so stark' },
      bury: {
        label: 'Schwächen',
        hint: 'Seltener und weiter unten',
        sentence: 'Zeigt {what} seltener, {factor}-mal so schwach',
      },
      exclude: { label: 'Ausschließen', hint: 'Nie', sentence: 'Zeigt nie: {what}' },
      only: { label: 'Nur', hint: 'Diese und sonst nichts', sentence: 'Zeigt nichts als {what}' },
    },
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
    about: {
      everything: 'alle Produkte',
      more: '{n} weitere',
      category: 'Produkte aus {x}',
      brand: 'Produkte von {x}',
      attribute: 'Produkte mit {x}',
      priceFrom: 'ab {x}',
      priceTo: 'bis {x}',
      priceBetween: 'von {x} bis {y}',
      context: 'wenn {x} auf der Seite oder im Warenkorb ist',
      placements: 'am Ort {x}',
      kinds: 'in {x}',
      from: 'ab {x}',
      until: 'bis {x}',
      between: '{x} bis {y}',
      always: 'ohne Ende',
    },
    states: { on: 'An', off: 'Aus', later: 'Beginnt später', over: 'Vorbei' },
    switchOn: 'Regel „{name}“ ist an',
    edit: 'Bearbeiten',
    remove: 'Löschen',
    editNamed: 'Bearbeiten: „{name}“',
    removeNamed: 'Löschen: „{name}“',
    removed: '„{name}“ ist gelöscht.',
    undo: 'Rückgängig',
    saved: '„{name}“ ist gespeichert.',
    form: {
      newTitle: 'Neue Regel',
      editTitle: 'Regel bearbeiten',
      name: 'Name',
      nameHint: 'Für Sie und Ihr Team: wozu die Regel da ist.',
      action: 'Was sie bewirkt',
      products: 'Welche Produkte',
      productsHint: 'Produkte, die zu jeder Angabe passen. Ohne Angabe sind es alle.',
      pinHint: 'Die Produkte zum Anheften, in ihrer Reihenfolge.',
      search: 'Produkte finden',
      searchHint: 'Mit Wörtern des Namens, der Marke oder der Nummer.',
      results: '{n} Produkte gefunden',
      noResults: 'Kein Produkt passt.',
      drop: '{name} entfernen',
      categories: 'Kategorien',
      brands: 'Marken',
      attributes: 'Eigenschaften',
      attributesHint: 'Wie im Katalog: farbe=blau. Enter fügt hinzu.',
      addHint: 'Enter fügt hinzu.',
      minPrice: 'Preis von',
      maxPrice: 'Preis bis',
      factor: 'Wie stark',
      factorHint: 'Mehr als 1, höchstens 100. 2 zählt doppelt.',
      position: 'Platz in der Liste',
      where: 'Wo sie gilt',
      whereHint: 'Nichts gewählt heißt überall.',
      kinds: 'Arten von Empfehlungen',
      placements: 'Orte im Shop',
      placementsHint: 'Namen, die Ihre Seiten verwenden: product-page, cart. Enter fügt hinzu.',
      context: 'Nur bei bestimmten Produkten',
      contextHint: 'Auf der Seite eines solchen Produkts, oder mit einem im Warenkorb.',
      when: 'Wann sie gilt',
      from: 'Von',
      until: 'Bis',
      enabled: 'Regel ist an',
      save: 'Regel speichern',
      saving: 'Wird gespeichert …',
      cancel: 'Abbrechen',
      gone: 'Diese Regel gibt es nicht mehr.',
      back: 'Alle Regeln',
    },
    errors: {
      name_missing: 'Geben Sie der Regel einen Namen.',
      products_missing: 'Wählen Sie mindestens ein Produkt zum Anheften.',
      price_unclear: 'Schreiben Sie einen Preis wie 12,50.',
      price_order: 'Der höchste Preis liegt unter dem niedrigsten.',
      factor_range: 'Schreiben Sie eine Zahl über 1, höchstens 100.',
      position_range: 'Schreiben Sie eine ganze Zahl von 1 bis 50.',
      time_order: 'Das Ende muss nach dem Beginn liegen.',
    },
    preview: {
      title: 'Vorschau',
      lead: 'Die Liste, wie sie im Shop zu sehen wäre. Noch ist nichts gespeichert.',
      kind: 'Art',
      product: 'Auf der Seite von',
      productHint: 'Ein Produkt, das angesehen wird oder im Warenkorb ist.',
      withRules: 'Mit den Regeln',
      without: 'Ohne Regeln',
      effects: 'Was sich verschiebt, und warum',
      thisRule: 'Diese Regel',
      incomplete: 'Die Vorschau beginnt, sobald die Regel vollständig ist.',
      unchanged: 'In dieser Liste verschiebt sich nichts. Versuchen Sie eine andere Art oder ein anderes Produkt.',
      notHeld: 'Diese Regel gilt für diese Liste nicht.',
      none: 'Keine Produkte.',
      asOf: 'Stand {x}, wenn die Regel beginnt.',
      updating: 'Wird berechnet …',
      pinned: 'Angeheftet',
      fresh: 'Neu in der Liste',
      up: '{n} nach oben',
      down: '{n} nach unten',
      same: 'Bleibt',
      left: 'Verlässt die Liste',
      moved: 'von Platz {before} auf {after}',
      cameIn: 'kommt auf Platz {after} hinzu',
      wentOut: 'verlässt Platz {before}',
    },
  },
  fr: {
    title: 'Règles',
    lead: 'Ce que veut la boutique, en plus de ce que disent les commandes. Une règle vaut en une seconde, sur chaque page concernée.',
    add: 'Nouvelle règle',
    emptyTitle: 'Pas encore de règles',
    empty:
      'Les recommandations suivent vos seules commandes. Une règle met un produit en tête, montre une marque plus souvent, ou écarte quelque chose. Vous voyez son effet avant de l’enregistrer.',
    loading: 'Interrogation du serveur…',
    actions: {
      pin: { label: 'Épingler', hint: 'Toujours à la même place', sentence: 'Montre {what} à la place {place}' },
      boost: {
        label: 'Renforcer',
        hint: 'Plus souvent et plus haut',
        sentence: 'Montre {what} plus souvent, {factor} fois plus fort',
      },
      bury: {
        label: 'Affaiblir',
        hint: 'Moins souvent et plus bas',
        sentence: 'Montre {what} moins souvent, {factor} fois moins fort',
      },
      exclude: { label: 'Exclure', hint: 'Jamais', sentence: 'Ne montre jamais {what}' },
      only: { label: 'Seulement', hint: 'Ceux-ci et rien d’autre', sentence: 'Ne montre que {what}' },
    },
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
    about: {
      everything: 'tous les produits',
      more: '{n} autres',
      category: 'les produits de {x}',
      brand: 'les produits de la marque {x}',
      attribute: 'les produits avec {x}',
      priceFrom: 'à partir de {x}',
      priceTo: 'jusqu’à {x}',
      priceBetween: 'de {x} à {y}',
      context: 'avec {x} sur la page ou dans le panier',
      placements: 'à l’emplacement {x}',
      kinds: 'dans {x}',
      from: 'à partir du {x}',
      until: 'jusqu’au {x}',
      between: 'du {x} au {y}',
      always: 'sans fin',
    },
    states: { on: 'Active', off: 'Inactive', later: 'Commence plus tard', over: 'Terminée' },
    switchOn: 'La règle « {name} » est active',
    edit: 'Modifier',
    remove: 'Supprimer',
    editNamed: 'Modifier « {name} »',
    removeNamed: 'Supprimer « {name} »',
    removed: '« {name} » est supprimée.',
    undo: 'Annuler',
    saved: '« {name} » est enregistrée.',
    form: {
      newTitle: 'Nouvelle règle',
      editTitle: 'Modifier la règle',
      name: 'Nom',
      nameHint: 'Pour vous et votre équipe : à quoi sert la règle.',
      action: 'Ce qu’elle fait',
      products: 'Quels produits',
      productsHint: 'Les produits qui remplissent chaque critère. Sans critère, tous.',
      pinHint: 'Les produits à épingler, dans leur ordre.',
      search: 'Chercher des produits',
      searchHint: 'Par mots du nom, de la marque, ou du numéro.',
      results: '{n} produits trouvés',
      noResults: 'Aucun produit ne correspond.',
      drop: 'Retirer {name}',
      categories: 'Catégories',
      brands: 'Marques',
      attributes: 'Attributs',
      attributesHint: 'Comme dans le catalogue : couleur=bleu. Entrée ajoute.',
      addHint: 'Entrée ajoute.',
      minPrice: 'Prix à partir de',
      maxPrice: 'Prix jusqu’à',
      factor: 'Combien',
      factorHint: 'Plus de 1, au plus 100. 2 compte double.',
      position: 'Place dans la liste',
      where: 'Où elle vaut',
      whereHint: 'Aucun choix : partout.',
      kinds: 'Sortes de recommandations',
      placements: 'Emplacements de la boutique',
      placementsHint: 'Les noms que vos pages utilisent : product-page, cart. Entrée ajoute.',
      context: 'Seulement près de certains produits',
      contextHint: 'Sur la page d’un tel produit, ou avec un tel produit dans le panier.',
      when: 'Quand elle vaut',
      from: 'Du',
      until: 'Au',
      enabled: 'La règle est active',
      save: 'Enregistrer la règle',
      saving: 'Enregistrement…',
      cancel: 'Annuler',
      gone: 'Cette règle n’existe plus.',
      back: 'Toutes les règles',
    },
    errors: {
      name_missing: 'Donnez un nom à la règle.',
      products_missing: 'Choisissez au moins un produit à épingler.',
      price_unclear: 'Écrivez un prix comme 12,50.',
      price_order: 'Le prix le plus haut est sous le plus bas.',
      factor_range: 'Écrivez un nombre au-dessus de 1, au plus 100.',
      position_range: 'Écrivez un nombre entier de 1 à 50.',
      time_order: 'La fin doit suivre le début.',
    },
    preview: {
      title: 'Aperçu',
      lead: 'La liste telle qu’elle apparaîtrait. Rien n’est encore enregistré.',
      kind: 'Sorte',
      product: 'Sur la page de',
      productHint: 'Un produit que le client regarde ou a dans son panier.',
      withRules: 'Avec les règles',
      without: 'Sans règles',
      effects: 'Ce qui bouge, et pourquoi',
      thisRule: 'Cette règle',
      incomplete: 'L’aperçu commence dès que la règle est complète.',
      unchanged: 'Rien ne bouge dans cette liste. Essayez une autre sorte ou un autre produit.',
      notHeld: 'Cette règle ne vaut pas pour cette liste.',
      none: 'Aucun produit.',
      asOf: 'Au {x}, quand la règle commence.',
      updating: 'Calcul en cours…',
      pinned: 'Épinglé',
      fresh: 'Nouveau dans la liste',
      up: 'Monte de {n}',
      down: 'Descend de {n}',
      same: 'Reste',
      left: 'Quitte la liste',
      moved: 'de la place {before} à la place {after}',
      cameIn: 'arrive à la place {after}',
      wentOut: 'quitte la place {before}',
    },
  },
  es: {
    title: 'Reglas',
    lead: 'Lo que quiere la tienda, además de lo que dicen los pedidos. Una regla vale en un segundo, en cada página para la que es.',
    add: 'Regla nueva',
    emptyTitle: 'Aún no hay reglas',
    empty:
      'Las recomendaciones siguen solo sus pedidos. Con una regla un producto va primero, una marca aparece más o algo queda fuera. Verá lo que hace antes de guardarla.',
    loading: 'Consultando el servidor…',
    actions: {
      pin: { label: 'Fijar', hint: 'Siempre en el mismo puesto', sentence: 'Muestra {what} en el puesto {place}' },
      boost: {
        label: 'Impulsar',
        hint: 'Más a menudo y más arriba',
        sentence: 'Muestra más {what}, con {factor} veces más fuerza',
      },
      bury: {
        label: 'Relegar',
        hint: 'Menos a menudo y más abajo',
        sentence: 'Muestra menos {what}, con {factor} veces menos fuerza',
      },
      exclude: { label: 'Excluir', hint: 'Nunca', sentence: 'Nunca muestra {what}' },
      only: { label: 'Solo', hint: 'Estos y nada más', sentence: 'Muestra solo {what}' },
    },
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
    about: {
      everything: 'todos los productos',
      more: '{n} más',
      category: 'productos de {x}',
      brand: 'productos de la marca {x}',
      attribute: 'productos con {x}',
      priceFrom: 'desde {x}',
      priceTo: 'hasta {x}',
      priceBetween: 'de {x} a {y}',
      context: 'con {x} en la página o en el carrito',
      placements: 'en el lugar {x}',
      kinds: 'en {x}',
      from: 'desde el {x}',
      until: 'hasta el {x}',
      between: 'del {x} al {y}',
      always: 'sin fin',
    },
    states: { on: 'Activa', off: 'Inactiva', later: 'Empieza más tarde', over: 'Terminada' },
    switchOn: 'La regla «{name}» está activa',
    edit: 'Editar',
    remove: 'Eliminar',
    editNamed: 'Editar «{name}»',
    removeNamed: 'Eliminar «{name}»',
    removed: '«{name}» está eliminada.',
    undo: 'Deshacer',
    saved: '«{name}» está guardada.',
    form: {
      newTitle: 'Regla nueva',
      editTitle: 'Editar la regla',
      name: 'Nombre',
      nameHint: 'Para usted y su equipo: para qué es la regla.',
      action: 'Qué hace',
      products: 'Qué productos',
      productsHint: 'Los productos que cumplen cada línea. Sin ninguna, todos.',
      pinHint: 'Los productos que se fijan, en su orden.',
      search: 'Buscar productos',
      searchHint: 'Por palabras del nombre, de la marca o del número.',
      results: '{n} productos encontrados',
      noResults: 'Ningún producto coincide.',
      drop: 'Quitar {name}',
      categories: 'Categorías',
      brands: 'Marcas',
      attributes: 'Atributos',
      attributesHint: 'Como en el catálogo: color=azul. Intro añade uno.',
      addHint: 'Intro añade uno.',
      minPrice: 'Precio desde',
      maxPrice: 'Precio hasta',
      factor: 'Cuánto',
      factorHint: 'Más de 1, como mucho 100. 2 cuenta el doble.',
      position: 'Puesto en la lista',
      where: 'Dónde vale',
      whereHint: 'Sin elegir nada, en todas partes.',
      kinds: 'Tipos de recomendación',
      placements: 'Lugares de la tienda',
      placementsHint: 'Nombres que usan sus páginas: product-page, cart. Intro añade uno.',
      context: 'Solo junto a ciertos productos',
      contextHint: 'En la página de un producto así, o con uno en el carrito.',
      when: 'Cuándo vale',
      from: 'Desde',
      until: 'Hasta',
      enabled: 'La regla está activa',
      save: 'Guardar la regla',
      saving: 'Guardando…',
      cancel: 'Cancelar',
      gone: 'Esta regla ya no existe.',
      back: 'Todas las reglas',
    },
    errors: {
      name_missing: 'Dé un nombre a la regla.',
      products_missing: 'Elija al menos un producto para fijar.',
      price_unclear: 'Escriba un precio como 12,50.',
      price_order: 'El precio más alto está por debajo del más bajo.',
      factor_range: 'Escriba un número mayor que 1, como mucho 100.',
      position_range: 'Escriba un número entero de 1 a 50.',
      time_order: 'El final debe ser después del inicio.',
    },
    preview: {
      title: 'Vista previa',
      lead: 'La lista como se vería en la tienda. Aún no se ha guardado nada.',
      kind: 'Tipo',
      product: 'En la página de',
      productHint: 'Un producto que el cliente mira o tiene en el carrito.',
      withRules: 'Con las reglas',
      without: 'Sin reglas',
      effects: 'Qué se mueve y por qué',
      thisRule: 'Esta regla',
      incomplete: 'La vista previa empieza cuando la regla está completa.',
      unchanged: 'Nada se mueve en esta lista. Pruebe otro tipo u otro producto.',
      notHeld: 'Esta regla no vale para esta lista.',
      none: 'Ningún producto.',
      asOf: 'A {x}, cuando empieza la regla.',
      updating: 'Calculando…',
      pinned: 'Fijado',
      fresh: 'Nuevo en la lista',
      up: 'Sube {n}',
      down: 'Baja {n}',
      same: 'Se queda',
      left: 'Sale de la lista',
      moved: 'del puesto {before} al {after}',
      cameIn: 'entra en el puesto {after}',
      wentOut: 'deja el puesto {before}',
    },
  },
}
