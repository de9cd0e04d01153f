import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { type Contract, isFile, isStream, type Route } from '../contract/define.ts'
import * as exported from '../contract/index.ts'
import { contract } from '../contract/index.ts'
import { tillwrightOpenApi } from './index.ts'

type Json = { readonly [key: string]: Json | Json[] | string | number | boolean | null | undefined }

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly security: readonly Json[]
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Json }[]
  readonly requestBody?: { required: boolean; content: Record<string, { schema: Json; example?: unknown }> }
  readonly responses: Record<
    string,
    { description: string; content?: Record<string, { schema: Json; example?: unknown }> }
  >
}

const document = tillwrightOpenApi('1.2.3') as unknown as {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly tags: readonly { name: string }[]
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly schemas: Record<string, Json>; readonly securitySchemes: Record<string, Json> }
}

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ id: operation.operationId, path, method, operation })),
)

/** Every object anywhere in the document. */
function* objectsOf(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Json
  for (const inner of Object.values(value)) yield* objectsOf(inner)
}

function routeOf(id: string): Route {
  const [domain, name] = id.split('.') as [string, string]
  return (contract as Contract)[domain]![name]!
}

describe('the OpenAPI document', () => {
  it('is 3.1 and says what it is of', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(document.info).toMatchObject({ title: 'Tillwright', version: '1.2.3' })
  })

  it('has an operation for each route, under an id of its own', () => {
    const ids = Object.entries(contract).flatMap(([domain, routes]) =>
      Object.keys(routes).map((name) => `${domain}.${name}`),
    )
    expect(operations.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  })

  it('refers to nothing that is not there', () => {
    const refs = [...objectsOf(document)].map(({ $ref }) => $ref).filter((ref) => ref !== undefined)
    expect(refs.length).toBeGreaterThan(0)
    for (const ref of refs) {
      const [, name] = /^#\/components\/schemas\/([\w.-]+)$/.exec(String(ref)) ?? []
      expect(document.components.schemas, String(ref)).toHaveProperty([name!])
    }
  })

  it('has no shared schema that nothing refers to, the contract’s own exports aside', () => {
    const used = new Set([...objectsOf(document)].map(({ $ref }) => $ref))
    const unused = Object.keys(document.components.schemas).filter((name) => !used.has(`#/components/schemas/${name}`))
    for (const name of unused) expect(exported).toHaveProperty(name)
  })

  it('uses only the keywords of JSON Schema 2020-12', () => {
    for (const schema of [...objectsOf(document.components.schemas)]) {
      expect(schema.$schema).toBeUndefined()
      expect(schema.nullable, 'nullable is of OpenAPI 3.0').toBeUndefined()
    }
  })

  it('tags every operation with a tag that exists', () => {
    const tags = document.tags.map(({ name }) => name)
    for (const { operation } of operations)
      expect(tags).toEqual(expect.arrayContaining((operation as never as { tags: string[] }).tags))
  })

  describe.each(operations)('$id', ({ id, path, method, operation }) => {
    const route = routeOf(id)

    it('stands at the route’s path and method', () => {
      expect([path, method]).toEqual([route.path, route.method.toLowerCase()])
    })

    it('declares each parameter of its path, and no other', () => {
      const inPath = operation.parameters.filter((parameter) => parameter.in === 'path')
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(inPath.map(({ name }) => name)).toEqual(names)
      for (const parameter of inPath) {
        expect(parameter.required).toBe(true)
        expect('$ref' in parameter.schema || parameter.schema.type === 'string').toBe(true)
      }
    })

    it('declares the parameters of its query with their schemas', () => {
      const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query')
      expect(inQuery.map(({ name }) => name)).toEqual(Object.keys(route.query?.shape ?? {}))
      for (const { schema } of inQuery) expect(schema).toBeTypeOf('object')
    })

    it('has no parameter twice', () => {
      const all = operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`)
      expect(new Set(all).size).toBe(all.length)
    })

    it('has the good status of the route, and describes every answer', () => {
      expect(operation.responses).toHaveProperty([String(route.status ?? (route.output === null ? 204 : 200))])
      for (const { description } of Object.values(operation.responses)) expect(description).not.toBe('')
    })

    it('has problem documents for its errors', () => {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (Number(status) >= 400) expect(Object.keys(content!)).toEqual(['application/problem+json'])
      }
      if (route.access.kind === 'key') expect(operation.responses).toHaveProperty('401')
    })

    it('names only security schemes that exist, and none where anyone may call', () => {
      if (route.access.kind === 'public') expect(operation.security).toEqual([])
      else expect(operation.security.length).toBeGreaterThan(0)
      for (const one of operation.security) {
        for (const name of Object.keys(one)) expect(document.components.securitySchemes).toHaveProperty(name)
      }
    })

    it('gives examples that the contract accepts', () => {
      if (route.body && !isFile(route.body)) {
        const { example } = operation.requestBody!.content['application/json']!
        expect(z.safeParse(route.body, example).success).toBe(true)
      }
      const { output } = route
      if (output !== null && !isFile(output) && !isStream(output)) {
        const { example } = operation.responses[route.status ?? 200]!.content!['application/json']!
        expect(z.safeParse(output, example).success).toBe(true)
      }
    })

    it('takes an Idempotency-Key exactly where it is a POST', () => {
      const headers = operation.parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name)
      expect(headers).toEqual(route.method === 'POST' ? ['Idempotency-Key'] : [])
    })
  })
})

describe('what is generated', () => {
  it('is fresh; if not, run `npm run generate`', () => {
    const script = fileURLToPath(new URL('../../../../scripts/generate.ts', import.meta.url))
    expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('')
  })
})
