import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasDuplicateKeys } from './duplicate-keys.ts'

const isTwice = (text: string) => hasDuplicateKeys(text, JSON.parse(text))

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
    expect(isTwice(text)).toBe(true)
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
    expect(isTwice(text)).toBe(false)
  })

  it('is told from any other JSON, however it is written', () => {
    const spaces = fc.constantFrom(undefined, 1, '\t', 3)
    fc.assert(
      fc.property(fc.jsonValue(), spaces, (value, space) => {
        expect(isTwice(JSON.stringify(value, null, space))).toBe(false)
        // Whatever the value is, an object that has it twice under one name is found.
        const text = JSON.stringify(value, null, space)
        expect(isTwice(`{"k":${text} , "k":${text}}`)).toBe(true)
      }),
      { seed: 43, numRuns: 2_000 },
    )
  })

  it('is looked for to any depth', () => {
    const depth = 100_000
    const text = `${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`
    let value: unknown = 1
    for (let i = 0; i < depth; i++) value = { a: [value] }
    expect(hasDuplicateKeys(text, value)).toBe(false)
  })
})
