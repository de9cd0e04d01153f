import type { PackIntent } from '../brain/dialogue/types.ts'
import type { SentencesByIntent } from './sentences.ts'

/** What a pack says of an intent beside its examples. */
export type IntentPlan = Omit<PackIntent, 'examples'>

/** Brings intents and their examples together. Throws where one has none of the other. */
export function packIntents(
  plans: Readonly<Record<string, IntentPlan>>,
  examples: SentencesByIntent,
): Record<string, PackIntent> {
  const lonely = Object.keys(examples).find((name) => !Object.hasOwn(plans, name))
  if (lonely !== undefined) throw new TypeError(`The examples of ${lonely} belong to no intent of the pack`)
  return Object.fromEntries(
    Object.entries(plans).map(([name, plan]) => {
      const said = examples[name]
      if (!said) throw new TypeError(`The intent ${name} has no examples`)
      return [name, { ...plan, examples: said }]
    }),
  )
}
