import type { Weights } from './rank.ts'

/** A sum of features through the logistic function: how likely the first choice is right. */
export type Calibration = Weights

export type LearntField = 'merchant' | 'date' | 'total'

/** What was learnt from receipts with known answers. */
export interface Learnt {
  readonly weights: Readonly<Record<LearntField, Weights>>
  readonly calibration: Readonly<Record<LearntField, Calibration>>
  /** Names of merchants, and on how many receipts each was. */
  readonly merchants: readonly (readonly [string, number])[]
}

/** Reads a table as training writes it: a name, a tab and hundredths on each line. */
export function weights(table: string): Weights {
  const lines = table.split('\n').filter(Boolean)
  return Object.fromEntries(
    lines.map((line) => {
      const tab = line.lastIndexOf('\t')
      return [line.slice(0, tab), Number(line.slice(tab + 1)) / 100]
    }),
  )
}
