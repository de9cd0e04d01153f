import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { isFile, isStream, type Route } from '../contract/define.ts'
import { exampleOf } from '../contract/example-of.ts'
import { contract } from '../contract/index.ts'
import { pageShapes } from './page-shapes.gen.ts'
import { fitted, Misfit } from './shape.ts'
import { shapeOf } from './shape-of.ts'
import { staffShapes } from './staff-shapes.gen.ts'

const answers = Object.entries(contract).flatMap(([domain, routes]) =>
  Object.entries(routes as Record<string, Route>).flatMap(([name, { output }]) => {
    if (output === null || isFile(output)) return []
    return [
      {
        name: `${domain}.${name}`,
        schema: isStream(output) ? output.event : output,
        shape: (pageShapes[domain]?.[name] ?? staffShapes[domain]![name])!,
      },
    ]
  }),
)

type Path = readonly (string | number)[]

/** Every place of a value, its root included. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))]
}

function changed(value: unknown, path: Path, change: (part: unknown) => unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return change(value)
  const copy = structuredClone(value) as Record<string, unknown>
  const part = changed(copy[key], rest, change)
  if (part === undefined && !Array.isArray(copy)) delete copy[key]
  else copy[key] = part
  return copy
}

describe('a shape', () => {
  it.each(answers)('of $name takes what the schema takes, unchanged', ({ schema, shape }) => {
    const example = exampleOf(schema)
    expect(fitted(shape, example)).toEqual(z.parse(schema, example))
  })

  it('refuses, in any answer of the contract, every value of a wrong type that the schema refuses', () => {
    const strangers = [undefined, null, true, 1, 1.5, 'text', [], {}, [{}]]
    for (const { name, schema, shape } of answers) {
      const example = exampleOf(schema)
      for (const path of pathsOf(example)) {
        for (const stranger of strangers) {
          const value = changed(example, path, () => stranger)
          const result = z.safeParse(schema, value)
          const isAboutTypes = result.error?.issues.some(
            ({ code }) => code === 'invalid_type' || code === 'invalid_value',
          )
          if (result.success) expect(fitted(shape, value), `${name} ${path.join('.')}`).toEqual(result.data)
          else if (isAboutTypes) {
            expect(() => fitted(shape, value), `${name} ${path.join('.')} = ${JSON.stringify(stranger)}`).toThrow(
              Misfit,
            )
          }
        }
      }
    }
  })

  it('never lets through a key that it does not know', () => {
    const keyed = fc.dictionary(fc.string(), fc.jsonValue())
    fc.assert(
      fc.property(keyed, (extra) => {
        const result = fitted({ id: 'string' }, { ...extra, id: 'a' })
        expect(result).toEqual({ id: 'a' })
      }),
    )
  })

  it('never throws anything but Misfit, whatever comes', () => {
    const { shape } = answers.find(({ name }) => name === 'status.get')!
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          fitted(shape, value)
        } catch (error) {
          expect(error).toBeInstanceOf(Misfit)
        }
      }),
    )
  })

  it('says where a value does not fit and what was expected there', () => {
    const shape = { items: ['array', { price: ['optional', { amount: 'integer' }] }] } as const
    const value = { items: [{}, { price: { amount: '12' } }] }
    expect(() => fitted(shape, value)).toThrow(
      expect.objectContaining({ path: ['items', '1', 'price', 'amount'], message: 'expected integer, got string' }),
    )
  })

  it('takes the first variant of a union that fits', () => {
    const shape = ['union', { kind: ['enum', 'a'], n: 'number' }, { kind: ['enum', 'b'] }] as const
    expect(fitted(shape, { kind: 'b', n: 1 })).toEqual({ kind: 'b' })
    expect(() => fitted(shape, { kind: 'c' })).toThrow(Misfit)
  })

  it('keeps whatever keys a record has, the awkward ones included', () => {
    const record = JSON.parse('{"__proto__": 1, "constructor": 2, "": 3}')
    const result = fitted(['record', 'number'], record) as Record<string, number>
    expect(Object.entries(result)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
      ['', 3],
    ])
  })

  it('cannot be made of a schema that no JSON fits', () => {
    expect(() => shapeOf(z.date())).toThrow(/date/)
  })
})
