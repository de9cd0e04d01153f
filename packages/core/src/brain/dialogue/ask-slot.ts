import { type ChipAction, showItems } from './memory.ts'
import { valueAt } from './path.ts'
import { emit, offer, plainTextOf, scopeOf, textOf } from './say.ts'
import { type Session, topOf } from './session.ts'
import { isItemOf, valueOfItem } from './slot-value.ts'
import type { DialogueField, DialogueItem, Json, PackSlot } from './types.ts'
import { writeValue } from './write-value.ts'

const MAX_CHOICE_CHIPS = 8

interface Asking {
  readonly isOptional?: boolean
  readonly ask?: string
  readonly items?: readonly DialogueItem[]
  /** Offers a way out as well. */
  readonly hasWayOut?: boolean
}

/** Asks for a slot of the current goal. */
export function askSlot(session: Session, name: string, asking: Asking = {}): void {
  const { memory, pack } = session
  const slot = pack.slots[name]!
  const { isOptional = false, items = [] } = asking
  const tries = session.tries?.slot === name ? session.tries.tries : 0
  const template = asking.ask ?? slot.ask
  const text = textOf(session, template, { label: slot.label, example: slot.example })
  const act = (chip: string, action: ChipAction) => ({ label: plainTextOf(session, chip), action })
  const ways = [
    ...(isOptional ? [act('core.chip_skip', { does: 'act', act: 'skip' })] : []),
    ...(tries > 0 ? [act('core.chip_cancel', { does: 'act', act: 'cancel' })] : []),
  ]
  if (items.length > 0) showItems(memory, items)
  const chips = offer(session, [...answersFor(session, name, slot, items), ...ways])
  emit(session, { kind: 'ask', slot: name, template, text, field: fieldOf(slot, isOptional), chips })
  memory.expect = { kind: 'slot', slot: name, tries }
}

/** Buttons that answer a question. */
function answersFor(
  session: Session,
  name: string,
  slot: PackSlot,
  items: readonly DialogueItem[],
): { label: string; action: ChipAction }[] {
  const chip = (label: string, value: Json) => ({ label, action: { does: 'slots', slots: { [name]: value } } as const })
  const ofItem = (item: DialogueItem) => chip(item.name, valueOfItem(item, slot))
  if (items.length > 0) return items.slice(0, MAX_CHOICE_CHIPS).map(ofItem)
  if (slot.chips === 'choices' || (slot.chips === undefined && slot.kind === 'choice')) {
    return (slot.choices ?? []).slice(0, MAX_CHOICE_CHIPS).map(({ id, label }) => chip(label, id))
  }
  if (slot.kind === 'yes-no') {
    return [
      { label: plainTextOf(session, 'core.chip_yes'), action: { does: 'act', act: 'yes' } },
      { label: plainTextOf(session, 'core.chip_no'), action: { does: 'act', act: 'no' } },
    ]
  }
  if (slot.chips === 'list') {
    const list = slot.list ?? name
    const other = slot.check?.differsFrom
    const taken = other === undefined ? undefined : valueAt(topOf(session)?.slots[other], 'id')
    return (session.context.lists?.[list] ?? [])
      .filter(({ id }) => id !== taken)
      .slice(0, MAX_CHOICE_CHIPS)
      .map(({ id, name: label }) => ofItem({ list, id, name: label }))
  }
  if (typeof slot.chips === 'object') {
    const found = valueAt(scopeOf(session), slot.chips.from)
    const rows = Array.isArray(found) ? (found as readonly Json[]) : []
    return rows.slice(0, MAX_CHOICE_CHIPS).flatMap((row) => {
      const id = valueAt(row, 'id')
      if (typeof id !== 'string') return []
      return [
        ofItem({ list: slot.list ?? name, id, name: writeValue(row, undefined, { language: 'en', timeZone: 'UTC' }) }),
      ]
    })
  }
  const shown = session.memory.shown.filter((item) => isItemOf(item, slot, name))
  return shown.length > 1 ? shown.slice(0, MAX_CHOICE_CHIPS).map(ofItem) : []
}

function fieldOf(slot: PackSlot, isOptional: boolean): DialogueField {
  const { kind, label, example, choices, check = {} } = slot
  return {
    kind,
    label,
    example,
    isOptional,
    ...(choices && { choices: choices.map(({ id, label: text }) => ({ id, label: text })) }),
    ...(check.min !== undefined && { min: check.min }),
    ...(check.max !== undefined && { max: check.max }),
    ...(check.maxLength !== undefined && { maxLength: check.maxLength }),
  }
}
