import type { IntentAliases } from '../intent/aliases.ts'
import type { IntentExample } from '../intent/types.ts'
import type { DialoguePack } from './types.ts'

/** What `trainIntent` takes for a pack: its examples, and what is out of scope. */
export function intentExamplesOf({ intents, outOfScope = [] }: DialoguePack): IntentExample[] {
  return [
    ...Object.entries(intents).flatMap(([intent, { examples }]) => examples.map((text) => ({ text, intent }))),
    ...outOfScope.map((text) => ({ text, intent: null })),
  ]
}

/** What `loadIntent` takes as `aliases` for a pack. Intents without examples are unknown to a model, and left out. */
export function intentAliasesOf({ intents }: DialoguePack): IntentAliases {
  return Object.fromEntries(
    Object.entries(intents).flatMap(([name, { aliases, examples }]) =>
      aliases?.length && examples.length > 0 ? [[name, aliases]] : [],
    ),
  )
}
