import { escapeHtml } from '../../pages/page.ts'
import type { SaidReceipt } from './say.ts'

/** The receipt as an HTML document of its own: it loads nothing, runs nothing, and prints on one sheet. */
export function receiptHtml(said: SaidReceipt): string {
  return (
    `<!doctype html><html lang="${escapeHtml(said.language)}" dir="${said.direction}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">` +
    `<title>${escapeHtml(said.title)}</title><style>${RECEIPT_STYLE}</style></head>` +
    `<body>${receiptArticle(said)}</body></html>`
  )
}

/** What a browser may do with such a document: nothing but show it. */
export const RECEIPT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export function receiptArticle({
  words,
  title,
  seller,
  buyer,
  facts,
  lines,
  sums,
  total,
  since,
  closing,
}: SaidReceipt) {
  const text = escapeHtml
  const each = <T>(items: readonly T[], write: (item: T) => string) => items.map(write).join('')
  const rows = (pairs: readonly (readonly [string, string])[]) =>
    each(pairs, ([label, value]) => `<tr><th scope="row" colspan="3">${text(label)}</th><td>${text(value)}</td></tr>`)
  return (
    `<article><header>${seller.logo ? `<img alt="" src="${text(seller.logo)}">` : ''}` +
    `<address><strong>${text(seller.name)}</strong>${each(seller.lines, (line) => `<br>${text(line)}`)}</address></header>` +
    `<h1>${text(title)}</h1>` +
    `<dl>${each(facts, ([label, value]) => `<div><dt>${text(label)}</dt><dd>${text(value)}</dd></div>`)}` +
    (buyer.length > 0 ? `<div><dt>${text(words.soldTo)}</dt><dd>${buyer.map(text).join('<br>')}</dd></div>` : '') +
    `</dl><table><thead><tr><th scope="col">${text(words.item)}</th><th scope="col">${text(words.quantity)}</th>` +
    `<th scope="col">${text(words.price)}</th><th scope="col">${text(words.amount)}</th></tr></thead><tbody>` +
    each(
      lines,
      ({ name, quantity, price, amount }) =>
        `<tr><td><bdi>${text(name)}</bdi></td><td>${text(quantity)}</td><td>${text(price)}</td><td>${text(amount)}</td></tr>`,
    ) +
    `</tbody><tfoot>${rows(sums)}<tr class="total"><th scope="row" colspan="3">${text(total[0])}</th><td>${text(total[1])}</td></tr>${rows(since)}</tfoot></table>` +
    `${each(closing, (line) => `<p><bdi>${text(line)}</bdi></p>`)}</article>`
  )
}

export const RECEIPT_STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0; background: light-dark(#f5f4f1, #17181a); color: light-dark(#1d1d1b, #eceae6) }
article { box-sizing: border-box; max-width: 720px; margin: 0 auto; padding: 40px; background: light-dark(#fff, #222427) }
header { display: flex; justify-content: space-between; gap: 24px; margin-bottom: 32px }
header img { max-width: 160px; max-height: 72px }
address { font-style: normal; color: light-dark(#5c5a55, #b4b1aa); overflow-wrap: anywhere }
address strong { color: light-dark(#1d1d1b, #eceae6) }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.25; letter-spacing: -.015em }
dl { display: flex; flex-wrap: wrap; gap: 12px 32px; margin: 0 0 32px }
dt { font-size: 13px; color: light-dark(#5c5a55, #b4b1aa) }
dd { margin: 0; overflow-wrap: anywhere }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums }
th { font-weight: 600; text-align: end }
th:first-child, td:first-child { text-align: start }
td { text-align: end; vertical-align: top; white-space: nowrap }
tbody td:first-child { white-space: normal; overflow-wrap: anywhere }
th, td { padding: 8px 0 8px 16px; border-bottom: 1px solid light-dark(#e6e3dd, #3a3c40) }
th:first-child, td:first-child { padding-inline-start: 0 }
tfoot th { font-weight: 400; text-align: end }
tfoot th:first-child { text-align: end }
tfoot td:first-child { text-align: end }
.total th, .total td { font-weight: 700; font-size: 18px }
p { margin: 16px 0 0; color: light-dark(#5c5a55, #b4b1aa) }
@media (max-width: 480px) { article { padding: 24px 16px } header { flex-direction: column } }
@media print { body, article { background: none; padding: 0 } }
`
