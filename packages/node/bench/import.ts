import { unpackedData } from './data.ts'
import { type Figure, median, runAlone } from './round.ts'

const ROUNDS = 7

interface Measured {
  readonly ms: number
  readonly rows: number
  readonly peakMib: number
}

/** Import of the 541,909 order lines against a bare insert loop, alternately, medians. */
export async function importFigures(): Promise<Figure[]> {
  const file = await unpackedData()
  const bare: number[] = []
  const ours: number[] = []
  let peakMib = 0
  for (let round = 0; round < ROUNDS; round++) {
    const yardstick = runAlone<Measured>('import-bare.ts', file)
    const measured = runAlone<Measured>('import-ours.ts', file)
    if (yardstick.rows !== measured.rows) throw new Error('The two did not read the same rows')
    bare.push((yardstick.rows / yardstick.ms) * 1000)
    ours.push((measured.rows / measured.ms) * 1000)
    peakMib = Math.max(peakMib, measured.peakMib)
  }
  const speeds = `${Math.round(median(ours)).toLocaleString('en')} of ${Math.round(median(bare)).toLocaleString('en')} rows/s, median of ${ROUNDS}`
  return [
    {
      what: 'import: rows/s against a bare insert loop',
      value: median(ours) / median(bare),
      unit: '×',
      bar: { sense: '>=', value: 0.6 },
      note: speeds,
    },
    {
      what: 'import: peak resident memory',
      value: peakMib,
      unit: 'MiB',
      bar: { sense: '<=', value: 400 },
      note: 'highest of all rounds',
    },
  ]
}
