import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerNode, type Handling } from './node.ts'
import { baseCutter, originForm } from './target.ts'

/** What is used of Fastify's request. */
export interface FastifyRequestLike {
  readonly raw: IncomingMessage
  readonly body: unknown
}

/** What is used of Fastify's reply. */
export interface FastifyReplyLike {
  readonly raw: ServerResponse
  getHeaders(): Record<string, number | string | string[] | undefined>
  hijack(): unknown
}

/** What is used of a Fastify instance. */
export interface FastifyLike {
  readonly prefix: string
  removeAllContentTypeParsers(): unknown
  addContentTypeParser(
    type: string,
    parser: (request: unknown, payload: IncomingMessage, done: (error: null, body: unknown) => void) => void,
  ): unknown
  all(path: string, handler: (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<void>): unknown
}

/**
 * A plugin for Fastify 5. It answers everything below its prefix, 404 included.
 *
 * ```ts
 * const app = fastify()
 * await app.register(fastifyPlugin(server), { prefix: '/brain' })
 * await app.listen({ port: 4000 })
 * ```
 *
 * Bodies pass through unparsed and within Tillwright's own limits, not `bodyLimit`; the parsers of the rest of the
 * application stay as they are. Hooks up to `preHandler` run, and headers that they set on the reply are sent; then Tillwright
 * writes the answer itself, so that `onSend` hooks do not see it and `onResponse` hooks do.
 */
export function fastifyPlugin(server: Handling): (app: FastifyLike) => Promise<void> {
  return async (app) => {
    const cutBase = baseCutter(app.prefix)
    const handler = async (request: FastifyRequestLike, reply: FastifyReplyLike) => {
      reply.hijack()
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) reply.raw.setHeader(name, value)
      }
      const target = cutBase(originForm(request.raw.url ?? '/'))
      await answerNode(server, request.raw, reply.raw, { target, body: bodyOf(request) })
    }
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    app.all('/*', handler)
    if (app.prefix !== '') app.all('/', handler)
  }
}

/** What a `preParsing` hook made of the body; `undefined` where it is still the message itself. */
function bodyOf({ raw, body }: FastifyRequestLike): AsyncIterable<Uint8Array> | undefined {
  return body === raw ? undefined : ((body ?? undefined) as AsyncIterable<Uint8Array> | undefined)
}
