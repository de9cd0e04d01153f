import { eventsOf, type FileBody, isFile, isStream, type Route } from '@tillwright/core/contract'
import * as z from 'zod/mini'
import { CheckedJson } from './checked-json.ts'
import { eventStream } from './event-stream.ts'
import type { Incoming } from './incoming.ts'
import { Reply } from './reply.ts'

/** An answer before headers that all answers share are added. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Values of `Set-Cookie`, each a header of its own: of all headers only this one cannot be joined (RFC 9110 §5.3). */
  readonly cookies?: readonly string[]
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | null
  /** Of the body, where it is known: to measure a text is a good part of sending it. */
  readonly byteLength?: number | undefined
}

interface FileResult {
  readonly body: Uint8Array | ReadableStream<Uint8Array>
  readonly type: string
  readonly etag?: string
  readonly filename?: string
}

/**
 * Prepares how the results of a route are written. JSON passes through the route's schema, so that nothing reaches the wire
 * that the contract does not know; a result that does not fit throws, since that is a fault of ours.
 */
export function answerWriter(route: Route): (result: unknown, request: Incoming) => Answer {
  const write = resultWriter(route)
  return (result, request) => {
    if (!(result instanceof Reply)) return write(result, request)
    return { ...write(result.result, request), cookies: result.cookies }
  }
}

function resultWriter(route: Route): (result: unknown, request: Incoming) => Answer {
  const headers = headersOf(route)
  const { output } = route
  if (output === null) return () => ({ status: route.status ?? 204, headers, body: null })
  const status = route.status ?? 200
  const events = eventsOf(route)
  const streamHeaders = { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' }
  const streamAnswer = (result: unknown): Answer => ({
    status,
    headers: streamHeaders,
    body: eventStream(checked(result as AsyncIterable<{ data: unknown }>, events!.event)),
  })
  if (isStream(output)) return streamAnswer
  if (isFile(output)) return (result, request) => fileAnswer(output, result as FileResult, status, headers, request)
  const jsonHeaders = { ...headers, 'content-type': 'application/json' }
  return (result) => {
    if (result === undefined && route.orEmpty) return { status: 204, headers, body: null }
    if (events && isAsyncIterable(result)) return streamAnswer(result)
    if (result instanceof CheckedJson) {
      return { status, headers: jsonHeaders, body: result.text, byteLength: result.byteLength }
    }
    return { status, headers: jsonHeaders, body: JSON.stringify(z.parse(output, result)) }
  }
}

function isAsyncIterable(result: unknown): boolean {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result
}

function headersOf({ cacheControl = 'no-store', deprecated }: Route): Record<string, string> {
  const headers: Record<string, string> = { 'cache-control': cacheControl }
  if (deprecated) {
    headers.deprecation = `@${Math.floor(Date.parse(deprecated.since) / 1000)}` // RFC 9745
    if (deprecated.sunset) headers.sunset = new Date(deprecated.sunset).toUTCString() // RFC 8594
    if (deprecated.link) headers.link = `<${deprecated.link}>; rel="deprecation"`
  }
  return headers
}

async function* checked(source: AsyncIterable<{ id?: string; data: unknown }>, schema: z.ZodMiniType) {
  for await (const { id, data } of source) yield { ...(id === undefined ? {} : { id }), data: z.parse(schema, data) }
}

function fileAnswer(
  { types }: FileBody,
  { body, type, etag, filename }: FileResult,
  status: number,
  headers: Readonly<Record<string, string>>,
  request: Incoming,
): Answer {
  if (!types.includes(type))
    throw new TypeError(`A handler answered with ${type}; the contract allows ${types.join(', ')}`)
  const extra: Record<string, string> = { 'content-type': type }
  if (etag) extra.etag = `"${etag}"`
  if (filename) extra['content-disposition'] = `attachment; filename="${filename.replace(/[^\w.-]/g, '_')}"`
  if (etag && request.header('if-none-match')?.includes(extra.etag!)) {
    return { status: 304, headers: { ...headers, ...extra }, body: null }
  }
  return { status, headers: { ...headers, ...extra }, body }
}
