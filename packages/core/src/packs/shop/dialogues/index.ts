import type { DialogueScript } from '../../../brain/dialogue/types.ts'
import { SHOP_BUILD } from './build.ts'
import { SHOP_TEST } from './test.ts'

/** A hundred conversations with the shop's assistant. */
export const shopDialogues: readonly DialogueScript[] = [...SHOP_BUILD, ...SHOP_TEST]
