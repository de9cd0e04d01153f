/**
 * What an answer must look like, in few bytes: a schema of the contract without its limits and formats. An object lists
 * the keys that are kept.
 */
export type Shape =
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'unknown'
  | { readonly [key: string]: Shape }
  | ShapeTuple

type ShapeTuple =
  | readonly ['optional' | 'nullable' | 'array' | 'record', Shape]
  | readonly ['default', Shape, unknown]
  | readonly ['enum', ...unknown[]]
  | readonly ['union', ...Shape[]]

/** Under which the shape of a route's events is kept, where it answers with JSON as well. */
export function eventName(route: string): string {
  return `${route}:event`
}

/** Thrown where a value does not have its shape. */
export class Misfit extends Error {
  /** Keys and indexes from the root to the place. */
  readonly path: readonly string[]

  constructor(path: readonly string[], expected: string, value: unknown) {
    super(`expected ${expected}, got ${value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value}`)
    this.path = path
  }
}

/** The value with what its shape knows of it, defaults filled in; throws `Misfit` where they do not agree. */
export function fitted(shape: Shape, value: unknown, path: readonly string[] = []): unknown {
  if (typeof shape === 'string') {
    if (isScalar(shape, value)) return value
    throw new Misfit(path, shape, value)
  }
  if (isTuple(shape)) return fittedTuple(shape, value, path)
  const object = objectOf(value, path)
  const result: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(shape)) {
    const part = fitted(inner, object[key], [...path, key])
    if (part !== undefined) result[key] = part
  }
  return result
}

function fittedTuple(shape: ShapeTuple, value: unknown, path: readonly string[]): unknown {
  switch (shape[0]) {
    case 'optional':
      return value === undefined ? undefined : fitted(shape[1], value, path)
    case 'nullable':
      return value === null ? null : fitted(shape[1], value, path)
    case 'default':
      return value === undefined ? shape[2] : fitted(shape[1], value, path)
    case 'array':
      if (!Array.isArray(value)) throw new Misfit(path, 'array', value)
      return value.map((item, index) => fitted(shape[1], item, [...path, `${index}`]))
    case 'record':
      return Object.fromEntries(
        Object.entries(objectOf(value, path)).map(([key, part]) => [key, fitted(shape[1], part, [...path, key])]),
      )
    case 'enum':
      if (shape.indexOf(value, 1) > 0) return value
      throw new Misfit(path, shape.slice(1).join(' or '), value)
    case 'union':
      return fittedUnion(shape.slice(1) as Shape[], value, path)
  }
}

/** The first of the shapes that fits. */
function fittedUnion(shapes: readonly Shape[], value: unknown, path: readonly string[]): unknown {
  for (const shape of shapes) {
    try {
      return fitted(shape, value, path)
    } catch (error) {
      if (!(error instanceof Misfit)) throw error
    }
  }
  throw new Misfit(path, 'another variant', value)
}

function isScalar(shape: string, value: unknown): boolean {
  if (shape === 'unknown') return value !== undefined
  return shape === 'integer' ? Number.isSafeInteger(value) : typeof value === shape
}

function objectOf(value: unknown, path: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new Misfit(path, 'object', value)
}

function isTuple(shape: object): shape is ShapeTuple {
  return Array.isArray(shape)
}
