import { createDialogue, intentAliasesOf, intentExamplesOf } from '@tillwright/core/brain'
import { bankingPack, shopPack } from '@tillwright/core/packs'
import type { ChatBrain } from './ports.ts'

/** The engine with the packs that come with it. */
export const builtInBrain: ChatBrain = {
  packs: { shop: shopPack, banking: bankingPack },
  createDialogue,
  examplesOf: intentExamplesOf,
  aliasesOf: intentAliasesOf,
}
