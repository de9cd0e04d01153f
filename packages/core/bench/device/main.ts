import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { bundleLearning } from '../../build-learning.ts'
import { exportDevice, loadRecommender, trainReranker, withReranker } from '../../src/brain/index.ts'
import { pastQuestions } from '../../src/brain/rerank/cases.ts'
import { FEATURE_COUNT } from '../../src/brain/rerank/features.ts'
import { readReranker } from '../../src/brain/rerank/reranker.ts'
import type * as FineTune from '../../src/device/learning/fine-tune.ts'
import { MOST_QUESTIONS } from '../../src/device/own-weights.ts'
import { KEPT } from '../../src/device/touches.ts'
import { ask, cpuSeconds, trainOn } from '../recommend/evaluate.ts'
import { measure } from '../recommend/metrics.ts'
import { type Case, namesOf, ordersOf, SPLITS, splitOrders, type Task } from '../recommend/protocol.ts'
import { readOrderFile } from '../recommend/read-orders.ts'
import { pairedBootstrap } from './bootstrap.ts'

/** Shoppers whose past is known. */
const TASKS: readonly Task[] = ['A+', 'C+']
const PAIRS = [
  ['lists', 'network'],
  ['lists', 'fine-tuned'],
  ['network', 'fine-tuned'],
] as const
const METRICS = ['hr10', 'recall20', 'ndcg10', 'mrr20'] as const

const { values } = parseArgs({
  options: {
    /** Order lines: CSV or CSV.gz. */
    data: { type: 'string' },
    /** `val` tunes (first 70 % against the next 10 %); `test` is for a frozen configuration. */
    split: { type: 'string', default: 'val' },
    /** Every n-th case. */
    step: { type: 'string', default: '1' },
  },
})
if (!values.data || (values.split !== 'val' && values.split !== 'test')) {
  console.error('npm run bench:device -- --data FILE [--split val|test] [--step N]')
  process.exit(2)
}

const file = readOrderFile(values.data)
const names = namesOf(file.lines)
const { train, cases, counts } = splitOrders(ordersOf(file.lines), SPLITS[values.split])

const worker = gzipSync(await bundleLearning('worker'), { level: 9 })
console.log(`learning worker: ${(worker.length / 1024).toFixed(1)} KiB gzip`)
const code = await bundleLearning('fine-tune')
const { fineTune, FINE_TUNING }: typeof FineTune = await import(
  `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
)

const device = exportDevice(trainOn(train, names, { ranking: false }).bytes)
const start = cpuSeconds()
const baskets = train.map(({ items, at, customer }) => ({ items, at, ...(customer === '' ? {} : { user: customer }) }))
const network = trainReranker({ baskets, items: [...names].map(([id, name]) => ({ id, name })) })
if (!network) throw new Error('There is too little in these orders for a network to help')
console.log(`network: ${network.weights.length} weights, trained in ${(cpuSeconds() - start).toFixed(1)} s CPU`)
const whole = withReranker(device, network)
const kib = (bytes: Uint8Array) => (gzipSync(bytes).length / 1024).toFixed(1)
console.log(`device file: ${kib(device)} KiB gzip, with the network ${kib(whole)}`)

const lists = loadRecommender(whole)
const reranker = readReranker(whole, lists)!
/** By history, which the cases of one customer share. */
const learned = new Map<Case['history'], Float32Array>()
let spent = 0
for (const task of TASKS) {
  const known = cases[task].filter(({ history }) => history.length > 0).filter((_, i) => i % Number(values.step) === 0)
  const visitorOf = ({ history }: Case) => ({ bought: history, viewed: [] })
  for (const { history } of known) if (!learned.has(history)) learned.set(history, await ownWeights(history))
  const answers = {
    lists: known.map((one) => ask(lists, task, one)),
    network: known.map((one) => ask(reranker.forVisitor(visitorOf(one)), task, one)),
    'fine-tuned': known.map((one) => ask(reranker.forVisitor(visitorOf(one), learned.get(one.history)), task, one)),
  }
  console.log(`\n${task}: ${known.length} baskets of shoppers whose past is known`)
  for (const [name, given] of Object.entries(answers)) {
    const whole = measure(known, given, counts)
    console.log(`  ${name.padEnd(10)} ${METRICS.map((metric) => `${metric} ${whole[metric].toFixed(4)}`).join('  ')}`)
  }
  for (const [before, after] of PAIRS) {
    for (const metric of METRICS) {
      const of = (name: keyof typeof answers) =>
        known.map((one, i) => measure([one], [answers[name][i]!], new Map())[metric])
      const { mean, low, high } = pairedBootstrap(of(before), of(after))
      const verdict = low > 0 ? 'better' : high < 0 ? 'worse' : 'undecided'
      console.log(
        `  ${after} − ${before} ${metric.padEnd(8)} ${signed(mean)} [${signed(low)}, ${signed(high)}] ${verdict}`,
      )
    }
  }
}
console.log(`\nfine-tuning: ${learned.size} shoppers, ${(spent / learned.size).toFixed(0)} ms each`)

/** What a shopper's device makes of what they bought. */
async function ownWeights(history: Case['history']): Promise<Float32Array> {
  const begin = performance.now()
  const questions = pastQuestions({ bought: history.slice(-KEPT), viewed: [] }, MOST_QUESTIONS)
  const past = questions.flatMap((question) => reranker.caseOf(question) ?? [])
  const { weights } = reranker
  const own =
    past.length === 0 ? weights : await fineTune({ weights, inputs: FEATURE_COUNT, cases: past, ...FINE_TUNING })
  spent += performance.now() - begin
  return own
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`
}
