import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { isStream, type Route } from './define.ts'
import { exampleOf } from './example-of.ts'
import { contract } from './index.ts'

const parts = Object.entries(contract).flatMap(([domain, routes]) =>
  Object.entries(routes as Record<string, Route>).flatMap(([name, { params, query, body, output }]) =>
    Object.entries({ params, query, body, output: isStream(output) ? output.event : output })
      .filter(([, schema]) => typeof schema === 'object' && schema !== null && '_zod' in schema)
      .map(([part, schema]): [string, z.ZodMiniType] => [`${domain}.${name} ${part}`, schema as z.ZodMiniType]),
  ),
)

describe('exampleOf', () => {
  it.each(parts)('fits %s', (_, schema) => {
    expect(z.safeParse(schema, exampleOf(schema)).error?.issues).toBeUndefined()
  })

  it('is the same each time', () => {
    for (const [, schema] of parts) expect(exampleOf(schema)).toEqual(exampleOf(schema))
  })

  it('is what goes over the wire: JSON and nothing else', () => {
    for (const [, schema] of parts) expect(JSON.parse(JSON.stringify(exampleOf(schema)))).toEqual(exampleOf(schema))
  })

  it('has every optional field, so that nothing of a shape goes unseen', () => {
    expect(exampleOf(z.object({ sure: z.string(), maybe: z.optional(z.int()) }))).toEqual({ sure: 'text', maybe: 1 })
  })

  it.each([
    ['a bounded number', z.number().check(z.gte(7), z.lte(8))],
    ['an integer below 0', z.int().check(z.lte(-5))],
    ['a number that must not be 1', z.int().check(z.refine((value) => value !== 1))],
    ['a long text', z.string().check(z.minLength(40))],
    ['a list with two items at least', z.array(z.string()).check(z.minLength(2))],
    ['a list without items', z.array(z.string()).check(z.maxLength(0))],
    ['one of several', z.union([z.literal('a'), z.int()])],
    ['null or a text', z.nullable(z.string())],
    ['a record', z.record(z.string().check(z.maxLength(4)), z.boolean())],
    ['an id of ours', z.string().check(z.regex(/^usr_[0-9a-z]{26}$/))],
    ['anything', z.unknown()],
  ])('knows %s', (_, schema) => {
    expect(z.safeParse(schema, exampleOf(schema as z.ZodMiniType)).success).toBe(true)
  })

  it('says which schema it has nothing for', () => {
    expect(() => exampleOf(z.object({ code: z.string().check(z.regex(/^\d{6}$/)) }))).toThrow(
      /no example for code: .*\\d\{6\}/,
    )
  })

  it('ends lists, so that walking them does', () => {
    expect(exampleOf(contract.orders.list.output).nextCursor).toBeNull()
  })
})
