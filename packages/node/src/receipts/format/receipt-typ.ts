/** The page of a receipt, in Typst. All that it shows comes as JSON in `receipt`; nothing of that is markup. */
export const RECEIPT_TYP = `
#let r = json(bytes(sys.inputs.receipt))
#let quiet = rgb("#5c5a55")
#let day = r.issuedDay.split("-").map(int)
#set document(title: r.title, author: r.seller.name, date: datetime(year: day.at(0), month: day.at(1), day: day.at(2)))
#set page(
  paper: "a4",
  margin: (x: 2cm, top: 1.6cm, bottom: 1.8cm),
  footer: context {
    let pages = counter(page).final().first()
    if pages > 1 {
      set text(8pt, fill: quiet)
      align(center, r.words.page.replace("{page}", str(counter(page).get().first())).replace("{of}", str(pages)))
    }
  },
)
#set text(
  font: ("Noto Sans", "Noto Sans Hebrew", "Noto Naskh Arabic", "Noto Sans S Chinese", "Noto Sans Hans", "Noto Sans JP", "Noto Sans KR"),
  size: 9pt,
  lang: r.language,
  region: r.region,
  dir: if r.direction == "rtl" { rtl } else { ltr },
  number-width: "tabular",
)
#set par(leading: 0.55em)
#show heading: set text(16pt)
#show heading: set block(below: 10pt)

#grid(
  columns: (1fr, auto),
  column-gutter: 16pt,
  if r.seller.hasLogo { image("/logo.png", height: 1.6cm, alt: r.seller.name) },
  align(end, {
    strong(r.seller.name)
    for line in r.seller.lines { linebreak(); text(fill: quiet, line) }
  }),
)
#v(12pt)
#heading(level: 1, r.title)

#let fact(label, value) = stack(spacing: 4pt, text(8pt, fill: quiet, label), value)
#grid(
  columns: (1fr,) * calc.max(1, calc.min(4, r.facts.len())),
  gutter: 12pt,
  ..r.facts.map(pair => fact(pair.at(0), pair.at(1))),
)
#if r.buyer.len() > 0 {
  v(6pt)
  fact(r.words.soldTo, r.buyer.join(linebreak()))
}
#v(10pt)

#let line-color = rgb("#d9d6cf")
#table(
  columns: (1fr, auto, auto, auto),
  align: (col, row) => if col == 0 { start } else { end },
  stroke: (x, y) => (bottom: 0.5pt + line-color),
  inset: (x, y) => (left: if x == 0 { 0pt } else { 8pt }, right: if x == 3 { 0pt } else { 4pt }, y: 4.5pt),
  table.header(
    ..(r.words.item, r.words.quantity, r.words.price, r.words.amount).map(word => text(8pt, fill: quiet, word)),
  ),
  ..r.lines.map(line => (line.name, line.quantity, line.price, line.amount)).flatten(),
)
#v(2pt)
#let sums = r.sums.map(pair => (text(fill: quiet, pair.at(0)), pair.at(1))).flatten()
#let total = (text(12pt, strong(r.total.at(0))), text(12pt, strong(r.total.at(1))))
#let since = r.since.map(pair => (text(fill: quiet, pair.at(0)), pair.at(1))).flatten()
#align(end, table(
  columns: (auto, auto),
  align: end,
  stroke: none,
  inset: (x: 6pt, y: 3pt),
  ..sums, ..total, ..since,
))
#for line in r.closing { block(above: 8pt, text(fill: quiet, line)) }
`
