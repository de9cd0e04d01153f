import type * as z from 'zod/mini'
import type { FieldProblem } from './problem.ts'

type ScalarKind = 'string' | 'number' | 'boolean'

interface Parameter {
  readonly name: string
  readonly kind: ScalarKind
  readonly isArray: boolean
}

/** Turns a query string into the object that a route's schema checks: numbers and booleans become such. */
export type QueryDecoder = (query: URLSearchParams) => { input: Record<string, unknown>; problems: FieldProblem[] }

/** As much of an unknown name as is told back, in UTF-16 code units. */
const MAX_NAME_LENGTH = 100

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/

/**
 * Prepares the decoder of a query schema. A parameter given twice is refused unless it is a list; text that is no number
 * stays text, so that the schema says what is wrong with it. A parameter that the schema does not know is refused, since it is
 * misspelt or meant for another route; all are, where there is no schema. Only `key`, which says who asks, goes with any.
 */
export function queryDecoder(schema: z.ZodMiniObject | undefined): QueryDecoder {
  const parameters = Object.entries(schema?.shape ?? {}).map(([name, field]) =>
    parameterOf(name, field as z.ZodMiniType),
  )
  const known = new Set(['key', ...parameters.map(({ name }) => name)])
  return (query) => {
    const input: Record<string, unknown> = {}
    const problems: FieldProblem[] = []
    for (const { name, kind, isArray } of parameters) {
      const values = query.getAll(name)
      if (values.length === 0) continue
      if (isArray) input[name] = values.map((value) => decode(value, kind))
      else if (values.length === 1) input[name] = decode(values[0]!, kind)
      else problems.push({ path: name, message: `is given ${values.length} times, once is expected` })
    }
    for (const name of new Set(query.keys())) {
      if (!known.has(name)) problems.push({ path: name.slice(0, MAX_NAME_LENGTH), message: 'is not known here' })
    }
    return { input, problems }
  }
}

function decode(text: string, kind: ScalarKind): unknown {
  if (kind === 'number' && NUMBER.test(text)) return Number(text)
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

interface Definition {
  readonly type: string
  readonly innerType?: z.ZodMiniType
  readonly element?: z.ZodMiniType
}

function parameterOf(name: string, field: z.ZodMiniType): Parameter {
  const { type, innerType, element } = field._zod.def as unknown as Definition
  if (innerType) return parameterOf(name, innerType)
  if (type === 'array') return { ...parameterOf(name, element!), isArray: true }
  return { name, kind: type === 'number' || type === 'boolean' ? type : 'string', isArray: false }
}
