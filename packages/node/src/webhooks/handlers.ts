import type { TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers } from '../context.ts'
import type { EndpointsService } from './endpoints-service.ts'
import type { NoteAs } from './ports.ts'
import type { webhookReceiver } from './receive.ts'
import type { SourcesService } from './sources-service.ts'

export interface WebhookServices {
  readonly endpoints: EndpointsService
  readonly sources: SourcesService
  readonly receive: ReturnType<typeof webhookReceiver>
  readonly noteAs: NoteAs
}

export function webhooksHandlers({
  endpoints,
  noteAs,
}: WebhookServices): DomainHandlers<TillwrightContract['webhooks']> {
  return {
    list: (_input, { db }) => endpoints.list(db),
    create: (input, context) => endpoints.create(context.db, noteAs(context), input),
    get: ({ webhookId }, { db }) => endpoints.get(db, webhookId),
    update: (input, context) => endpoints.update(context.db, noteAs(context), input),
    remove: ({ webhookId }, context) => endpoints.remove(context.db, noteAs(context), webhookId),
    rotateSecret: ({ webhookId }, context) => endpoints.rotateSecret(context.db, noteAs(context), webhookId),
    test: ({ webhookId }, context) => endpoints.test(context.db, noteAs(context), webhookId),
    deliveries: (input, { db }) => endpoints.deliveries(db, input),
    retryDelivery: ({ webhookId, deliveryId }, context) =>
      endpoints.retryDelivery(context.db, noteAs(context), webhookId, deliveryId),
  }
}

export function webhookSourcesHandlers({
  sources,
  receive,
  noteAs,
}: WebhookServices): DomainHandlers<TillwrightContract['webhookSources']> {
  return {
    list: (_input, { db }) => sources.list(db),
    create: (input, context) => sources.create(context.db, noteAs(context), input),
    update: (input, context) => sources.update(context.db, noteAs(context), input),
    remove: ({ sourceId }, context) => sources.remove(context.db, noteAs(context), sourceId),
    events: (input, { db }) => sources.events(db, input),
    event: ({ sourceId, eventId }, { db }) => sources.event(db, sourceId, eventId),
    receive: ({ sourceId, bytes, type }, context) =>
      receive({ sourceId, body: bytes, contentType: type, header: (name) => context.header(name) }),
  }
}
