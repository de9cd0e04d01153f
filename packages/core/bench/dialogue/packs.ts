import type { DialoguePack, DialogueScript } from '../../src/brain/dialogue/index.ts'
import { bankingDialogues } from '../../src/packs/banking/dialogues/index.ts'
import { bankingPack, shopPack } from '../../src/packs/index.ts'
import { shopDialogues } from '../../src/packs/shop/dialogues/index.ts'

export type PackName = 'shop' | 'banking'

export const PACKS: Readonly<
  Record<PackName, { readonly pack: DialoguePack; readonly scripts: readonly DialogueScript[] }>
> = {
  shop: { pack: shopPack, scripts: shopDialogues },
  banking: { pack: bankingPack, scripts: bankingDialogues },
}
