import {
  MAX_WEBHOOKS,
  newId,
  type ReceivedWebhookWithBody,
  type RouteParsed,
  type TillwrightContract,
  type WebhookScheme,
  type WebhookSource,
} from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Clock, Random } from '../ports.ts'
import type { SecretBox } from '../security/secret-box.ts'
import type { Note } from './ports.ts'
import { WebhookSignatureError } from './schemes/scheme.ts'
import { standardKey } from './schemes/standard.ts'
import { sourceContext } from './secrets.ts'
import {
  deleteSource,
  type EventRow,
  findEvent,
  findSource,
  insertSource,
  lastEventTimes,
  listEvents,
  listSources,
  type SourceRow,
  updateSource,
} from './sources-store.ts'

type Routes = TillwrightContract['webhookSources']

export interface SourcesPorts {
  readonly clock: Clock
  readonly random: Random
  readonly box: () => Promise<SecretBox>
  readonly urlOf: (sourceId: string) => string
}

export type SourcesService = ReturnType<typeof sourcesService>

/** Systems that send events to a tenant. */
export function sourcesService({ clock, random, box, urlOf }: SourcesPorts) {
  async function existing(db: TenantDb, id: string): Promise<SourceRow> {
    const row = await findSource(db, id)
    if (!row) throw problem('not_found', `There is no source ${id}`)
    return row
  }

  function present(row: SourceRow, lastEventAt: number | undefined): WebhookSource {
    return {
      id: row.id,
      name: row.name,
      scheme: row.scheme as WebhookScheme,
      url: urlOf(row.id),
      createdAt: new Date(row.created_at).toISOString(),
      updatedAt: new Date(row.updated_at).toISOString(),
      lastEventAt: lastEventAt === undefined ? null : new Date(lastEventAt).toISOString(),
    }
  }

  return {
    async list(db: TenantDb): Promise<{ items: WebhookSource[] }> {
      const times = await lastEventTimes(db)
      return { items: (await listSources(db)).map((row) => present(row, times.get(row.id))) }
    },

    async create(db: TenantDb, note: Note, wanted: RouteParsed<Routes['create']>): Promise<WebhookSource> {
      const { name, scheme, secret } = wanted
      refuseBadSecret(scheme, secret)
      const id = newId('whs', clock, random)
      const now = clock()
      const sealed = (await box()).seal(secret, sourceContext(id))
      const row: SourceRow = { id, name, scheme, secret: sealed, created_at: now, updated_at: now }
      await db.transaction(async (tx) => {
        await note(tx, 'webhook_source.created', id, { scheme })
        if ((await listSources(tx)).length >= MAX_WEBHOOKS) {
          throw problem('conflict', `A shop has at most ${MAX_WEBHOOKS} sources: remove one first`)
        }
        await insertSource(tx, row)
      })
      return present(row, undefined)
    },

    async update(db: TenantDb, note: Note, wanted: RouteParsed<Routes['update']>): Promise<WebhookSource> {
      const { sourceId: id, name, secret } = wanted
      const { scheme } = await existing(db, id)
      if (secret !== undefined) refuseBadSecret(scheme, secret)
      const sealed = secret === undefined ? undefined : (await box()).seal(secret, sourceContext(id))
      return db.transaction(async (tx) => {
        await existing(tx, id)
        const fields = Object.keys(wanted).filter((field) => field !== 'sourceId')
        if (fields.length > 0) {
          await note(tx, 'webhook_source.changed', id, { fields: fields.join(' ') })
          await updateSource(tx, id, {
            ...(name === undefined ? {} : { name }),
            ...(sealed === undefined ? {} : { secret: sealed }),
            updated_at: clock(),
          })
        }
        return present(await existing(tx, id), (await lastEventTimes(tx)).get(id))
      })
    },

    async remove(db: TenantDb, note: Note, id: string): Promise<undefined> {
      await db.transaction(async (tx) => {
        await existing(tx, id)
        await note(tx, 'webhook_source.removed', id)
        await deleteSource(tx, id)
      })
    },

    async events(db: TenantDb, { sourceId, cursor, limit }: RouteParsed<Routes['events']>) {
      const [before] = cursor === undefined ? [] : decodeCursor<[string]>(cursor, ['string'])
      await existing(db, sourceId)
      const rows = await listEvents(db, { sourceId, before, limit: limit + 1 })
      return toPage(rows, limit, ({ id }) => [id], presentEvent)
    },

    async event(db: TenantDb, sourceId: string, id: string): Promise<ReceivedWebhookWithBody> {
      const row = await findEvent(db, sourceId, id)
      if (!row) throw problem('not_found', `There is no event ${id}`)
      return { ...presentEvent(row), contentType: row.content_type, bodyBase64: row.body }
    },
  }
}

function presentEvent(row: Omit<EventRow, 'body' | 'digest' | 'content_type'>) {
  return {
    id: row.id,
    eventId: row.event_id,
    kind: row.kind,
    state: row.state,
    bytes: row.bytes,
    receivedAt: new Date(row.received_at).toISOString(),
  }
}

/** A secret that could sign nothing is refused at once, not when the first event comes. */
function refuseBadSecret(scheme: string, secret: string): void {
  if (scheme !== 'standard') return
  try {
    standardKey(secret)
  } catch (error) {
    if (!(error instanceof WebhookSignatureError)) throw error
    throw new ProblemError('invalid_input', { errors: [{ path: 'secret', message: error.message }] })
  }
}
