import { gzipSync } from 'node:zlib'
import { exportDevice, loadRecommender } from '../../src/brain/index.ts'
import { readModelFile } from '../../src/brain/model-file.ts'
import { FORMAT, VERSION } from '../../src/brain/recommend/format.ts'
import { readModel } from '../../src/brain/recommend/read-model.ts'
import { createNeighbourSearch } from '../../src/brain/recommend/sessions.ts'
import type { Bars } from './bars.ts'
import { askAll, timesOf, trainOn } from './evaluate.ts'
import type { Split } from './protocol.ts'

const KIB = 1024
const DEVICE_KB = 200

/** What lists alone cost, what they answer, and the file that browsers get. */
export function runLists({ train, cases, counts }: Split, names: ReadonlyMap<string, string>, bars: Bars): void {
  const { bytes, cpuSeconds } = trainOn(train, names, { ranking: false })
  const device = exportDevice(bytes)
  const { p50, p99 } = askAll(loadRecommender(device), 'C', cases.C)
  const zipped = gzipSync(device, { level: 9 }).length
  console.log(`\nlists: trained in ${cpuSeconds.toFixed(2)} s CPU, asked p50 ${(p50 * 1e3).toFixed(0)} µs`)
  console.log(`device file: ${(zipped / KIB).toFixed(0)} KiB after gzip for ${counts.size} products sold`)
  bars.most('lists: training, CPU', cpuSeconds, 0.5, ' s')
  bars.most('lists: query p99', p99 * 1e3, 50, ' µs')
  bars.most('device file, gzip', zipped / 1e3, DEVICE_KB, ' KB')
}

/** Looks for the past baskets most like each one of task A. */
export function runNeighbours(bytes: Uint8Array, { cases }: Split, bars: Bars): void {
  const { sessions, index, itemCount } = readModel(readModelFile(bytes, FORMAT, VERSION))
  const search = createNeighbourSearch(sessions)
  const scores = new Float32Array(itemCount)
  const asked = cases.A.map(({ items }) => items.flatMap((id) => index.get(id) ?? []))
  const { p50, p99 } = timesOf(asked, (basket) => search(basket, scores, () => {}))
  console.log(`\npast baskets most like one: p50 ${p50.toFixed(3)} p99 ${p99.toFixed(3)} ms`)
  bars.most('VMIS-kNN: query p99', p99, 0.5, ' ms')
}
