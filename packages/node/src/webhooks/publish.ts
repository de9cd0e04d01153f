import { newId, WEBHOOK_KINDS, type WebhookData, type WebhookKind } from '@tillwright/core/contract'
import * as z from 'zod/mini'
import type { TenantDb } from '../db/open.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { Clock, Random } from '../ports.ts'
import { type DeliveryRow, insertDeliveries } from './deliveries-store.ts'
import { enabledEndpoints } from './endpoints-store.ts'

export const WEBHOOKS_DELIVER = 'webhooks.deliver'
export const WEBHOOKS_ANNOUNCE = 'webhooks.announce'

/** For what fails before the attempt, such as a database that is away; the attempts themselves have a schedule of their own. */
const JOB_ATTEMPTS = 20

export interface DeliverPayload {
  readonly deliveryId: string
}

export interface AnnouncePayload {
  readonly type: WebhookKind
  /** `null`: there is nothing to tell. */
  readonly data: object | null
}

/**
 * Tells a tenant's endpoints, in the transaction of what it tells of: they hear of it if that happens, and only then. Throws
 * for data that the kind does not know.
 */
export type Publish = <K extends WebhookKind>(
  tx: TenantDb,
  type: K,
  ...data: readonly WebhookData<K>[]
) => Promise<void>

export type Publisher = ReturnType<typeof webhookPublisher>

export function webhookPublisher({ enqueue, clock, random }: { enqueue: Enqueue; clock: Clock; random: Random }) {
  async function wantedBy(tx: TenantDb, type: WebhookKind): Promise<string[]> {
    const endpoints = await enabledEndpoints(tx)
    return endpoints
      .filter(({ events }) => {
        const wanted = JSON.parse(events) as string[]
        return wanted.includes('*') || wanted.includes(type)
      })
      .map(({ id }) => id)
  }

  function delivery(endpointId: string, type: WebhookKind, message: { id: string; body: string }): DeliveryRow {
    const now = clock()
    return {
      id: newId('dlv', clock, random),
      endpoint_id: endpointId,
      message_id: message.id,
      kind: type,
      body: message.body,
      state: 'queued',
      attempts: 0,
      response_status: null,
      duration_ms: null,
      error: null,
      created_at: now,
      last_attempt_at: null,
      next_attempt_at: now,
    }
  }

  function messageOf(type: WebhookKind, data: object): { id: string; body: string } {
    const id = newId('msg', clock, random)
    const known = z.parse(WEBHOOK_KINDS[type].data as z.ZodMiniType, data)
    return { id, body: JSON.stringify({ id, type, at: new Date(clock()).toISOString(), data: known }) }
  }

  async function queue(tx: TenantDb, rows: readonly DeliveryRow[]): Promise<void> {
    await insertDeliveries(tx, rows)
    for (const row of rows) await deliverAfter(tx, row, 0)
  }

  /** All attempts at one address follow one another: a slow one holds up itself. */
  async function deliverAfter(tx: TenantDb, { id, endpoint_id }: Queueable, delayMs: number): Promise<void> {
    const payload: DeliverPayload = { deliveryId: id }
    const lane = `webhook:${endpoint_id}`
    const options = { queue: 'webhooks', lane, delayMs, dedupeKey: id, maxAttempts: JOB_ATTEMPTS } as const
    await enqueue(tx, WEBHOOKS_DELIVER, payload, options)
  }

  const publish: Publish = async (tx, type, ...data) => {
    if (data.length === 0) return
    const endpoints = await wantedBy(tx, type)
    if (endpoints.length === 0) return
    const messages = data.map((each) => messageOf(type, each as object))
    await queue(
      tx,
      messages.flatMap((message) => endpoints.map((id) => delivery(id, type, message))),
    )
  }

  return {
    publish,
    /**
     * Tells it in a job. The work before that is the same where there is nothing to tell, so that nobody can see from how
     * long an answer takes which of the two it was.
     */
    async announce<K extends WebhookKind>(tx: TenantDb, type: K, data: WebhookData<K> | null): Promise<void> {
      if ((await wantedBy(tx, type)).length === 0) return
      const payload: AnnouncePayload = { type, data: data as object | null }
      await enqueue(tx, WEBHOOKS_ANNOUNCE, payload, { queue: 'outbox' })
    },
    /** Sends one endpoint a message that says nothing, whatever kinds it wants. */
    async publishTest(tx: TenantDb, endpointId: string): Promise<DeliveryRow> {
      const message = messageOf('webhook.test', { webhookId: endpointId })
      const row = delivery(endpointId, 'webhook.test', message)
      await queue(tx, [row])
      return row
    },
    /** Tries a delivery again after a while. */
    tryAgain: deliverAfter,
  }
}

type Queueable = Pick<DeliveryRow, 'id' | 'endpoint_id'>
