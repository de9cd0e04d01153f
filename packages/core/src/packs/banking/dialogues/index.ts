import type { DialogueScript } from '../../../brain/dialogue/types.ts'
import { BANKING_BUILD } from './build.ts'
import { BANKING_TEST } from './test.ts'

/** A hundred conversations with the bank's assistant. */
export const bankingDialogues: readonly DialogueScript[] = [...BANKING_BUILD, ...BANKING_TEST]
