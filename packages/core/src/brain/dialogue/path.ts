import type { FlowCondition, FlowValue, Json } from './types.ts'

/** What lies at a path such as `slots.amount.currency`, or at an index; `undefined` where there is nothing. Own properties only. */
export function valueAt(root: unknown, path: string): Json | undefined {
  let here: unknown = root
  for (const name of path.split('.')) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, name)) return undefined
    here = (here as Readonly<Record<string, unknown>>)[name]
  }
  return here as Json | undefined
}

export function resolveValue(value: FlowValue, scope: unknown): Json | undefined {
  return typeof value === 'object' ? (valueAt(scope, value.from) ?? value.else) : value
}

/** Values by name; those that lead to nothing are left out. */
export function resolveValues(values: Readonly<Record<string, FlowValue>>, scope: unknown): Record<string, Json> {
  const found: Record<string, Json> = {}
  for (const [name, value] of Object.entries(values)) {
    const resolved = resolveValue(value, scope)
    if (resolved !== undefined && resolved !== null) found[name] = resolved
  }
  return found
}

export function holds(condition: FlowCondition, scope: unknown): boolean {
  if ('all' in condition) return condition.all.every((one) => holds(one, scope))
  if ('any' in condition) return condition.any.some((one) => holds(one, scope))
  if ('not' in condition) return !holds(condition.not, scope)
  const { of, isSet, is, isNot, isAbove, isBelow } = condition
  const value = valueAt(scope, of)
  if (isSet !== undefined && isSet !== isThere(value)) return false
  if (is !== undefined && value !== is) return false
  if (isNot !== undefined && value === isNot) return false
  if (isAbove !== undefined && !(sizeOf(value) > isAbove)) return false
  return isBelow === undefined || sizeOf(value) < isBelow
}

function isThere(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
}

/** Numbers as they are, money by its amount, lists by their length. */
function sizeOf(value: Json | undefined): number {
  if (typeof value === 'number') return value
  if (Array.isArray(value)) return value.length
  const amount = valueAt(value, 'amount')
  return typeof amount === 'number' ? amount : Number.NaN
}
