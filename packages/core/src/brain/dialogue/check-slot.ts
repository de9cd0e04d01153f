import { dayAt, isoOf } from '../intent/entities/calendar-day.ts'
import { isSameValue } from './slot-value.ts'
import type { DialogueContext, Json, PackSlot } from './types.ts'

/** Why a value does not do: the template that says so, and what it says. */
export interface SlotRefusal {
  readonly template: string
  readonly data: Readonly<Record<string, Json>>
}

/** Characters of a free text, unless the slot says otherwise. */
export const MAX_SLOT_TEXT = 500

interface Checking {
  readonly slot: PackSlot
  readonly value: Json
  /** What the other slots hold. */
  readonly slots: Readonly<Record<string, Json>>
  readonly labelOf: (slot: string) => string
  readonly context: DialogueContext
}

/** `undefined` where the value will do. Sums of nothing or less never do, unless `min` says so. */
export function checkSlot({ slot, value, slots, labelOf, context }: Checking): SlotRefusal | undefined {
  const { check = {}, kind } = slot
  const refuse = (template: string, data: Readonly<Record<string, Json>> = {}): SlotRefusal => ({
    template: check.say ?? template,
    data,
  })
  const other = check.differsFrom
  if (other !== undefined && slots[other] !== undefined && isSameValue(slots[other], value)) {
    return refuse('core.slot_same', { other: labelOf(other) })
  }
  if (typeof value === 'object' && value !== null && 'amount' in value) {
    const { amount, currency } = value as { amount: number; currency: string }
    const min = check.min ?? 1
    if (amount < min) return refuse('core.slot_too_small', { min: { amount: min, currency } })
    if (check.max !== undefined && amount > check.max) {
      return refuse('core.slot_too_large', { max: { amount: check.max, currency } })
    }
  }
  if (typeof value === 'number') {
    if (check.min !== undefined && value < check.min) return refuse('core.slot_too_small', { min: check.min })
    if (check.max !== undefined && value > check.max) return refuse('core.slot_too_large', { max: check.max })
  }
  if (kind === 'dates' && typeof value === 'object' && value !== null) {
    const { first } = value as { first: string; last: string }
    const today = isoOf(dayAt(context.now, context.timeZone))
    if (check.notBeforeToday && first < today) return refuse('core.slot_in_past')
    if (check.notAfterToday && first > today) return refuse('core.slot_in_future')
  }
  if (typeof value === 'string') {
    const most = Math.min(check.maxLength ?? MAX_SLOT_TEXT, MAX_SLOT_TEXT * 2)
    if (value.length > most) return refuse('core.slot_too_long', { max: most })
    if (value.length < (check.minLength ?? 1)) return refuse('core.slot_too_short')
    if (check.pattern !== undefined && !new RegExp(`^(?:${check.pattern})$`, 'iu').test(value)) {
      return refuse('core.slot_refused')
    }
  }
  return undefined
}
