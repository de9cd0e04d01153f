import { createHash } from 'node:crypto'
import { newId, type WebhookScheme } from '@tillwright/core/contract'
import type { Database } from '../db/open.ts'
import { problem } from '../http/problem-error.ts'
import type { Clock, Logger, Random } from '../ports.ts'
import type { SecretBox } from '../security/secret-box.ts'
import type { IncomingHandler } from './ports.ts'
import { SCHEMES } from './schemes/index.ts'
import { type VerifiedEvent, WebhookSignatureError } from './schemes/scheme.ts'
import { isPing } from './schemes/woocommerce.ts'
import { sourceContext } from './secrets.ts'
import { digestOfEvent, findSource, findSourceAnywhere, insertEvent } from './sources-store.ts'

/** Schemes whose senders tell of an event again in other words, under its id: what came first stands. */
const REWORDING: ReadonlySet<string> = new Set<WebhookScheme>(['stripe'])

export interface ReceivedRequest {
  readonly sourceId: string
  readonly contentType: string
  readonly body: Uint8Array
  header(name: string): string | null
}

export interface ReceivePorts {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly box: () => Promise<SecretBox>
  /** Where a source sends to. */
  readonly urlOf: (sourceId: string) => string
  /** What handles the events of sources, by their scheme. */
  readonly handlers: Readonly<Partial<Record<WebhookScheme, IncomingHandler>>>
}

/**
 * Takes an event of another system: looks at its signature over the bytes as they came, under the secret of the one source that
 * the address names, and then, in one transaction, keeps its id and hands it to what handles it. A second time is answered and
 * does nothing; the same id with another body is refused, unless the scheme's senders do that. To whoever did not sign, the source does
 * not exist; only WooCommerce's ping is answered.
 */
export function webhookReceiver(ports: ReceivePorts) {
  const { database, clock, random, log } = ports

  async function existing({ sourceId }: ReceivedRequest): Promise<Source> {
    const source = await findSourceAnywhere(database, sourceId)
    if (!source) throw nothingHere()
    return { ...source, scheme: source.scheme as WebhookScheme }
  }

  async function verified(request: ReceivedRequest, { scheme, secret }: Source): Promise<VerifiedEvent> {
    const opened = (await ports.box()).open(secret, sourceContext(request.sourceId))
    const signed = { ...request, header: request.header, url: ports.urlOf(request.sourceId) }
    try {
      return SCHEMES[scheme](signed, Buffer.from(opened).toString(), clock())
    } catch (error) {
      if (!(error instanceof WebhookSignatureError)) throw error
      log.warn({ source: request.sourceId, why: error.code }, 'an incoming webhook was refused')
      throw nothingHere()
    }
  }

  async function keep(request: ReceivedRequest, tenantId: number, event: VerifiedEvent): Promise<Taken> {
    const { sourceId, body, contentType } = request
    const digest = createHash('sha256').update(body).digest('hex')
    return database.tenant(tenantId).transaction(async (tx) => {
      const source = await findSource(tx, sourceId)
      if (!source) throw nothingHere()
      const handle = ports.handlers[source.scheme as WebhookScheme]
      const receivedAt = clock()
      const isNew = await insertEvent(tx, {
        id: newId('whe', clock, random),
        source_id: sourceId,
        event_id: event.eventId,
        digest,
        kind: event.kind,
        state: handle ? 'handled' : 'kept',
        bytes: body.length,
        content_type: contentType,
        body: handle ? null : Buffer.from(body).toString('base64'),
        received_at: receivedAt,
      })
      if (!isNew) {
        if ((await digestOfEvent(tx, sourceId, event.eventId)) === digest) return { status: 'duplicate' }
        log.warn({ source: sourceId, event: event.eventId }, 'an incoming webhook came again with another body')
        if (REWORDING.has(source.scheme)) return { status: 'duplicate' }
        throw problem('conflict', 'An event of this id came before, with another body')
      }
      await handle?.(tx, { ...event, sourceId, sourceName: source.name, contentType, body, receivedAt })
      return { status: 'accepted' }
    })
  }

  return async (request: ReceivedRequest): Promise<Received> => {
    const source = await existing(request)
    if (source.scheme === 'woocommerce' && isPing(request)) return { status: 'ignored' }
    const taken = await keep(request, source.tenantId, await verified(request, source))
    // Twilio reads what it is answered, as orders for its call or message: it gets none.
    return source.scheme === 'twilio' ? undefined : taken
  }
}

interface Source {
  readonly tenantId: number
  readonly scheme: WebhookScheme
  readonly secret: string
}

interface Taken {
  readonly status: 'accepted' | 'duplicate'
}

type Received = Taken | { readonly status: 'ignored' } | undefined

/** The same for a source that is not there and for one that did not sign this. */
function nothingHere() {
  return problem(
    'not_found',
    'There is no such source, or it did not sign this: see its secret, its scheme and the time',
  )
}
