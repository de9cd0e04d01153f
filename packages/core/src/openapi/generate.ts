import * as z from 'zod/mini'
import { type Access, type Contract, isFile, isStream, paramKey, type Route } from '../contract/define.ts'
import { exampleOf } from '../contract/example-of.ts'
import * as exported from '../contract/index.ts'
import { ERROR_CODES, type ErrorCode, PROBLEM_TYPE } from '../contract/problem.ts'

type Json = Record<string, unknown>

export interface OpenApiOptions {
  readonly version: string
  readonly docs: Readonly<Record<string, Readonly<Record<string, { summary: string; description?: string }>>>>
  /** What the server sends to addresses that were registered. */
  readonly webhooks?: Readonly<Record<string, OpenApiWebhook>>
}

export interface OpenApiWebhook {
  readonly summary: string
  /** Of the body. */
  readonly schema: z.ZodMiniType
  readonly example: object
}

const COMPONENTS = '#/components/schemas/'

/** The contract as an OpenAPI 3.1 document. Both sides of a route are described as what goes over the wire. */
export function openApi(contract: Contract, options: OpenApiOptions): Json {
  const routes = Object.entries(contract).flatMap(([domain, group]) =>
    Object.entries(group).map(([name, route]) => ({ domain, name, route })),
  )
  const schemas = jsonSchemas(routes)
  const paths: Record<string, Json> = {}
  for (const { domain, name, route } of routes) {
    paths[route.path] ??= {}
    paths[route.path]![route.method.toLowerCase()] = {
      operationId: `${domain}.${name}`,
      tags: [domain],
      ...options.docs[domain]?.[name],
      ...(route.deprecated ? { deprecated: true } : {}),
      security: security(route.access),
      parameters: parameters(route, schemas.of(`${domain}.${name}.params`), schemas.of(`${domain}.${name}.query`)),
      ...requestBody(route, schemas.of(`${domain}.${name}.body`)),
      responses: responses(route, schemas.of(`${domain}.${name}.output`), schemas.of(`${domain}.${name}.event`)),
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tillwright',
      version: options.version,
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'Every path below `/api`, `/auth` and `/admin` is also served with its version: `/api/v1/…`. Unversioned means v1, ' +
        'and v1 only ever grows. Errors are `application/problem+json` (RFC 9457) with a stable `code`. Every POST takes an ' +
        '`Idempotency-Key`. Every answer carries `X-Request-Id`.',
    },
    tags: Object.keys(contract).map((name) => ({ name })),
    paths,
    ...(options.webhooks ? { webhooks: webhooks(options.webhooks) } : {}),
    components: {
      schemas: schemas.components,
      securitySchemes: {
        publishableKey: { type: 'apiKey', in: 'query', name: 'key', description: 'A publishable key, `pk_…`.' },
        secretKey: { type: 'http', scheme: 'bearer', description: 'A secret key, `sk_…`; or a publishable one.' },
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'Of a person who is signed in.',
        },
        sessionCookie: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-tw_access',
          description: 'Of a browser in which a person is signed in. Changes need an allowed `Origin`.',
        },
      },
    },
  }
}

function webhooks(kinds: Readonly<Record<string, OpenApiWebhook>>): Json {
  const headers = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
    name,
    in: 'header',
    required: true,
    schema: { type: 'string' },
  }))
  const entries = Object.entries(kinds).map(([name, { summary, schema, example }]) => {
    const { $schema: _, ...body } = z.toJSONSchema(schema, { io: 'input' }) as Json
    const post = {
      summary,
      parameters: headers,
      requestBody: { required: true, content: { 'application/json': { schema: body, example } } },
      responses: { '2XX': { description: 'Arrived. Every other answer, redirects included, is tried again' } },
    }
    return [name, { post }]
  })
  return Object.fromEntries(entries)
}

interface NamedRoute {
  readonly domain: string
  readonly name: string
  readonly route: Route
}

/** JSON schemas of every part of every route; exported schemas of the contract become shared components. */
function jsonSchemas(routes: readonly NamedRoute[]) {
  const registry = z.registry<{ id: string }>()
  const refs = new Map<string, Json>()
  for (const [name, value] of Object.entries(exported)) {
    if (/^[A-Z]/.test(name) && isSchema(value)) registry.add(value, { id: name })
  }
  const inline = new Set<string>()
  for (const { domain, name, route } of routes) {
    const output = isStream(route.output) ? route.output.event : route.output
    const parts = { params: route.params, query: route.query, body: route.body, output, event: route.orStream?.event }
    for (const [part, schema] of Object.entries(parts)) {
      if (!isSchema(schema)) continue
      const id = `${domain}.${name}.${part}`
      const shared = registry.get(schema)?.id
      if (shared && !inline.has(shared)) {
        refs.set(id, { $ref: COMPONENTS + shared })
      } else {
        registry.add(schema, { id })
        inline.add(id)
      }
    }
  }
  const all = z.toJSONSchema(registry, { io: 'input', uri: (id) => COMPONENTS + id }).schemas as Record<string, Json>
  for (const schema of Object.values(all)) {
    delete schema.$schema
    delete schema.$id
  }
  return {
    components: Object.fromEntries(Object.entries(all).filter(([id]) => !inline.has(id))),
    of: (id: string): Json | undefined => refs.get(id) ?? all[id],
  }
}

function isSchema(value: unknown): value is z.ZodMiniType {
  return typeof value === 'object' && value !== null && '_zod' in value
}

function security(access: Access): Json[] {
  if (access.kind === 'public') return []
  if (access.kind === 'visitor') return [{}, { publishableKey: [] }, { secretKey: [] }]
  if (access.kind === 'person') return [{ accessToken: [] }, { sessionCookie: [] }]
  const keys = access.allow.includes('publishable') ? [{ publishableKey: [] }, { secretKey: [] }] : [{ secretKey: [] }]
  return access.permission === undefined ? keys : [...keys, { accessToken: [] }, { sessionCookie: [] }]
}

function parameters(route: Route, params: Json | undefined, query: Json | undefined): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: propertiesOf(params)[paramKey(name!)],
  }))
  const required = (query?.required as string[] | undefined) ?? []
  const inQuery = Object.entries(propertiesOf(query)).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
  const key = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 128 } }
  return [...inPath, ...inQuery, ...(route.method === 'POST' ? [key] : [])]
}

function propertiesOf(schema: Json | undefined): Record<string, Json> {
  return (schema?.properties as Record<string, Json> | undefined) ?? {}
}

function requestBody(route: Route, schema: Json | undefined): Json {
  if (route.body === undefined) return {}
  const content = isFile(route.body)
    ? Object.fromEntries(route.body.types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]))
    : { 'application/json': { schema, example: exampleOf(route.body) } }
  return { requestBody: { required: true, content } }
}

function eventMedia(event: Json | undefined): Json {
  return { schema: { type: 'string', description: 'Each `data` is JSON.' }, 'x-event': event }
}

function responses(route: Route, schema: Json | undefined, event: Json | undefined): Json {
  const status = route.status ?? (route.output === null ? 204 : 200)
  const good: Json = { description: 'A good answer' }
  if (isFile(route.output)) {
    good.content = Object.fromEntries(
      route.output.types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
    )
  } else if (isStream(route.output)) {
    good.content = { 'text/event-stream': eventMedia(schema) }
  } else if (route.output !== null) {
    good.content = {
      'application/json': { schema, example: exampleOf(route.output) },
      ...(route.orStream ? { 'text/event-stream': eventMedia(event) } : {}),
    }
  }
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of expectedErrors(route)) {
    const [errorStatus] = ERROR_CODES[code]
    byStatus.set(errorStatus, [...(byStatus.get(errorStatus) ?? []), code])
  }
  const errors = [...byStatus].map(([errorStatus, codes]) => [
    errorStatus,
    {
      description: codes.map((code) => `\`${code}\`: ${ERROR_CODES[code][1]}`).join('. '),
      content: { [PROBLEM_TYPE]: { schema: { $ref: `${COMPONENTS}Problem` } } },
    },
  ])
  const empty = route.orEmpty ? { 204: { description: 'A good answer with no body' } } : {}
  return { [status]: good, ...empty, ...Object.fromEntries(errors) }
}

/** What callers are told who may not call. */
function refusals(access: Access): readonly ErrorCode[] {
  if (access.kind === 'public') return []
  if (access.kind === 'visitor') return ['missing_key', 'invalid_key', 'origin_not_allowed']
  if (access.kind === 'key') {
    const forPeople = access.permission === undefined ? [] : (['invalid_token', 'forbidden'] as const)
    return ['missing_key', 'invalid_key', 'wrong_key_kind', ...forPeople]
  }
  const { permission, fresh } = access
  return [
    'sign_in_needed',
    'invalid_token',
    ...(permission === undefined ? [] : (['forbidden'] as const)),
    ...(fresh ? (['reauthentication_required'] as const) : []),
  ]
}

function expectedErrors(route: Route): ErrorCode[] {
  const codes = new Set<ErrorCode>(['internal_error', ...(route.errors ?? [])])
  for (const code of refusals(route.access)) codes.add(code)
  if (route.params || route.query || route.body) codes.add('invalid_input')
  if (route.body)
    for (const code of ['malformed_request', 'payload_too_large', 'unsupported_media_type'] as const) codes.add(code)
  if (route.method === 'POST') codes.add('idempotency_mismatch')
  return [...codes]
}
