import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Runs a bench program in a process of its own and reads the JSON of its last line. */
export function runAlone<T>(program: string, ...args: string[]): T {
  const path = fileURLToPath(new URL(program, import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`)
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as T
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** One line of the table. */
export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit: string
  /** What must hold: `>= 0.6`. */
  readonly bar: { readonly sense: '>=' | '<='; readonly value: number }
  /** How it came about. */
  readonly note: string
}
