import { createHash } from 'node:crypto'
import { measure } from './metrics.ts'
import { type Case, compare, type Split, type Task } from './protocol.ts'
import type { OrderFile } from './read-orders.ts'
import { type Model, referenceModels } from './reference.ts'

/** SHA-256 of the unpacked UCI Online Retail file that the golden values belong to. */
export const KNOWN_FILE = '1ef53742b4aefc776a8dfdf0f12d371a36f9614a4dac44b77c1322a01ed0da92'

/**
 * Source: recommendation evaluation protocol v1 for UCI Online Retail (doi 10.24432/C5BW33), its table of counts, digests
 * of the canonical case lists and figures of simple models on the static test.
 */
const GOLDEN = {
  rows: 541_909,
  dropped: { cancelled: 9_291, quantity: 1_336, price: 1_179, code: 2_378 },
  train: 15_818,
  test: 3_955,
  catalogue: 3_732,
  cases: { A: 3_557, 'A+': 3_557, B: 1_512, C: 3_557, 'C+': 3_557, X: 926 } as Record<Task, number>,
  digests: {
    A: 'a83ade00a923a1fdb2e81a695e22e25fa388d18f69a0225374362c73cdee86ac',
    B: 'dff912b17910af592ff4678ad99cffd9096cfaeedb17d44854d820cd24783a88',
    C: '026a99e247a0b5921840b43f20af087345bc013a846e4a5429a7f673b5e3c17f',
  },
} as const

type Reference = keyof ReturnType<typeof referenceModels>
/** Task, model, HR@10, Recall@20, NDCG@10, MRR@20, Coverage@10. */
const FIGURES: readonly (readonly [Task, Reference, number, number, number, number, number])[] = [
  ['A', 'popularity', 0.0354, 0.0621, 0.0203, 0.0175, 0.0054],
  ['A', 'cosineSum', 0.1411, 0.1884, 0.0875, 0.0743, 0.4322],
  ['A', 'cosineLast', 0.2598, 0.2921, 0.1935, 0.175, 0.7296],
  ['B', 'popularity', 0.2341, 0.0398, 0.0355, 0.0959, 0.019],
  ['B', 'recentPopularity', 0.4015, 0.0942, 0.0778, 0.1974, 0.0115],
  ['B', 'customerCosine', 0.3525, 0.081, 0.0748, 0.1669, 0.213],
  ['C', 'popularity', 0.3421, 0.0632, 0.0599, 0.1572, 0.0029],
  ['C', 'cosineSum', 0.4807, 0.1289, 0.14, 0.2996, 0.7331],
]
const TOLERANCE = 0.0005

/** Compares everything that the protocol publishes with what this code makes of the file. Gives the differences. */
export function checkGolden(file: OrderFile, split: Split): string[] {
  const wrong: string[] = []
  const expect = (what: string, expected: unknown, got: unknown) => {
    if (JSON.stringify(expected) !== JSON.stringify(got)) wrong.push(`${what}: expected ${expected}, got ${got}`)
  }
  expect('rows', GOLDEN.rows, file.rows)
  for (const [rule, rows] of Object.entries(GOLDEN.dropped)) {
    expect(`rows dropped by ${rule}`, rows, file.dropped[rule as keyof typeof file.dropped])
  }
  expect('training baskets', GOLDEN.train, split.train.length)
  expect('test baskets', GOLDEN.test, split.test.length)
  expect('catalogue', GOLDEN.catalogue, split.counts.size)
  for (const [task, cases] of Object.entries(GOLDEN.cases))
    expect(`cases of ${task}`, cases, split.cases[task as Task].length)
  for (const [task, digest] of Object.entries(GOLDEN.digests)) {
    expect(`digest of ${task}`, digest, digestOf(task as Task, split.cases[task as Task]))
  }
  const models = referenceModels(split.train, split.counts)
  for (const [task, name, ...figures] of FIGURES) {
    const got = figuresOf(split, task, models[name])
    for (const [i, figure] of figures.entries()) {
      if (Math.abs(got[i]! - figure) > TOLERANCE) wrong.push(`${task} ${name}: expected ${figures}, got ${got}`)
    }
  }
  return wrong
}

function figuresOf({ cases, counts }: Split, task: Task, model: Model): number[] {
  const { hr10, recall20, ndcg10, mrr20, coverage10 } = measure(cases[task], cases[task].map(model), counts)
  return [hr10, recall20, ndcg10, mrr20, coverage10]
}

/** One line a case: its key, what is asked about, what is right. */
function digestOf(task: Task, cases: readonly Case[]): string {
  const lines = cases.map(({ key, items, exclude, relevant }) => {
    const asked = task === 'B' ? exclude : items
    const right = task === 'B' ? [...relevant].sort(compare) : [...relevant]
    return `${key}\t${asked.join(',')}\t${right.join(',')}`
  })
  return createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex')
}
