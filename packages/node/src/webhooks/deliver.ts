import type { AuditService } from '../audit/service.ts'
import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import { type JobHandler, PermanentJobError } from '../jobs/runner.ts'
import type { Clock, Random } from '../ports.ts'
import type { SecretBox } from '../security/secret-box.ts'
import { type DeliveryRow, findDelivery, updateDelivery } from './deliveries-store.ts'
import { type EndpointRow, findEndpoint, noteFailure, updateEndpoint } from './endpoints-store.ts'
import type { DeliverPayload, Publisher } from './publish.ts'
import { DISABLE_AFTER_MS, GIVE_UP_AFTER_MS, pauseMs, retryDelayMs } from './retry-schedule.ts'
import { openSecrets } from './secrets.ts'
import type { Attempt, messageSender } from './send.ts'

export interface DeliverPorts {
  readonly clock: Clock
  readonly random: Random
  readonly box: () => Promise<SecretBox>
  readonly audit: Pick<AuditService, 'record'>
  readonly tryAgain: Publisher['tryAgain']
  readonly send: ReturnType<typeof messageSender>
  /** Tells those who own the tenant that an endpoint was switched off. */
  readonly tellOwners: (tx: TenantDb, tenant: Tenant, fault: { host: string; since: number }) => Promise<void>
}

/**
 * Tries a delivery once, and queues the next try where there is to be one. Should the process end between the sending and the
 * note of it, the message is sent once more under the same `webhook-id`.
 */
export function deliverJob(ports: DeliverPorts): JobHandler {
  const { clock, random, send, tryAgain } = ports

  async function postpone(db: TenantDb, delivery: DeliveryRow, until: number): Promise<object> {
    await db.transaction(async (tx) => {
      await updateDelivery(tx, delivery.id, { next_attempt_at: until })
      await tryAgain(tx, delivery, until - clock())
    })
    return { waits: 'the webhook is left alone for a while' }
  }

  async function settle(
    tx: TenantDb,
    tenant: Tenant,
    { delivery, endpoint, attempt, durationMs }: Tried,
  ): Promise<'delivered' | 'queued' | 'failed'> {
    const now = clock()
    const attempts = delivery.attempts + 1
    const outcome = {
      attempts,
      response_status: attempt.status,
      duration_ms: durationMs,
      error: attempt.error,
      last_attempt_at: now,
    }
    if (attempt.arrived) {
      await updateDelivery(tx, delivery.id, { ...outcome, state: 'delivered', next_attempt_at: null })
      if (endpoint.failures > 0) {
        await updateEndpoint(tx, endpoint.id, { failures: 0, failing_since: null, paused_until: null })
      }
      return 'delivered'
    }
    const isLast = delivery.kind === 'webhook.test' || now - delivery.created_at >= GIVE_UP_AFTER_MS
    const delayMs = retryDelayMs(attempts, random)
    await updateDelivery(tx, delivery.id, {
      ...outcome,
      state: isLast ? 'failed' : 'queued',
      next_attempt_at: isLast ? null : now + delayMs,
    })
    if (!isLast) await tryAgain(tx, delivery, delayMs)
    if (delivery.kind !== 'webhook.test') await noteFault(tx, tenant, endpoint.id, now)
    return isLast ? 'failed' : 'queued'
  }

  /** Leaves an endpoint alone that fails, and switches it off in the end. */
  async function noteFault(tx: TenantDb, tenant: Tenant, id: string, now: number): Promise<void> {
    const endpoint = await noteFailure(tx, id, now)
    if (!endpoint) return
    const since = endpoint.failing_since!
    if (now - since < DISABLE_AFTER_MS || endpoint.enabled === 0) {
      const pause = pauseMs(endpoint.failures, random)
      if (pause > 0) await updateEndpoint(tx, id, { paused_until: now + pause })
      return
    }
    await updateEndpoint(tx, id, { enabled: 0, disabled_why: 'failing', updated_at: now })
    const data = { why: 'failing' }
    await ports.audit.record(tx, { kind: 'webhook.disabled', actorId: null, subjectId: id, caller: null, data })
    await ports.tellOwners(tx, tenant, { host: new URL(endpoint.url).host, since })
  }

  return async ({ deliveryId }: DeliverPayload, { db, tenant }) => {
    const delivery = await findDelivery(db, deliveryId)
    const endpoint = delivery && (await findEndpoint(db, delivery.endpoint_id))
    if (!delivery || !endpoint) return { dropped: 'the webhook is gone' }
    if (delivery.state === 'delivered') return { sent: 'before' }
    if (endpoint.enabled === 0) {
      await db.transaction((tx) =>
        updateDelivery(tx, deliveryId, {
          state: 'failed',
          error: 'The webhook is switched off',
          next_attempt_at: null,
        }),
      )
      return { dropped: 'the webhook is switched off' }
    }
    const startedAt = clock()
    const mayWait = startedAt - delivery.created_at < GIVE_UP_AFTER_MS
    if (mayWait && endpoint.paused_until !== null && endpoint.paused_until > startedAt) {
      return postpone(db, delivery, endpoint.paused_until + retryDelayMs(1, random))
    }
    const secrets = openSecrets(await ports.box(), endpoint, startedAt)
    const { url } = endpoint
    const attempt = await send({ url, id: delivery.message_id, body: delivery.body, secrets, nowMs: startedAt })
    const tried = { delivery, endpoint, attempt, durationMs: Math.max(0, clock() - startedAt) }
    const state = await db.transaction((tx) => settle(tx, tenant, tried))
    if (state === 'failed' && delivery.kind !== 'webhook.test') {
      throw new PermanentJobError(`Given up after ${delivery.attempts + 1} attempts. ${attempt.error}`)
    }
    return { [state]: attempt.status ?? attempt.error }
  }
}

interface Tried {
  readonly delivery: DeliveryRow
  readonly endpoint: EndpointRow
  readonly attempt: Attempt
  readonly durationMs: number
}
