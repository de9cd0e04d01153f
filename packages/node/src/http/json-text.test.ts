import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countKeys, MAX_DEPTH, MAX_KEYS, shapeOf } from './json-text.ts'

const hasTwice = (text: string) => shapeOf(text).names !== countKeys(JSON.parse(text))

describe('a key that comes twice', () => {
  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"a":2}',
    '[{"b":{"a":1 , "a" : 2}}]',
    '{"a":1,"\\u0061":2}',
    '{"a":{},"b":[],"a":{}}',
    '{"":1,"":2}',
    '{"__proto__":1,"__proto__":2}',
    '{"\\"":1,"\\"":2}',
    '{"\\\\":":","\\\\":1}',
    '{"a":1\n,\t"a"\r\n:\t1}',
  ])('is found in %s', (text) => {
    expect(hasTwice(text)).toBe(true)
  })

  it.each([
    '{}',
    '"a"',
    'null',
    '[]',
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"b\\":1","c":":","d":"\\\\"}',
    '{"a":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a":"\\"a\\" : 1"}',
    '{"__proto__":1,"constructor":2}',
    '{"1":1,"01":2}',
    '[":", ":" , "a"]',
  ])('is not seen where there is none: %s', (text) => {
    expect(hasTwice(text)).toBe(false)
  })

  it('is told from any other JSON, however it is written', () => {
    const spaces = fc.constantFrom(undefined, 1, '\t', 3)
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), spaces, (value, space) => {
        const text = JSON.stringify(value, null, space)
        expect(hasTwice(text)).toBe(false)
        expect(hasTwice(`{"k":${text} , "k":${text}}`)).toBe(true)
      }),
      { seed: 43, numRuns: 2_000 },
    )
  })
})

describe('the shape of a JSON text', () => {
  it('is too deep beyond 64 levels, and not before', () => {
    const nested = (depth: number) => `${'{"a":['.repeat(depth / 2)}${']}'.repeat(depth / 2)}`
    expect(shapeOf(nested(MAX_DEPTH))).toMatchObject({ isTooDeep: false, names: MAX_DEPTH / 2 })
    expect(shapeOf(nested(MAX_DEPTH + 2)).isTooDeep).toBe(true)
    expect(shapeOf(`${'[]'.repeat(1_000)}`).isTooDeep).toBe(false)
    expect(shapeOf(JSON.stringify('['.repeat(1_000))).isTooDeep).toBe(false)
  })

  it('is too wide with more than 1,000 keys in one object, and not with as many in several', () => {
    const wide = (keys: number) => `{${Array.from({ length: keys }, (_, i) => `"k${i}":1`).join()}}`
    expect(shapeOf(wide(MAX_KEYS)).isTooWide).toBe(false)
    expect(shapeOf(wide(MAX_KEYS + 1)).isTooWide).toBe(true)
    expect(shapeOf(`[${wide(600)},${wide(600)}]`)).toMatchObject({ isTooWide: false, names: 1_200 })
  })

  it.each(['', '"', '{"a', '\\"', ']]]}}}', '{"a":"\\', ':::'])('is asked of %j without harm', (text) => {
    expect(shapeOf(text)).toMatchObject({ isTooDeep: false, isTooWide: false })
  })
})
