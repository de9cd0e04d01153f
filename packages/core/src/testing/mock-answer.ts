import * as z from 'zod/mini'
import { type EventStream, type FileBody, isFile, isStream, type Route } from '../contract/define.ts'
import { exampleOf } from '../contract/example-of.ts'
import { MOCK_REQUEST_ID } from './problem-response.ts'

const BASE_HEADERS = { 'x-request-id': MOCK_REQUEST_ID, 'cache-control': 'no-store' }

/** What a route answers where the test does not say: an example of its output. */
export function exampleResult(route: Route, request: Request): unknown {
  const { output, orStream } = route
  if (orStream && request.headers.get('accept')?.includes('text/event-stream')) {
    return [{ id: '1', data: exampleOf(orStream.event) }]
  }
  if (output === null) return undefined
  if (isStream(output)) return [{ id: '1', data: exampleOf(output.event) }]
  if (isFile(output)) return { body: new TextEncoder().encode('example'), type: output.types[0] }
  return exampleOf(output)
}

/** Writes a result the way the server does; throws where it does not fit the contract, so that a test cannot lie. */
export async function mockResponse(route: Route, result: unknown): Promise<Response> {
  const { output } = route
  if (output === null) return new Response(null, { status: route.status ?? 204, headers: BASE_HEADERS })
  if (result === undefined && route.orEmpty) return new Response(null, { status: 204, headers: BASE_HEADERS })
  const status = route.status ?? 200
  if (route.orStream && isEvents(result)) return eventStreamResponse(route.orStream, result, status)
  if (isStream(output)) return eventStreamResponse(output, result as Events, status)
  if (isFile(output)) return fileResponse(output, result as MockFile, status)
  return new Response(JSON.stringify(z.parse(output, result)), {
    status,
    headers: { ...BASE_HEADERS, 'content-type': 'application/json' },
  })
}

type Events =
  | Iterable<{ readonly id?: string; readonly data: unknown }>
  | AsyncIterable<{ readonly id?: string; readonly data: unknown }>

function isEvents(result: unknown): result is Events {
  const value = Object(result) as object
  return Symbol.iterator in value || Symbol.asyncIterator in value
}

function eventStreamResponse({ event }: EventStream, source: Events, status: number): Response {
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const write = (text: string) => controller.enqueue(new TextEncoder().encode(text))
      for await (const { id, data } of source) {
        write(`${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(z.parse(event, data))}\n\n`)
      }
      write('event: end\ndata: null\n\n')
      controller.close()
    },
  })
  return new Response(body, {
    status,
    headers: { ...BASE_HEADERS, 'content-type': 'text/event-stream; charset=utf-8' },
  })
}

interface MockFile {
  readonly body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
  readonly type: string
  readonly etag?: string
  readonly filename?: string
}

function fileResponse({ types }: FileBody, { body, type, etag, filename }: MockFile, status: number): Response {
  if (!types.includes(type)) throw new TypeError(`A file of type ${type} is none of ${types.join(', ')}`)
  const headers = {
    ...BASE_HEADERS,
    'content-type': type,
    ...(etag ? { etag: `"${etag}"` } : {}),
    ...(filename ? { 'content-disposition': `attachment; filename="${filename}"` } : {}),
  }
  return new Response(body, { status, headers })
}
