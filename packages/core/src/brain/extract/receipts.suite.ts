import type { ExtractOptions, ReceiptLine } from './types.ts'

/** A receipt of our own making, and what it says. */
export interface InventedReceipt {
  readonly name: string
  readonly lines: readonly ReceiptLine[]
  readonly options?: ExtractOptions
  readonly merchant: string
  readonly date: string
  readonly total: number
  readonly currency: string | null
  readonly tax?: number
}

const text = (source: string): ReceiptLine[] =>
  source
    .trim()
    .split('\n')
    .map((line) => ({ text: line.trim() }))

const LINE_HEIGHT = 20
const CHARACTER_WIDTH = 10
/** Pieces parted by `|` stand in one row, each where its column begins; they are given in an order that OCR might give. */
const columns = (source: string): ReceiptLine[] => {
  const pieces = source
    .trim()
    .split('\n')
    .flatMap((row, i) =>
      row.split('|').map((piece, n) => {
        const [x, y] = [20 + n * 250, i * 2 * LINE_HEIGHT + n]
        const content = piece.trim()
        return { text: content, box: { x, y, width: content.length * CHARACTER_WIDTH, height: LINE_HEIGHT } }
      }),
    )
  return [...pieces.filter((_, i) => i % 3 !== 1), ...pieces.filter((_, i) => i % 3 === 1)]
}

export const INVENTED: readonly InventedReceipt[] = [
  {
    name: 'a British shop with VAT included and change',
    lines: text(`
      HOLLY & FERN LTD
      12 Mill Lane, Ludlow SY8 1AA
      VAT No. GB 123 4567 89
      14/03/2025 16:22
      Oat biscuits £2.40
      Tea towel £6.50
      2 x Jam 3.25 £6.50
      SUBTOTAL £15.40
      TOTAL £15.40
      CASH £20.00
      CHANGE £4.60
      VAT @ 20% included 2.57
      Thank you for visiting`),
    merchant: 'HOLLY & FERN LTD',
    date: '2025-03-14',
    total: 1540,
    currency: 'GBP',
  },
  {
    name: 'an American diner with sales tax and the month first',
    lines: text(`
      BLUE HERON DINER LLC
      401 Harbor Street
      Portland, OR 97201
      Date: 03/04/2025 07:45 PM
      Server: Kim
      1 Chowder $8.50
      2 Lemonade $7.00
      Subtotal $15.50
      Sales Tax $1.28
      Total $16.78
      VISA $16.78`),
    merchant: 'BLUE HERON DINER LLC',
    date: '2025-03-04',
    total: 1678,
    currency: 'USD',
    tax: 128,
  },
  {
    name: 'a German baker with cash given',
    lines: text(`
      Bäckerei Sonnfeld GmbH
      Lindenstraße 4
      80331 München
      Tel. 089 5550101
      Datum: 05.11.2024 08:12 Uhr
      Roggenbrot 4,80 A
      Brezel 1,20 A
      SUMME EUR 6,00
      Gegeben BAR EUR 10,00
      Rückgeld EUR 4,00
      MwSt 7% 0,39
      Vielen Dank für Ihren Einkauf`),
    merchant: 'Bäckerei Sonnfeld GmbH',
    date: '2024-11-05',
    total: 600,
    currency: 'EUR',
    tax: 39,
  },
  {
    name: 'a German trader with thousands and a subtotal',
    lines: text(`
      Werkhof Tannenau GmbH
      Rechnung Nr. 2024-118
      Rechnungsdatum 28. Februar 2024
      Hobelbank 1.120,00 €
      Zwischensumme 1.120,00 €
      MwSt 19% 212,80 €
      Gesamtbetrag 1.332,80 €`),
    merchant: 'Werkhof Tannenau GmbH',
    date: '2024-02-28',
    total: 133280,
    currency: 'EUR',
    tax: 21280,
  },
  {
    name: 'a French café with TTC and TVA',
    lines: text(`
      CAFÉ DES TILLEULS SARL
      8 rue du Puits
      69001 Lyon
      SIRET 000 111 222 00033
      Le 17/09/2024 à 12:40
      2 Café 3,60 €
      1 Tarte 5,40 €
      Total HT 8,18 €
      TVA 10% 0,82 €
      TOTAL TTC 9,00 €
      Carte bancaire 9,00 €
      Merci de votre visite`),
    merchant: 'CAFÉ DES TILLEULS SARL',
    date: '2024-09-17',
    total: 900,
    currency: 'EUR',
    tax: 82,
  },
  {
    name: 'a Spanish restaurant that is paid in cash',
    lines: text(`
      RESTAURANTE LA NORIA S.L.
      Calle del Pozo 3, Sevilla
      CIF B00000000
      Fecha: 02/06/2024 14:55
      Gazpacho 4,50
      Merluza 12,00
      BASE IMPONIBLE 15,00
      IVA 10% 1,50
      TOTAL A PAGAR 16,50 €
      EFECTIVO 20,00 €
      CAMBIO 3,50 €
      Gracias por su visita`),
    merchant: 'RESTAURANTE LA NORIA S.L.',
    date: '2024-06-02',
    total: 1650,
    currency: 'EUR',
    tax: 150,
  },
  {
    name: 'a Malaysian shop with rounding, in pieces side by side',
    lines: columns(`
      KEDAI LAMPU CERAH SDN BHD
      (555001-X)
      NO 3, JALAN ANGGERIK 2
      TAX INVOICE
      DATE: 23-08-18 | 10:31:07
      LED BULB | 1 | 12.90
      EXTENSION 3M | 2 | 19.98
      TOTAL SALES | | 32.88
      ROUNDING ADJ | | 0.02
      TOTAL ROUNDED | RM | 32.90
      CASH | RM | 50.00
      CHANGE | RM | 17.10`),
    merchant: 'KEDAI LAMPU CERAH SDN BHD',
    date: '2018-08-23',
    total: 3290,
    currency: 'MYR',
  },
  {
    name: 'a Japanese stand without decimals',
    lines: text(`
      Kitsune Coffee Co
      2024年7月9日 09:05
      Latte ¥520
      Scone ¥380
      Subtotal ¥900
      Tax ¥90
      Total ¥990
      Cash ¥1,000
      Change ¥10`),
    merchant: 'Kitsune Coffee Co',
    date: '2024-07-09',
    total: 990,
    currency: 'JPY',
    tax: 90,
  },
  {
    name: 'a Kuwaiti shop with three decimals',
    lines: text(`
      Palm Court Trading Co
      Date 11 Jan 2025
      Dates 1kg KD 2.750
      Honey KD 4.500
      Total KD 7.250`),
    merchant: 'Palm Court Trading Co',
    date: '2025-01-11',
    total: 7250,
    currency: 'KWD',
  },
  {
    name: 'a mail that confirms an order',
    lines: text(`
      Hi Robin,
      Thanks for your order at Lantern Books!
      Order #40021
      Order date: May 6, 2025
      The Long Shore (paperback) £8.99
      Shipping £2.50
      Order total: £11.49
      Questions? help@lanternbooks.example`),
    merchant: 'Lantern Books',
    date: '2025-05-06',
    total: 1149,
    currency: 'GBP',
  },
  {
    name: 'an Italian bar',
    lines: text(`
      PASTICCERIA DUE LUNE SRL
      Via dei Mulini 9, Parma
      P.IVA 00000000000
      12-10-2024 10:03
      CAPPUCCINO 1,60
      CORNETTO 1,40
      TOTALE COMPLESSIVO EURO 3,00
      CONTANTI 5,00
      RESTO 2,00`),
    merchant: 'PASTICCERIA DUE LUNE SRL',
    date: '2024-10-12',
    total: 300,
    currency: 'EUR',
  },
  {
    name: 'lines as poor OCR reads them',
    lines: text(`
      MARSH END HARDWARE LTD
      6 Quay Road, Wells
      VAT REG NO 998 1122 33
      0ate 09-12-24 11:20
      Hinge pair £ 7. 50
      T0TAI £ 7. 50
      CASH £ 10.00
      CHANGF £ 2.50`),
    merchant: 'MARSH END HARDWARE LTD',
    date: '2024-12-09',
    total: 750,
    currency: 'GBP',
  },
]
