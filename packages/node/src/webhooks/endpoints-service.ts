import {
  MAX_WEBHOOKS,
  newId,
  type RouteParsed,
  type TillwrightContract,
  type Webhook,
  type WebhookDelivery,
  type WebhookWithSecret,
} from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { problem } from '../http/problem-error.ts'
import type { Clock, Random, SecretBytes } from '../ports.ts'
import type { SecretBox } from '../security/secret-box.ts'
import { type DeliveryRow, findDelivery, hasTestUnderWay, listDeliveries, updateDelivery } from './deliveries-store.ts'
import { type ResolveEndpoint, refuseBadUrl } from './endpoint-url.ts'
import {
  countEndpoints,
  deleteEndpoint,
  type EndpointRow,
  findEndpoint,
  insertEndpoint,
  listEndpoints,
  updateEndpoint,
} from './endpoints-store.ts'
import type { Note, NoteAs } from './ports.ts'
import type { Publisher } from './publish.ts'
import { endpointContext, newEndpointSecret } from './secrets.ts'

/** How long a secret that was replaced signs as well. */
const OVERLAP_MS = 24 * 3_600_000

type Routes = TillwrightContract['webhooks']

export interface EndpointsPorts {
  readonly clock: Clock
  readonly random: Random
  readonly secretBytes: SecretBytes
  readonly box: () => Promise<SecretBox>
  readonly resolve: ResolveEndpoint
  readonly publisher: Publisher
  readonly noteAs: NoteAs
}

export type EndpointsService = ReturnType<typeof endpointsService>

/** Where a tenant's messages go. */
export function endpointsService(ports: EndpointsPorts) {
  const { clock, random, secretBytes, box, resolve, publisher } = ports

  async function existing(db: TenantDb, id: string): Promise<EndpointRow> {
    const row = await findEndpoint(db, id)
    if (!row) throw problem('not_found', `There is no webhook ${id}`)
    return row
  }

  async function existingDelivery(db: TenantDb, webhookId: string, id: string): Promise<DeliveryRow> {
    await existing(db, webhookId)
    const row = await findDelivery(db, id)
    if (row?.endpoint_id !== webhookId) throw problem('not_found', `There is no delivery ${id}`)
    return row
  }

  async function refuseSecondTest(tx: TenantDb, webhookId: string): Promise<void> {
    if (await hasTestUnderWay(tx, webhookId))
      throw problem('conflict', 'A test is on its way already: see its delivery')
  }

  return {
    async list(db: TenantDb): Promise<{ items: Webhook[] }> {
      const now = clock()
      return { items: (await listEndpoints(db)).map((row) => present(row, now)) }
    },

    get: async (db: TenantDb, id: string): Promise<Webhook> => present(await existing(db, id), clock()),

    async create(db: TenantDb, note: Note, wanted: RouteParsed<Routes['create']>): Promise<WebhookWithSecret> {
      const { url, events, description } = wanted
      await refuseBadUrl(url, resolve)
      const id = newId('whk', clock, random)
      const secret = newEndpointSecret(secretBytes)
      const now = clock()
      const row: EndpointRow = {
        id,
        url,
        events: JSON.stringify([...new Set(events)]),
        description,
        secret: (await box()).seal(secret, endpointContext(id)),
        previous_secret: null,
        previous_until: null,
        enabled: 1,
        disabled_why: null,
        failing_since: null,
        failures: 0,
        paused_until: null,
        created_at: now,
        updated_at: now,
      }
      await db.transaction(async (tx) => {
        // The note comes first: whoever writes into the log goes one after another, so that the count holds.
        await note(tx, 'webhook.created', id, { host: new URL(url).host, events: events.join(' ') })
        if ((await countEndpoints(tx)) >= MAX_WEBHOOKS) {
          throw problem('conflict', `A shop has at most ${MAX_WEBHOOKS} webhooks: remove one first`)
        }
        await insertEndpoint(tx, row)
      })
      return { webhook: present(row, now), secret }
    },

    async update(db: TenantDb, note: Note, wanted: RouteParsed<Routes['update']>): Promise<Webhook> {
      const { webhookId: id, url, events, description, enabled } = wanted
      await existing(db, id)
      if (url !== undefined) await refuseBadUrl(url, resolve)
      const isEnabling = enabled === true
      const change = {
        ...(url === undefined ? {} : { url }),
        ...(events === undefined ? {} : { events: JSON.stringify([...new Set(events)]) }),
        ...(description === undefined ? {} : { description }),
        ...(enabled === undefined ? {} : { enabled: isEnabling ? 1 : 0 }),
        ...(enabled === undefined ? {} : { disabled_why: isEnabling ? null : ('by_administrator' as const) }),
        // What was wrong is taken for mended.
        ...(isEnabling || url !== undefined ? { failing_since: null, failures: 0, paused_until: null } : {}),
      }
      return db.transaction(async (tx) => {
        const fields = Object.keys(wanted).filter((name) => name !== 'webhookId')
        if (fields.length > 0) {
          await note(tx, 'webhook.changed', id, { fields: fields.join(' ') })
          await updateEndpoint(tx, id, { ...change, updated_at: clock() })
        }
        return present(await existing(tx, id), clock())
      })
    },

    async remove(db: TenantDb, note: Note, id: string): Promise<undefined> {
      await db.transaction(async (tx) => {
        await existing(tx, id)
        await note(tx, 'webhook.removed', id)
        await deleteEndpoint(tx, id)
      })
    },

    /** For a day messages carry two signatures, so that receivers can change over when it suits them. */
    async rotateSecret(db: TenantDb, note: Note, id: string): Promise<WebhookWithSecret> {
      const secret = newEndpointSecret(secretBytes)
      const sealed = (await box()).seal(secret, endpointContext(id))
      const webhook = await db.transaction(async (tx) => {
        // The note comes first: of two rotations at once, the second finds what the first left.
        await note(tx, 'webhook.secret_rotated', id)
        const before = await existing(tx, id)
        const now = clock()
        const change = {
          secret: sealed,
          previous_secret: before.secret,
          previous_until: now + OVERLAP_MS,
          updated_at: now,
        }
        await updateEndpoint(tx, id, change)
        return present({ ...before, ...change }, now)
      })
      return { webhook, secret }
    },

    async test(db: TenantDb, note: Note, id: string): Promise<WebhookDelivery> {
      return db.transaction(async (tx) => {
        const { enabled } = await existing(tx, id)
        if (enabled === 0) throw problem('conflict', 'The webhook is switched off: switch it on first')
        // The note comes first: of two that are asked for at once, the second finds the first.
        await note(tx, 'webhook.tested', id)
        await refuseSecondTest(tx, id)
        return presentDelivery(await publisher.publishTest(tx, id))
      })
    },

    async deliveries(db: TenantDb, wanted: RouteParsed<Routes['deliveries']>) {
      const { webhookId, state, cursor, limit } = wanted
      const [before] = cursor === undefined ? [] : decodeCursor<[string]>(cursor, ['string'])
      await existing(db, webhookId)
      const rows = await listDeliveries(db, { endpointId: webhookId, state, before, limit: limit + 1 })
      return toPage(rows, limit, ({ id }) => [id], presentDelivery)
    },

    async retryDelivery(db: TenantDb, note: Note, webhookId: string, id: string): Promise<WebhookDelivery> {
      return db.transaction(async (tx) => {
        const { enabled } = await existing(tx, webhookId)
        if (enabled === 0) throw problem('conflict', 'The webhook is switched off: switch it on first')
        await note(tx, 'webhook.delivery_retried', webhookId, { delivery: id })
        const delivery = await existingDelivery(tx, webhookId, id)
        const { state } = delivery
        if (state === 'delivered') throw problem('conflict', 'It has arrived: only what failed is sent again')
        if (state === 'queued') throw problem('conflict', 'It is still on its way and will be tried again by itself')
        if (delivery.kind === 'webhook.test') await refuseSecondTest(tx, webhookId)
        const change = { state: 'queued', next_attempt_at: clock() } as const
        await updateDelivery(tx, id, change)
        await publisher.tryAgain(tx, delivery, 0)
        return presentDelivery({ ...delivery, ...change })
      })
    },
  }
}

function present(row: EndpointRow, now: number): Webhook {
  const isOverlapping = row.previous_until !== null && row.previous_until > now
  return {
    id: row.id,
    url: row.url,
    events: JSON.parse(row.events) as Webhook['events'],
    description: row.description,
    enabled: row.enabled === 1,
    disabledWhy: row.disabled_why,
    failingSince: isoOrNull(row.failing_since),
    previousSecretUntil: isoOrNull(isOverlapping ? row.previous_until : null),
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  }
}

function presentDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    messageId: row.message_id,
    kind: row.kind,
    state: row.state,
    attempts: row.attempts,
    responseStatus: row.response_status,
    durationMs: row.duration_ms,
    error: row.error,
    body: row.body,
    createdAt: new Date(row.created_at).toISOString(),
    lastAttemptAt: isoOrNull(row.last_attempt_at),
    nextAttemptAt: isoOrNull(row.next_attempt_at),
  }
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
