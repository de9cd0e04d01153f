import type * as z from 'zod/mini'
import { type Contract, isFile, isStream, type Route } from '../contract/define.ts'
import { eventName, type Shape } from './shape.ts'

/** By domain and route, the shape of each answer that is JSON, and of each event of a stream. */
export type ShapeTable = Readonly<Record<string, Readonly<Record<string, Shape>>>>

/** Derived once, when the sources are generated, so that no client carries the schemas of answers. */
export function shapeTable(contract: Contract): ShapeTable {
  const domains = Object.entries(contract).map(([domain, routes]) => [domain, shapesOf(routes)] as const)
  return Object.fromEntries(domains)
}

function shapesOf(routes: Readonly<Record<string, Route>>): Record<string, Shape> {
  const shapes: Record<string, Shape> = {}
  for (const [name, { output, orStream }] of Object.entries(routes)) {
    if (orStream) shapes[eventName(name)] = shapeOf(orStream.event)
    if (isStream(output)) shapes[name] = shapeOf(output.event)
    else if (output !== null && !isFile(output)) shapes[name] = shapeOf(output)
  }
  return shapes
}

interface Definition {
  readonly type: string
  readonly format?: string
  readonly shape: Readonly<Record<string, z.ZodMiniType>>
  readonly innerType: z.ZodMiniType
  readonly element: z.ZodMiniType
  readonly valueType: z.ZodMiniType
  readonly defaultValue: unknown
  readonly entries: Readonly<Record<string, string | number>>
  readonly values: readonly unknown[]
  readonly options: readonly z.ZodMiniType[]
}

/** The shape of a schema. Throws for kinds of schema that JSON answers do not have: dates, transforms, functions. */
export function shapeOf(schema: z.ZodMiniType): Shape {
  const def = schema._zod.def as unknown as Definition
  switch (def.type) {
    case 'string':
    case 'boolean':
    case 'unknown':
      return def.type
    case 'number':
      return def.format === 'safeint' ? 'integer' : 'number'
    case 'object':
      return Object.fromEntries(Object.entries(def.shape).map(([key, inner]) => [key, shapeOf(inner)]))
    case 'optional':
    case 'nullable':
      return [def.type, shapeOf(def.innerType)]
    case 'default':
      return ['default', shapeOf(def.innerType), def.defaultValue]
    case 'array':
      return ['array', shapeOf(def.element)]
    case 'record':
      return ['record', shapeOf(def.valueType)]
    case 'enum':
      return ['enum', ...Object.values(def.entries)]
    case 'literal':
      return ['enum', ...def.values]
    case 'union':
      return ['union', ...def.options.map(shapeOf)]
    default:
      throw new TypeError(`An answer cannot hold a schema of type ${def.type}`)
  }
}
