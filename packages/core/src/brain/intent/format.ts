import type { NetworkShape } from './network.ts'
import type { Confusion } from './types.ts'

export const FORMAT = 'intent'
export const VERSION = 2

/** What of training is stated in the file's header for the reader. */
export interface IntentExtra {
  readonly language: string
  readonly linearBuckets: number
  readonly networks: readonly NetworkShape[]
  readonly mayAsk: number
  readonly mayGiveUp: number
  readonly confused: readonly Confusion[]
}
