import * as z from 'zod/mini'
import { sha256 } from '../brain/sha256.ts'
import { queryDecoder } from '../contract/decode-query.ts'
import { type FileBody, isFile, paramKey, type Route, type Upload } from '../contract/define.ts'
import type { FieldProblem } from '../contract/problem.ts'
import { problemResponse } from './problem-response.ts'

const DEFAULT_MAX_BODY_BYTES = 2 ** 20

/** The checked input of a request, in one flat object, or the refusal that the server would give. */
export type MockInput = { readonly input: Record<string, unknown> } | { readonly refusal: Response }

/** Reads a request the way the server does. `segments`: values of the path's parameters, still encoded, in order. */
export async function readMockInput(route: Route, request: Request, segments: readonly string[]): Promise<MockInput> {
  const problems: FieldProblem[] = []
  const input: Record<string, unknown> = {}
  if (route.params) {
    const params = decodeSegments(route.path, segments)
    if (!params) return { refusal: problemResponse('malformed_request', { detail: 'The address is badly encoded' }) }
    check(route.params, params, input, problems)
  }
  const decoded = queryDecoder(route.query)(new URL(request.url).searchParams)
  problems.push(...decoded.problems)
  if (route.query) check(route.query, decoded.input, input, problems)
  if (isFile(route.body)) {
    const body = await readFile(route.body, request)
    if (body instanceof Response) return { refusal: body }
    input.upload = body
  } else if (route.body) {
    const body = await readJson(route, request)
    if (body instanceof Response) return { refusal: body }
    check(route.body, body.json, input, problems)
  }
  return problems.length > 0 ? { refusal: problemResponse('invalid_input', { errors: problems }) } : { input }
}

function decodeSegments(path: string, segments: readonly string[]): Record<string, string> | undefined {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => paramKey(match[1]!))
  try {
    return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(segments[index]!)]))
  } catch {
    return undefined
  }
}

function check(schema: z.ZodMiniType, value: unknown, into: Record<string, unknown>, problems: FieldProblem[]): void {
  const result = z.safeParse(schema, value)
  if (result.success) Object.assign(into, result.data)
  else for (const { path, message } of result.error.issues) problems.push({ path: path.join('.'), message })
}

async function readJson(route: Route, request: Request): Promise<{ json: unknown } | Response> {
  const type = mediaType(request)
  const isBeacon = type === 'text/plain' && route.access.kind === 'key' && route.access.allow.includes('publishable')
  if (type !== 'application/json' && !isBeacon) {
    return unsupported(`The content type must be application/json, got ${type || 'none'}`)
  }
  const bytes = new Uint8Array(await request.arrayBuffer())
  const maxBytes = route.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES
  if (bytes.length > maxBytes) return tooLarge(maxBytes)
  try {
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) }
  } catch {
    return problemResponse('malformed_request', { detail: 'The body is not valid JSON' })
  }
}

async function readFile({ types, maxBytes }: FileBody, request: Request): Promise<Upload | Response> {
  const type = mediaType(request)
  if (!types.includes(type)) {
    return unsupported(`The content type must be one of ${types.join(', ')}, got ${type || 'none'}`)
  }
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (bytes.length > maxBytes) return tooLarge(maxBytes)
  return { key: 'uploads/mock', type, bytes: bytes.length, sha256: sha256(bytes) }
}

function unsupported(detail: string): Response {
  return problemResponse('unsupported_media_type', { detail })
}

function tooLarge(maxBytes: number): Response {
  return problemResponse('payload_too_large', { detail: `At most ${maxBytes} bytes are accepted here` })
}

function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
}
