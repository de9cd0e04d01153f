import type { Json, JsonObject } from '@tillwright/core/brain'
import type { Money } from '@tillwright/core/contract'

/** Arguments come out of a flow, which is data: each is read for what it must be, and is absent where it is not. */
export function textArgument(args: JsonObject, name: string): string | undefined {
  const value = args[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function moneyArgument(args: JsonObject, name: string): Money | undefined {
  const value = objectOf(args[name])
  const { amount, currency } = value ?? {}
  if (!Number.isSafeInteger(amount) || typeof currency !== 'string') return undefined
  return { amount: amount as number, currency }
}

export function datesArgument(args: JsonObject, name: string): { first: string; last: string } | undefined {
  const { first, last } = objectOf(args[name]) ?? {}
  return typeof first === 'string' && typeof last === 'string' ? { first, last } : undefined
}

export function numberArgument(args: JsonObject, name: string): number | undefined {
  const value = args[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

function objectOf(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}
