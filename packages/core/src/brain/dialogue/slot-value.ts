import { amountOf } from '../intent/entities/find-money.ts'
import type { Entity } from '../intent/entities/types.ts'
import { minorDigits } from '../money/parse-amount.ts'
import { valueAt } from './path.ts'
import type { DialogueItem, Json, PackSlot } from './types.ts'

/** What an entity is worth to a slot; `undefined` where it is of another kind. `isLoose`: a bare number may be a sum or an id. */
export function valueOfEntity(
  entity: Entity,
  { slot, name, currency, isLoose }: { slot: PackSlot; name: string; currency: string; isLoose: boolean },
): Json | undefined {
  switch (slot.kind) {
    case 'money':
      if (entity.kind === 'money') {
        const fits = slot.bound === undefined ? true : entity.bound === slot.bound || (isLoose && !entity.bound)
        return fits ? { amount: entity.amount, currency: entity.currency } : undefined
      }
      return isLoose && entity.kind === 'number' ? sumOf(entity.value, currency) : undefined
    case 'dates':
      return entity.kind === 'dates' ? { first: entity.first, last: entity.last } : undefined
    case 'number':
      return entity.kind === 'number' ? entity.value : undefined
    case 'order-id':
      if (entity.kind === 'order-id') return entity.id
      return isLoose && entity.kind === 'number' && /^#?\d{3,}$/.test(entity.text) ? entity.text : undefined
    case 'email':
      return entity.kind === 'email' ? entity.address : undefined
    case 'name':
      return entity.kind === 'name' && (entity.list === slot.list || entity.list === name)
        ? { list: entity.list, id: entity.id, name: '' }
        : undefined
    default:
      return entity.kind === 'name' && entity.list === name ? entity.id : undefined
  }
}

/** What a shown item is worth to a slot. */
export function valueOfItem(item: DialogueItem, slot: PackSlot): Json {
  return slot.kind === 'name' ? { list: item.list, id: item.id, name: item.name } : item.id
}

export function isItemOf(item: DialogueItem, slot: PackSlot, name: string): boolean {
  return item.list === slot.list || item.list === name
}

/** Whether two values are the same, whatever the order of keys. */
export function isSameValue(a: Json | undefined, b: Json | undefined): boolean {
  const [idA, idB] = [valueAt(a, 'id'), valueAt(b, 'id')]
  if (idA !== undefined || idB !== undefined) return idA === idB && valueAt(a, 'list') === valueAt(b, 'list')
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [keysA, keysB] = [Object.keys(a), Object.keys(b)]
  return keysA.length === keysB.length && keysA.every((key) => isSameValue(valueAt(a, key), valueAt(b, key)))
}

function sumOf(value: number, currency: string): Json | undefined {
  const amount = amountOf(String(value), currency) ?? Math.round(value * 10 ** minorDigits(currency))
  return Number.isSafeInteger(amount) ? { amount, currency } : undefined
}
