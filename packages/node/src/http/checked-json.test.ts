import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { CheckedJson } from './checked-json.ts'

const SCHEMA = z.object({ id: z.string(), name: z.string() })
const json = CheckedJson.of(SCHEMA, { id: 'first', name: 'Thé “vert” £4' })

it('CheckedJson is measured in bytes, not in characters, also under another first value', () => {
  for (const one of [json, json.withFirst('id', 'another'), json.withFirst('id', 'b').withFirst('id', 'third-one')]) {
    expect(one.byteLength).toBe(Buffer.byteLength(one.text))
  }
})

it('CheckedJson under another first value is the same but for that', () => {
  const others = ['a', 'b'].map((id) => JSON.parse(json.withFirst('id', id).text))
  expect(others).toEqual(['a', 'b'].map((id) => ({ id, name: 'Thé “vert” £4' })))
})

it('CheckedJson refuses a key that is not the first, and a value that needs escapes', () => {
  expect(() => json.withFirst('name', 'a')).toThrow('not the first key')
  expect(() => json.withFirst('id', '"')).toThrow('needs escapes')
})
