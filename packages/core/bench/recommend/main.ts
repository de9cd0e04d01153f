import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { exportDevice, loadRecommender } from '../../src/brain/index.ts'
import { ask, askAll, trainOn } from './evaluate.ts'
import { checkGolden, KNOWN_FILE } from './golden.ts'
import { type Metrics, measure, sliceHits } from './metrics.ts'
import {
  type Case,
  countBaskets,
  namesOf,
  type Order,
  ordersOf,
  type Split,
  splitOrders,
  type Task,
} from './protocol.ts'
import { readOrderFile } from './read-orders.ts'
import { runScale } from './scale.ts'

const TASKS: readonly Task[] = ['A', 'A+', 'B', 'C', 'C+', 'X']
const SMALL_SHOPS = [100, 300, 1_000]

const { values } = parseArgs({
  options: {
    /** Order lines: CSV or CSV.gz. */
    data: { type: 'string' },
    /** `val` tunes (first 70 % against the next 10 %); `test` is for a frozen configuration. */
    split: { type: 'string', default: 'val' },
    tasks: { type: 'string', default: TASKS.join(',') },
    /** Every n-th case. */
    step: { type: 'string', default: '1' },
    /** Leaves out the check of golden values. */
    unchecked: { type: 'boolean', default: false },
    /** Trains anew for each day of the test. */
    daily: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    device: { type: 'boolean', default: false },
    slices: { type: 'boolean', default: false },
    /** Costs for 10^3 … orders: the highest power of ten. */
    scale: { type: 'string' },
  },
})
if (!values.data || (values.split !== 'val' && values.split !== 'test')) {
  console.error(
    'npm run bench:recommend -- --data FILE [--split val|test] [--tasks A,B] [--step N] [--daily] [--small] [--device] [--slices] [--scale 6]',
  )
  process.exit(2)
}

const file = readOrderFile(values.data)
const orders = ordersOf(file.lines)
const names = namesOf(file.lines)
console.log(`${file.rows} rows, ${file.lines.length} eligible lines, ${orders.length} baskets; Node ${process.version}`)
if (file.sha256 === KNOWN_FILE && !values.unchecked) {
  const wrong = checkGolden(file, splitOrders(orders, names, 'test'))
  if (wrong.length > 0) throw new Error(`The protocol's golden values are not met:\n${wrong.join('\n')}`)
  console.log('golden case lists and conformance values: met')
}
const split = splitOrders(orders, names, values.split)
const tasks = values.tasks.split(',') as Task[]
const step = Number(values.step)

if (values.scale) runScale(split.train, Number(values.scale))
else if (values.daily) runDaily(split)
else if (values.small) for (const size of SMALL_SHOPS) runSmall(split, size)
else runStatic(split)

function runStatic({ train, cases, counts }: Split): void {
  const trained = trainOn(train, names)
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20)
  console.log(
    `${values.split}: trained in ${trained.cpuSeconds.toFixed(1)} s CPU; model ${mib(trained.bytes)}, RSS ${memory} MB`,
  )
  const models = { full: trained.recommender, ...(values.device ? { device: deviceOf(trained.bytes) } : {}) }
  for (const [name, recommender] of Object.entries(models)) {
    for (const task of tasks) {
      const asked = sampled(cases[task])
      const kinds = task === 'X' ? (['bought-together', 'similar'] as const) : [undefined]
      for (const kind of kinds) {
        const { lists, p50, p95, p99 } = askAll(recommender, task, asked, kind)
        const speed = `p50 ${p50.toFixed(3)} p95 ${p95.toFixed(3)} p99 ${p99.toFixed(3)} ms`
        console.log(`${name.padEnd(6)} ${task.padEnd(2)} ${kind ?? ''} ${line(measure(asked, lists, counts))} ${speed}`)
        if (task === 'A' && values.slices) console.log(slicesOf(asked, lists, counts))
      }
    }
  }
}

function deviceOf(bytes: Uint8Array) {
  const device = exportDevice(bytes)
  console.log(`device file: ${mib(device)}, gzip ${(gzipSync(device).length / 1024).toFixed(0)} KiB`)
  return loadRecommender(device)
}

/** A model anew each day, of all baskets before it. */
function runDaily({ train, test, cases }: Split): void {
  const daily = tasks.filter((task) => task !== 'B' && task !== 'X')
  const customers = new Map(test.map(({ invoice, customer }) => [invoice, customer]))
  const asked = new Map(daily.map((task) => [task, sampled(cases[task])]))
  const lists = new Map<Task, (readonly string[])[]>(daily.map((task) => [task, []]))
  const days = [...new Set(test.map(({ time }) => time.slice(0, 10)))].sort()
  for (const day of days) {
    const known = [...train, ...test.filter(({ time }) => time < day)]
    const { recommender } = trainOn(known, names)
    const histories = historiesOf(known)
    for (const task of daily) {
      const today = asked.get(task)!.filter((one) => one.day === day)
      const knowing = today.map((one) => {
        const customer = customers.get(one.key) ?? ''
        return { ...one, history: task.endsWith('+') ? (histories.get(customer) ?? []) : [] }
      })
      lists.get(task)!.push(...knowing.map((one) => ask(recommender, task, one)))
    }
  }
  const counts = countBaskets([...train, ...test])
  for (const task of daily) console.log(`daily ${task} ${line(measure(asked.get(task)!, lists.get(task)!, counts))}`)
}

function historiesOf(known: readonly Order[]): Map<string, { id: string; at: number }[]> {
  const histories = new Map<string, { id: string; at: number }[]>()
  for (const { customer, items, at } of known) {
    if (customer === '') continue
    const history = histories.get(customer) ?? []
    history.push(...items.map((id) => ({ id, at })))
    histories.set(customer, history)
  }
  return histories
}

/** A shop that has only its newest orders. */
function runSmall({ train, cases }: Split, size: number): void {
  const few = train.slice(-size)
  const counts = countBaskets(few)
  const { recommender, cpuSeconds } = trainOn(few, names)
  for (const task of ['A', 'C'] as const) {
    const asked = sampled(cases[task])
    const { lists } = askAll(recommender, task, asked)
    console.log(
      `${size} orders ${task} ${line(measure(asked, lists, counts))} trained in ${cpuSeconds.toFixed(1)} s CPU`,
    )
  }
}

function sampled(cases: readonly Case[]): Case[] {
  return cases.filter((_, i) => i % step === 0)
}

function line({ cases, hr10, hr10Within, recall20, ndcg10, mrr20, coverage10, novelty10 }: Metrics): string {
  return (
    `HR@10 ${hr10.toFixed(4)} ±${hr10Within.toFixed(3)}  R@20 ${recall20.toFixed(4)}  NDCG@10 ${ndcg10.toFixed(4)}  ` +
    `MRR@20 ${mrr20.toFixed(4)}  Cov@10 ${coverage10.toFixed(3)}  Nov@10 ${novelty10.toFixed(2)}  n ${cases}`
  )
}

function slicesOf(
  asked: readonly Case[],
  lists: readonly (readonly string[])[],
  counts: ReadonlyMap<string, number>,
): object {
  const sizeOf = (n: number) => (n <= 3 ? 'a 1–3' : n <= 9 ? 'b 4–9' : n <= 24 ? 'c 10–24' : 'd 25+')
  const salesOf = (n: number) =>
    n === 0 ? 'a 0' : n <= 20 ? 'b 1–20' : n <= 100 ? 'c 21–100' : n <= 300 ? 'd 101–300' : 'e 301+'
  return {
    prefix: sliceHits(asked, lists, ({ items }) => sizeOf(items.length)),
    target: sliceHits(asked, lists, ({ relevant }) => salesOf(counts.get([...relevant][0]!) ?? 0)),
  }
}

function mib(bytes: Uint8Array): string {
  return `${(bytes.length / 2 ** 20).toFixed(1)} MiB`
}
