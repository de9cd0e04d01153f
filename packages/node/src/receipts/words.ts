/** What is printed on a receipt, in the language of the reader. */
export interface ReceiptWords {
  readonly receipt: string
  readonly creditNote: string
  readonly number: string
  readonly issued: string
  readonly supplied: string
  readonly order: string
  readonly soldTo: string
  readonly forReceipt: string
  readonly item: string
  readonly quantity: string
  readonly price: string
  readonly amount: string
  readonly net: string
  readonly tax: (percent: string) => string
  readonly total: string
  readonly paidBy: string
  readonly taxId: string
  readonly credited: string
  readonly left: string
  readonly page: (page: number, of: number) => string
}

const WORDS: Readonly<Record<string, ReceiptWords>> = {
  en: {
    receipt: 'Receipt',
    creditNote: 'Credit note',
    number: 'Number',
    issued: 'Issued',
    supplied: 'Date of sale',
    order: 'Order',
    soldTo: 'Sold to',
    forReceipt: 'For receipt',
    item: 'Item',
    quantity: 'Qty',
    price: 'Price',
    amount: 'Amount',
    net: 'Without tax',
    tax: (percent) => `Tax ${percent}`,
    total: 'Total',
    paidBy: 'Paid by',
    taxId: 'Tax ID',
    credited: 'Credited',
    left: 'Left after credit',
    page: (page, of) => `Page ${page} of ${of}`,
  },
  de: {
    receipt: 'Rechnung',
    creditNote: 'Gutschrift',
    number: 'Nummer',
    issued: 'Ausgestellt',
    supplied: 'Verkauft am',
    order: 'Bestellung',
    soldTo: 'Verkauft an',
    forReceipt: 'Zu Rechnung',
    item: 'Artikel',
    quantity: 'Menge',
    price: 'Preis',
    amount: 'Betrag',
    net: 'Ohne Steuer',
    tax: (percent) => `USt. ${percent}`,
    total: 'Summe',
    paidBy: 'Bezahlt mit',
    taxId: 'Steuernummer',
    credited: 'Gutgeschrieben',
    left: 'Verbleibt',
    page: (page, of) => `Seite ${page} von ${of}`,
  },
  fr: {
    receipt: 'Reçu',
    creditNote: 'Avoir',
    number: 'Numéro',
    issued: 'Établi le',
    supplied: 'Date de vente',
    order: 'Commande',
    soldTo: 'Vendu à',
    forReceipt: 'Pour le reçu',
    item: 'Article',
    quantity: 'Qté',
    price: 'Prix',
    amount: 'Montant',
    net: 'Hors taxe',
    tax: (percent) => `TVA ${percent}`,
    total: 'Total',
    paidBy: 'Payé par',
    taxId: 'N° fiscal',
    credited: 'Avoir',
    left: 'Reste',
    page: (page, of) => `Page ${page} sur ${of}`,
  },
  es: {
    receipt: 'Recibo',
    creditNote: 'Nota de abono',
    number: 'Número',
    issued: 'Emitido',
    supplied: 'Fecha de venta',
    order: 'Pedido',
    soldTo: 'Vendido a',
    forReceipt: 'Del recibo',
    item: 'Artículo',
    quantity: 'Cant.',
    price: 'Precio',
    amount: 'Importe',
    net: 'Sin impuestos',
    tax: (percent) => `IVA ${percent}`,
    total: 'Total',
    paidBy: 'Pagado con',
    taxId: 'NIF',
    credited: 'Abonado',
    left: 'Queda',
    page: (page, of) => `Página ${page} de ${of}`,
  },
}

/** Words of a BCP 47 language; where there are none, English ones. */
export function receiptWords(language: string): ReceiptWords {
  return WORDS[language.toLowerCase().split('-')[0]!] ?? WORDS.en!
}
