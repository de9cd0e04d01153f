import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerNode, type Handling } from './node.ts'

/** What is used of Express' request. */
export interface ExpressRequest extends IncomingMessage {
  /** Set by body parsers. */
  readonly body?: unknown
}

/** A handler as Express takes it; Connect and restana take it, too. */
export type ExpressHandler = (request: ExpressRequest, response: ServerResponse, next: (error: unknown) => void) => void

/**
 * A handler for Express 5. It answers everything below its mount path, 404 included, and calls `next` with errors only.
 *
 * ```ts
 * const app = express()
 * app.use('/brain', expressHandler(server))   // before express.json() and other body parsers
 * app.use(express.json())
 * ```
 *
 * Mount it before body parsers: Tillwright reads bodies itself, within its own limits, and needs their very bytes, by which
 * it tells whether a request is a repetition and whether a webhook's signature is right. A body that `express.raw()` has kept
 * as a `Buffer` serves as well. One that another parser has read is gone; `next` then gets an error that says so.
 *
 * The peer is that of the socket. Express' `trust proxy` has no say in it: Tillwright's own `trustedProxies` has.
 */
export function expressHandler(server: Handling): ExpressHandler {
  return (request, response, next) => {
    if (request.readableDidRead && !isEmpty(request) && !Buffer.isBuffer(request.body)) {
      next(new TypeError(BODY_IS_GONE))
      return
    }
    const body = Buffer.isBuffer(request.body) ? only(request.body) : undefined
    answerNode(server, request, response, { target: request.url, body }).catch(next)
  }
}

const BODY_IS_GONE =
  'A body parser has read the request before Tillwright could: ' +
  "mount expressHandler(server) with app.use before express.json(), express.urlencoded() and the like, or keep the body's bytes with express.raw()"

function isEmpty({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0
}

async function* only(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body
}
