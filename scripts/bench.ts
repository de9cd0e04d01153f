import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { engineFigures } from '../packages/node/bench/engine.ts'
import { httpFigures } from '../packages/node/bench/http.ts'
import { identityFigures } from '../packages/node/bench/identity.ts'
import { importFigures } from '../packages/node/bench/import.ts'
import type { Figure } from '../packages/node/bench/round.ts'

const GROUPS: Readonly<Record<string, () => Promise<Figure[]>>> = {
  import: importFigures,
  http: httpFigures,
  engine: engineFigures,
  identity: identityFigures,
}

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !(name in GROUPS))
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join(', ')}"; there are ${Object.keys(GROUPS).join(', ')}`)
  process.exit(2)
}

const figures: Figure[] = []
for (const [name, measure] of Object.entries(GROUPS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  process.stderr.write(`measuring ${name} …\n`)
  figures.push(...(await measure()))
}

const isMet = ({ value, bar }: Figure) => (bar.sense === '>=' ? value >= bar.value : value <= bar.value)
const number = (value: number) =>
  value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(value < 10 ? 3 : 1)
const rows = figures.map((figure) => [
  figure.what,
  `${number(figure.value)} ${figure.unit}`,
  `${figure.bar.sense} ${figure.bar.value.toLocaleString('en')}`,
  isMet(figure) ? 'ok' : 'MISSED',
  figure.note,
])
const header = ['what', 'figure', 'bar', '', 'how']
const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)))
for (const row of [header, ...rows])
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )

const [cpu] = cpus()
const report = { at: new Date().toISOString(), node: process.version, cpu: cpu?.model, cores: cpus().length, figures }
const folder = fileURLToPath(new URL('../.cache/bench/', import.meta.url))
mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}latest.json`, `${JSON.stringify(report, null, 2)}\n`)
console.log(`\nJSON: .cache/bench/latest.json  (Node ${process.version}, ${cpus().length} × ${cpu?.model})`)
process.exitCode = figures.every(isMet) ? 0 : 1
