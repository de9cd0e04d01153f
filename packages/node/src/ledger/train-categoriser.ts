import { type CategoryExample, trainCategoriser } from '@tillwright/core/brain'

export interface CategoriserTraining {
  readonly examples: readonly CategoryExample[]
  /** ms since 1970. */
  readonly now: number
}

/** The work of a training, for a thread of its own. */
export async function* trainCategoriserFile({
  examples,
  now,
}: CategoriserTraining): AsyncGenerator<{ file: Uint8Array }> {
  yield { file: trainCategoriser(examples, { now }) }
}
