import { loadRecommender, type Recommender } from '@tillwright/core/brain'
import type { Product } from '@tillwright/core/contract'
import { LRUCache } from 'lru-cache'
import type { TenantDb } from '../db/open.ts'
import type { Clock, Logger } from '../ports.ts'
import type { RecommendationPorts } from './ports.ts'

/** Tenants whose model and catalogue are held in memory. */
const HELD_TENANTS = 50
/** How old an answer's data may be: another process may have changed them. */
const CHECK_MS = 2_000

/** What a tenant's answers are made of. A new one takes its place when model or catalogue change. */
export interface Shelf {
  readonly recommender: Recommender | null
  /** Products that can be shown and bought, by id. */
  readonly products: ReadonlyMap<string, Product>
}

interface Held {
  /** There once it was read for the first time. */
  shelf: Shelf | undefined
  stamp: string
  checkedAt: number
  /** Whether something has changed that the shelf does not show yet. */
  isOutdated: boolean
  /** The reading under way. */
  reading: Promise<void> | undefined
}

export interface Shelves {
  of(db: TenantDb): Promise<Shelf>
  /** Looks for changes at the next answer rather than within two seconds. */
  touch(tenantId: number): void
}

/** Keeps tenants' models and catalogues at hand, and notices when they change. */
export function createShelves(
  { catalogue, models }: RecommendationPorts,
  { clock, log }: { clock: Clock; log: Logger },
): Shelves {
  const held = new LRUCache<number, Held>({ max: HELD_TENANTS })

  const stampOf = async (db: TenantDb) => `${await models.activeVersion(db)} ${await catalogue.stamp(db)}`

  async function load(db: TenantDb): Promise<Shelf> {
    const [model, products] = [await models.active(db), await catalogue.sellable(db)]
    const recommender = model && readModel(model, db, log)
    return { recommender, products: new Map(products.map((product) => [product.id, product])) }
  }

  async function refresh(db: TenantDb, entry: Held): Promise<void> {
    const { isOutdated } = entry
    entry.isOutdated = false
    entry.checkedAt = clock()
    try {
      const stamp = await stampOf(db)
      if (!isOutdated && stamp === entry.stamp) return
      entry.shelf = await load(db)
      entry.stamp = stamp
    } catch (error) {
      entry.isOutdated ||= isOutdated
      throw error
    }
  }

  /** Whoever asks while a shelf is read waits for it; one reading follows the other, so that the later one counts. */
  function startReading(db: TenantDb, entry: Held): void {
    const before = entry.reading?.catch(() => {}) ?? Promise.resolve()
    const reading = before
      .then(() => refresh(db, entry))
      .finally(() => {
        if (entry.reading === reading) entry.reading = undefined
      })
    entry.reading = reading
  }

  return {
    async of(db) {
      let entry = held.get(db.tenantId)
      if (!entry) {
        entry = { shelf: undefined, stamp: '', checkedAt: 0, isOutdated: true, reading: undefined }
        held.set(db.tenantId, entry)
      }
      if (entry.isOutdated || clock() - entry.checkedAt > CHECK_MS) startReading(db, entry)
      if (entry.reading) await entry.reading
      return entry.shelf!
    },
    touch(tenantId) {
      const entry = held.get(tenantId)
      if (entry) entry.isOutdated = true
    },
  }
}

/** A model that cannot be read (of an older format, say) is as good as none until the next training. */
function readModel(model: { version: string; file: Uint8Array }, db: TenantDb, log: Logger): Recommender | null {
  try {
    return loadRecommender(model.file)
  } catch (error) {
    log.error(
      { err: error, tenantId: db.tenantId, modelVersion: model.version },
      'the active model cannot be read; train again',
    )
    return null
  }
}
