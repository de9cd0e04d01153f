import type { RecommendationSettings } from '@tillwright/core/contract'
import type { Strings } from '../../../i18n.ts'

export interface SettingsWords {
  readonly title: string
  readonly lead: string
  readonly loading: string
  readonly lists: string
  readonly proof: string
  readonly diversity: string
  readonly diversityHint: string
  readonly marginWeight: string
  readonly marginHint: string
  /** `{x}`: how much a product with a margin of 40 % gains. */
  readonly marginNow: string
  readonly marginOff: string
  readonly holdoutShare: string
  readonly holdoutHint: string
  readonly holdoutOff: string
  /** `{x}`: a share. */
  readonly holdoutNow: string
  readonly holdoutShows: string
  readonly shows: Readonly<Record<RecommendationSettings['holdoutShows'], string>>
  readonly showsHint: string
  readonly save: string
  readonly saving: string
  readonly saved: string
}

export const strings: Strings<SettingsWords> = {
  en: {
    title: 'Settings',
    lead: 'What holds for all recommendations of the shop. A change counts within a second.',
    loading: 'Asking the server …',
    lists: 'Lists',
    proof: 'Proof',
    diversity: 'Variety',
    diversityHint:
      'How much a list mixes categories: at 0% the best guesses alone, at 100% as many categories as there are.',
    marginWeight: 'Weight of the margin',
    marginHint: 'How much more a product counts that earns more. It needs the cost of products in the catalogue.',
    marginNow: 'A product with a margin of 40% counts {x} more.',
    marginOff: 'Margins do not count.',
    holdoutShare: 'Visitors held out',
    holdoutHint:
      'This part of your visitors sees no personal recommendations. The report compares what they order with what the others order: this is the only way to know what recommendations earn.',
    holdoutOff: 'Nobody is held out: the report cannot say what recommendations earn.',
    holdoutNow: '{x} of visitors are held out, the same ones at each visit.',
    holdoutShows: 'What they see instead',
    shows: { popular: 'What sells well', nothing: 'Nothing' },
    showsHint:
      '“What sells well” shows what personal recommendations add to plain ones. “Nothing” shows what lists add at all.',
    save: 'Save settings',
    saving: 'Saving …',
    saved: 'Saved. It counts from now on.',
  },
  de: {
    title: 'Einstellungen',
    lead: 'Was für alle Empfehlungen des Shops gilt. Eine Änderung gilt binnen einer Sekunde.',
    loading: 'Der Server wird gefragt …',
    lists: 'Listen',
    proof: 'Nachweis',
    diversity: 'Abwechslung',
    diversityHint:
      'Wie sehr eine Liste Kategorien mischt: bei 0 % allein die besten Treffer, bei 100 % so viele Kategorien wie möglich.',
    marginWeight: 'Gewicht der Marge',
    marginHint:
      'Wie viel mehr ein Produkt zählt, das mehr einbringt. Dafür braucht der Katalog die Kosten der Produkte.',
    marginNow: 'Ein Produkt mit 40 % Marge zählt {x} mehr.',
    marginOff: 'Margen zählen nicht.',
    holdoutShare: 'Vergleichsgruppe',
    holdoutHint:
      'Dieser Teil der Besucher sieht keine persönlichen Empfehlungen. Der Bericht vergleicht, was sie und was die anderen bestellen: Nur so lässt sich wissen, was Empfehlungen einbringen.',
    holdoutOff: 'Es gibt keine Vergleichsgruppe: Der Bericht kann nicht sagen, was Empfehlungen einbringen.',
    holdoutNow: '{x} der Besucher sind in der Vergleichsgruppe, bei jedem Besuch dieselben.',
    holdoutShows: 'Was sie stattdessen sehen',
    shows: { popular: 'Was sich gut verkauft', nothing: 'Nichts' },
    showsHint:
      '„Was sich gut verkauft“ zeigt, was persönliche Empfehlungen einfachen voraushaben. „Nichts“ zeigt, was Listen überhaupt bringen.',
    save: 'Einstellungen speichern',
    saving: 'Wird gespeichert …',
    saved: 'Gespeichert. Es gilt ab jetzt.',
  },
  fr: {
    title: 'Réglages',
    lead: 'Ce qui vaut pour toutes les recommandations de la boutique. Un changement vaut en une seconde.',
    loading: 'Interrogation du serveur…',
    lists: 'Listes',
    proof: 'Preuve',
    diversity: 'Variété',
    diversityHint:
      'Combien une liste mêle les catégories : à 0 %, les meilleurs choix seuls ; à 100 %, autant de catégories que possible.',
    marginWeight: 'Poids de la marge',
    marginHint: 'Combien compte en plus un produit qui rapporte plus. Il faut le coût des produits dans le catalogue.',
    marginNow: 'Un produit avec 40 % de marge compte {x} de plus.',
    marginOff: 'Les marges ne comptent pas.',
    holdoutShare: 'Visiteurs témoins',
    holdoutHint:
      'Cette part de vos visiteurs ne voit pas de recommandations personnelles. Le rapport compare leurs commandes à celles des autres : c’est la seule façon de savoir ce que rapportent les recommandations.',
    holdoutOff: 'Aucun témoin : le rapport ne peut pas dire ce que rapportent les recommandations.',
    holdoutNow: '{x} des visiteurs sont témoins, les mêmes à chaque visite.',
    holdoutShows: 'Ce qu’ils voient à la place',
    shows: { popular: 'Ce qui se vend bien', nothing: 'Rien' },
    showsHint:
      '« Ce qui se vend bien » montre ce que le personnel ajoute au simple. « Rien » montre ce qu’apportent les listes.',
    save: 'Enregistrer les réglages',
    saving: 'Enregistrement…',
    saved: 'Enregistré. Cela vaut dès maintenant.',
  },
  es: {
    title: 'Ajustes',
    lead: 'Lo que vale para todas las recomendaciones de la tienda. Un cambio vale en un segundo.',
    loading: 'Consultando el servidor…',
    lists: 'Listas',
    proof: 'Prueba',
    diversity: 'Variedad',
    diversityHint:
      'Cuánto mezcla categorías una lista: al 0 %, solo los mejores aciertos; al 100 %, tantas categorías como haya.',
    marginWeight: 'Peso del margen',
    marginHint: 'Cuánto más cuenta un producto que gana más. Hace falta el coste de los productos en el catálogo.',
    marginNow: 'Un producto con un margen del 40 % cuenta {x} más.',
    marginOff: 'Los márgenes no cuentan.',
    holdoutShare: 'Visitantes de control',
    holdoutHint:
      'Esta parte de sus visitantes no ve recomendaciones personales. El informe compara lo que piden con lo que piden los demás: es la única forma de saber qué ganan las recomendaciones.',
    holdoutOff: 'No hay grupo de control: el informe no puede decir qué ganan las recomendaciones.',
    holdoutNow: 'El {x} de los visitantes es de control, los mismos en cada visita.',
    holdoutShows: 'Qué ven en su lugar',
    shows: { popular: 'Lo que se vende bien', nothing: 'Nada' },
    showsHint:
      '«Lo que se vende bien» muestra qué añade lo personal a lo sencillo. «Nada» muestra qué aportan las listas.',
    save: 'Guardar los ajustes',
    saving: 'Guardando…',
    saved: 'Guardado. Vale desde ahora.',
  },
}
