import {
  type FieldProblem,
  isFile,
  newId,
  pathParams,
  type QueryDecoder,
  queryDecoder,
  type Route,
  type Upload,
} from '@tillwright/core/contract'
import { LRUCache } from 'lru-cache'
import * as z from 'zod/mini'
import type { Clock, FileStore, Random } from '../ports.ts'
import { mediaType, parseJson, readBody, receiveBytes, receiveFile, UPLOADS_FOLDER } from './body.ts'
import type { Incoming } from './incoming.ts'
import { ProblemError, problem } from './problem-error.ts'

export const DEFAULT_MAX_BODY_BYTES = 1 << 20
/** Problems beyond this number tell nobody more. */
const MAX_SHOWN_PROBLEMS = 50

export interface InputSource {
  readonly request: Incoming
  /** Path parameters, decoded, by their key. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
}

export interface ReadInput {
  /** Parameters, query and body in one object, checked. Shared between requests that ask the same: not to be changed. */
  readonly input: Readonly<Record<string, unknown>>
  /** The body as it came, for its fingerprint. */
  readonly body: Uint8Array | Upload
}

export interface InputPorts {
  readonly files: FileStore
  readonly clock: Clock
  readonly random: Random
}

const EMPTY = new Uint8Array()

/** Reads the input of a request; at once where the same was read before. */
export type InputReader = (source: InputSource) => ReadInput | Promise<ReadInput>

/** Prepares how the input of a route is read: everything that depends on the route alone is worked out once. */
export function inputReader(route: Route, ports: InputPorts): InputReader {
  const decodeQuery = queryDecoder(route.query)
  const hasParams = pathParams(route.path).length > 0
  const read = async ({ request, params, query }: InputSource): Promise<ReadInput> => {
    const problems: FieldProblem[] = []
    const input: Record<string, unknown> = {}
    if (hasParams) check(route.params!, params, input, problems)
    checkQuery(route.query, decodeQuery, query, input, problems)
    if (isFile(route.body)) {
      refuse(problems)
      if (route.body.raw) {
        const { type, bytes } = await receiveBytes(request, route.body)
        return { input: { ...input, type, bytes }, body: bytes }
      }
      const key = `${UPLOADS_FOLDER}${newId('upl', ports.clock, ports.random)}`
      const upload = await receiveFile(request, route.body, ports.files, key)
      return { input: { ...input, upload }, body: upload }
    }
    if (!route.body) {
      refuse(problems)
      return { input, body: EMPTY }
    }
    const body = await readJsonBytes(route, request)
    check(route.body, parseJson(body), input, problems)
    refuse(problems)
    return { input, body }
  }
  return hasParams || route.body ? read : remembering(read)
}

/** Queries remembered by each route that reads nothing else. */
const REMEMBERED_QUERIES = 1_000

/** What a query says depends on its text alone, and shop pages ask the same questions all day. */
function remembering(read: (source: InputSource) => Promise<ReadInput>): InputReader {
  const known = new LRUCache<string, ReadInput>({ max: REMEMBERED_QUERIES })
  const readAnew = async (source: InputSource) => {
    const fresh = await read(source)
    known.set(source.request.search, fresh)
    return fresh
  }
  return (source) => known.get(source.request.search) ?? readAnew(source)
}

function checkQuery(
  schema: z.ZodMiniObject | undefined,
  decode: QueryDecoder,
  query: URLSearchParams,
  into: Record<string, unknown>,
  problems: FieldProblem[],
): void {
  const decoded = decode(query)
  problems.push(...decoded.problems)
  if (schema) check(schema, decoded.input, into, problems)
}

function check(schema: z.ZodMiniType, value: unknown, into: Record<string, unknown>, problems: FieldProblem[]): void {
  const result = z.safeParse(schema, value)
  if (result.success) Object.assign(into, result.data)
  else for (const { path, message } of result.error.issues) problems.push({ path: path.join('.'), message })
}

function refuse(problems: readonly FieldProblem[]): void {
  if (problems.length > 0) throw new ProblemError('invalid_input', { errors: problems.slice(0, MAX_SHOWN_PROBLEMS) })
}

async function readJsonBytes(route: Route, request: Incoming): Promise<Uint8Array> {
  const type = mediaType(request)
  // A page on its way out can send text/plain only; see the client's beacons. A key, unlike a cookie, proves intent.
  const isBeacon = type === 'text/plain' && route.access.kind === 'key' && route.access.allow.includes('publishable')
  if (type !== 'application/json' && !isBeacon) {
    throw problem('unsupported_media_type', `The content type must be application/json, got ${type || 'none'}`)
  }
  return readBody(request, route.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES)
}
