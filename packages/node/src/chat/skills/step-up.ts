import type { Money } from '@tillwright/core/contract'
import type { SkillCall } from '../skill.ts'

/**
 * From which amount, in minor units, a payment asks for a fresh proof of who pays, whatever its currency: 30.00, as the exemption for low values in
 * Europe has it (Commission Delegated Regulation (EU) 2018/389, article 16).
 */
export const STEP_UP_FROM_MINOR = 3_000

/** Whether somebody must prove again who they are before they move this much. */
export function needsStepUp(amount: Money, { isFresh }: Pick<SkillCall, 'isFresh'>): boolean {
  return amount.amount >= STEP_UP_FROM_MINOR && !isFresh
}
