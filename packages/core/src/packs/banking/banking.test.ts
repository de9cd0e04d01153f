import { describe } from 'vitest'
import { EVERYDAY_PARAPHRASES } from '../everyday/paraphrases.ts'
import { describePack } from '../pack.suite.ts'
import { bankingDialogues } from './dialogues/index.ts'
import { bankingPack } from './pack.ts'
import { BANKING_PARAPHRASES } from './paraphrases.ts'

describe('the banking pack', () => {
  describePack({
    pack: bankingPack,
    paraphrases: { ...EVERYDAY_PARAPHRASES, ...BANKING_PARAPHRASES },
    dialogues: bankingDialogues,
  })
})
