import { describe } from 'vitest'
import { EVERYDAY_PARAPHRASES } from '../everyday/paraphrases.ts'
import { describePack } from '../pack.suite.ts'
import { shopDialogues } from './dialogues/index.ts'
import { shopPack } from './pack.ts'
import { SHOP_PARAPHRASES } from './paraphrases.ts'

describe('the shop pack', () => {
  describePack({
    pack: shopPack,
    paraphrases: { ...EVERYDAY_PARAPHRASES, ...SHOP_PARAPHRASES },
    dialogues: shopDialogues,
  })
})
