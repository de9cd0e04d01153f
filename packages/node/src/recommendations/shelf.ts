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
  shelf: Promise<Shelf>
  stamp: string
  checkedAt: number
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
    entry.checkedAt = clock()
    const stamp = await stampOf(db)
    if (stamp === entry.stamp) return
    entry.stamp = stamp
    const next = load(db)
    await next
    entry.shelf = next
  }

  return {
    async of(db) {
      let entry = held.get(db.tenantId)
      if (!entry) {
        entry = { stamp: await stampOf(db), shelf: load(db), checkedAt: clock() }
        held.set(db.tenantId, entry)
      } else if (clock() - entry.checkedAt > CHECK_MS) await refresh(db, entry)
      return entry.shelf
    },
    touch(tenantId) {
      const entry = held.get(tenantId)
      if (entry) entry.checkedAt = Number.NEGATIVE_INFINITY
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
