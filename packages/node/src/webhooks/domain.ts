import { versionedPath, type WebhookScheme } from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { Database } from '../db/open.ts'
import type { JobHandler } from '../jobs/runner.ts'
import type { Clock, Logger, Random, SecretBytes } from '../ports.ts'
import type { Lookup } from '../security/outgoing-url.ts'
import type { SecretBox } from '../security/secret-box.ts'
import { type DeliverPorts, deliverJob } from './deliver.ts'
import { endpointResolver } from './endpoint-url.ts'
import { endpointsService } from './endpoints-service.ts'
import { webhookSourcesHandlers, webhooksHandlers } from './handlers.ts'
import type { IncomingHandler, NoteAs } from './ports.ts'
import { type AnnouncePayload, type Publisher, WEBHOOKS_ANNOUNCE, WEBHOOKS_DELIVER } from './publish.ts'
import { webhookReceiver } from './receive.ts'
import { messageSender, type PinnedFetch } from './send.ts'
import { sourcesService } from './sources-service.ts'

export interface WebhooksOptions {
  /**
   * For development: lets endpoints be http, and at addresses of this machine or network. Whoever may make webhooks can
   * then call whatever the server can reach. Default `false`.
   */
  readonly allowPrivate?: boolean
  /** What handles events that come in, by the scheme of their source. What nothing handles is kept for administrators to see. */
  readonly incoming?: Readonly<Partial<Record<WebhookScheme, IncomingHandler>>>
}

/** How the server reaches addresses that people entered. */
export interface OutgoingPorts {
  readonly lookup: Lookup
  readonly fetch: PinnedFetch
}

export interface WebhooksPorts extends WebhooksOptions {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly secretBytes: SecretBytes
  readonly log: Logger
  readonly box: () => Promise<SecretBox>
  readonly audit: Pick<AuditService, 'record'>
  readonly publisher: Publisher
  readonly outgoing: OutgoingPorts
  /** How the server is reached from outside, without a trailing slash. */
  readonly publicUrl: string
  readonly tellOwners: DeliverPorts['tellOwners']
}

/** Wires what goes out to a tenant's endpoints and what comes in from its sources. */
export function webhooksDomain(ports: WebhooksPorts) {
  const { audit, publisher } = ports
  const resolve = endpointResolver({ lookup: ports.outgoing.lookup, allowPrivate: ports.allowPrivate ?? false })
  const send = messageSender({ resolve, fetch: ports.outgoing.fetch })
  const urlOf = (sourceId: string) => `${ports.publicUrl}${versionedPath(`/api/webhooks/${sourceId}`)}`
  const noteAs: NoteAs =
    (context) =>
    async (tx, kind, subjectId, data = {}) => {
      const { person, keyId } = context.principal
      const caller = { address: context.remoteAddress, userAgent: context.header('user-agent') ?? '' }
      // Who acts as somebody else is named, and as whom they act.
      const whole = person?.actorId ? { ...data, as: person.user.id } : data
      const actorId = person?.actorId ?? person?.user.id ?? keyId
      await audit.record(tx, { kind, actorId, subjectId, caller, data: whole })
    }
  const services = {
    endpoints: endpointsService({ ...ports, resolve, noteAs }),
    sources: sourcesService({ ...ports, urlOf }),
    receive: webhookReceiver({ ...ports, urlOf, handlers: ports.incoming ?? {} }),
    noteAs,
  }
  const jobs: Readonly<Record<string, JobHandler>> = {
    [WEBHOOKS_DELIVER]: deliverJob({ ...ports, send, tryAgain: publisher.tryAgain }),
    [WEBHOOKS_ANNOUNCE]: async ({ type, data }: AnnouncePayload, { db }) => {
      if (data === null) return { told: 'nobody' }
      await db.transaction((tx) => publisher.publish(tx, type, data as never))
      return { told: type }
    },
  }
  return {
    jobs,
    handlers: { webhooks: webhooksHandlers(services), webhookSources: webhookSourcesHandlers(services) },
  }
}
