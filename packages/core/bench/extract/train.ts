import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { vendorsOf } from './folds.ts'
import { FIT, LEARNT_FIELDS, learn, study } from './learn.ts'
import { readReceipts } from './read-receipts.ts'

/** Writes what `extractReceipt` has learnt: `node packages/core/bench/extract/train.ts --data train626.jsonl.gz`. */
const TARGET = fileURLToPath(new URL('../../src/brain/extract/learnt.gen.ts', import.meta.url))

const { values } = parseArgs({ options: { data: { type: 'string' } } })
if (!values.data) {
  console.error('node packages/core/bench/extract/train.ts --data FILE.jsonl.gz')
  process.exit(2)
}
const receipts = readReceipts(values.data)
const learnt = learn(study(receipts, vendorsOf(receipts)))
const digest = createHash('sha256').update(readFileSync(values.data)).digest('hex').slice(0, 16)
const tables = LEARNT_FIELDS.map((field) => `    ${field}: weights(${JSON.stringify(written(learnt.weights[field]))}),`)
const calibration = LEARNT_FIELDS.map((field) => `    ${field}: ${JSON.stringify(learnt.calibration[field])},`)
const source = `// Written by packages/core/bench/extract/train.ts; do not edit.
// Learnt from ${basename(values.data)} (sha-256 ${digest}…), all ${receipts.length} receipts of the train split of ICDAR 2019 SROIE,
// Z. Huang et al., CC BY 4.0 (see NOTICE beside this file): weights, and the names of merchants. The test split was not used.
// rounds ${FIT.rounds}, rate ${FIT.rate}, l2 ${FIT.l2}, features of ${FIT.least} vendors at least.
import type { Learnt } from './learnt.ts'
import { weights } from './learnt.ts'

export const LEARNT: Learnt = {
  weights: {
${tables.join('\n')}
  },
  calibration: {
${calibration.join('\n')}
  },
  merchants: ${JSON.stringify(learnt.merchants)},
}
`
writeFileSync(TARGET, source)
console.log(`${TARGET}: ${(source.length / 1000).toFixed(1)} kB from ${receipts.length} receipts`)

/** Names and hundredths, parted by tabs and line ends: half the size of JSON. */
function written(table: Readonly<Record<string, number>>): string {
  return Object.entries(table)
    .map(([name, weight]) => `${name}\t${Math.round(weight * 100)}`)
    .join('\n')
}
