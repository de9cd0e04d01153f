import { parseArgs } from 'node:util'
import { exportDevice, loadRecommender } from '../../src/brain/index.ts'
import { createBars } from './bars.ts'
import { trainOn } from './evaluate.ts'
import { checkGolden, KNOWN_FILE } from './golden.ts'
import { namesOf, ordersOf, SPLITS, splitOrders, type Task } from './protocol.ts'
import { type Part, runAs, runDaily, runOrigins, runSmall, runStatic } from './quality.ts'
import { readOrderFile } from './read-orders.ts'
import { runScale } from './scale.ts'
import { runLists, runNeighbours } from './speed.ts'

const TASKS: readonly Task[] = ['A', 'A+', 'B', 'C', 'C+', 'X']
/** The greatest power of ten of the cost table; three million orders are there from the sixth on. */
const POWER = 6
const MIB = 2 ** 20

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
    /** Shows task A by length of basket and by sales. */
    slices: { type: 'boolean', default: false },
    // Without any of these, all of them but `device` and `origins`.
    static: { type: 'boolean', default: false },
    /** Counts anew for each day of the test. */
    daily: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    /** Training and asking lists alone, and the file for browsers. */
    lists: { type: 'boolean', default: false },
    /** Costs for 10^3 … orders: the highest power of ten. */
    scale: { type: 'string' },
    /** What the device file answers. */
    device: { type: 'boolean', default: false },
    /** Several earlier splits, to tune on. */
    origins: { type: 'boolean', default: false },
  },
})
if (!values.data || (values.split !== 'val' && values.split !== 'test')) {
  console.error(
    'npm run bench:recommend -- --data FILE [--split val|test] [--tasks A,B] [--step N] [--slices]\n' +
      '  parts, all but the last two by default: --static --daily --small --lists --scale 6 --device --origins',
  )
  process.exit(2)
}

const file = readOrderFile(values.data)
const orders = ordersOf(file.lines)
const names = namesOf(file.lines)
console.log(`${file.rows} rows, ${file.lines.length} eligible lines, ${orders.length} baskets; Node ${process.version}`)
if (file.sha256 === KNOWN_FILE && !values.unchecked) {
  const wrong = checkGolden(file, splitOrders(orders, SPLITS.test))
  if (wrong.length > 0) throw new Error(`The protocol's golden values are not met:\n${wrong.join('\n')}`)
  console.log('golden case lists and conformance values: met')
}

const isAll = !['static', 'daily', 'small', 'lists', 'scale', 'device', 'origins'].some(
  (part) => values[part as keyof typeof values],
)
const split = splitOrders(orders, SPLITS[values.split])
const bars = createBars()
const part: Part = { split, names, tasks: values.tasks.split(',') as Task[], step: Number(values.step), bars }

if (values.origins) runOrigins(orders, names, part.tasks)
if (isAll || values.lists) runLists(split, names, bars)
if (isAll || values.static || values.daily || values.device) runTrained()
if (isAll || values.small) runSmall(part)
if (isAll || values.scale) runScale(split.train, Number(values.scale ?? POWER), bars)
// Bars are for the test; on other splits the table shows where one stands.
if (bars.print() > 0) process.exitCode = 1

function runTrained(): void {
  const { bytes, recommender, cpuSeconds } = trainOn(split.train, names)
  const memory = Math.round(process.memoryUsage().rss / MIB)
  const size = (bytes.length / MIB).toFixed(1)
  console.log(`\n${values.split}: trained in ${cpuSeconds.toFixed(1)} s CPU; model ${size} MiB, RSS ${memory} MB`)
  if (isAll || values.static) {
    const p99 = runStatic(recommender, part, values)
    if (part.tasks.includes('X')) runAs(recommender, 'similar', 'X', part)
    runNeighbours(bytes, split, bars)
    bars.most('everything: training, CPU', cpuSeconds, 15, ' s')
    bars.most('full blend: query p99', p99, 3, ' ms')
  }
  if (values.device) {
    console.log('\nthe device file answers')
    runStatic(loadRecommender(exportDevice(bytes)), { ...part, bars: createBars() }, values)
  }
  if (isAll || values.daily) runDaily(bytes, part)
}
