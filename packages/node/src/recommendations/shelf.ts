import type { Basket } from '@tillwright/core/brain'
import { LRUCache } from 'lru-cache'
import type { TenantDb } from '../db/open.ts'
import type { Clock, Logger } from '../ports.ts'
import type { RecommendationPorts } from './ports.ts'
import { modelsOf, readShelf, type Shelf, stampOf } from './shelf-content.ts'

/** Tenants whose model and catalogue are held in memory. */
const HELD_TENANTS = 50
/** How old an answer's data may be: another process may have changed them. */
const CHECK_MS = 2_000

/** Sales that count before a training has seen them: the latest. */
const OBSERVED_BASKETS = 1_000

interface Observed {
  readonly basket: Basket
  /** ms since 1970. */
  readonly seenAt: number
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
  /** The shelf, where it is there and need not be looked at again. */
  atHand(tenantId: number): Shelf | undefined
  of(db: TenantDb): Promise<Shelf>
  /** Lets sales count at once, in this process, until a training has learnt from them. */
  observe(tenantId: number, baskets: readonly Basket[]): void
  /** Looks for changes at the next answer rather than within two seconds. */
  touch(tenantId: number): void
}

/** Keeps what tenants' answers are made of at hand, and notices when it changes. */
export function createShelves(ports: RecommendationPorts, { clock, log }: { clock: Clock; log: Logger }): Shelves {
  const held = new LRUCache<number, Held>({ max: HELD_TENANTS })
  const recent = new LRUCache<number, Observed[]>({ max: HELD_TENANTS })

  async function refresh(db: TenantDb, entry: Held): Promise<void> {
    const { isOutdated } = entry
    entry.isOutdated = false
    entry.checkedAt = clock()
    try {
      const stamp = await stampOf(ports, db)
      if (!isOutdated && stamp === entry.stamp) return
      const { shelf: before } = entry
      const shelf = await readShelf(ports, db, log, before)
      recount(shelf, before, db.tenantId)
      entry.shelf = shelf
      entry.stamp = stamp
    } catch (error) {
      entry.isOutdated ||= isOutdated
      throw error
    }
  }

  /** A model that was read anew has not seen the sales since its training. */
  function recount(shelf: Shelf, before: Shelf | undefined, tenantId: number): void {
    const models = modelsOf(shelf)
    const known = before ? modelsOf(before) : []
    const fresh = models.filter((model) => !known.includes(model))
    const oldest = Math.min(...models.map(({ trainedAt }) => trainedAt))
    const left = (recent.get(tenantId) ?? []).filter(({ seenAt }) => seenAt > oldest)
    recent.set(tenantId, left)
    for (const { basket, seenAt } of left) {
      for (const model of fresh) if (seenAt > model.trainedAt) model.observe(basket)
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

  function isDue({ isOutdated, checkedAt }: Held): boolean {
    return isOutdated || clock() - checkedAt > CHECK_MS
  }

  return {
    atHand(tenantId) {
      const entry = held.get(tenantId)
      return entry && !entry.reading && !isDue(entry) ? entry.shelf : undefined
    },
    async of(db) {
      let entry = held.get(db.tenantId)
      if (!entry) {
        entry = { shelf: undefined, stamp: '', checkedAt: 0, isOutdated: true, reading: undefined }
        held.set(db.tenantId, entry)
      }
      if (isDue(entry)) startReading(db, entry)
      if (entry.reading) await entry.reading
      return entry.shelf!
    },
    observe(tenantId, baskets) {
      if (baskets.length === 0) return
      const seenAt = clock()
      const known = recent.get(tenantId) ?? []
      recent.set(tenantId, [...known, ...baskets.map((basket) => ({ basket, seenAt }))].slice(-OBSERVED_BASKETS))
      const entry = held.get(tenantId)
      if (!entry?.shelf) return
      for (const model of modelsOf(entry.shelf)) for (const basket of baskets) model.observe(basket)
      // Another object, so that nothing that was remembered for the old one is given again.
      entry.shelf = { ...entry.shelf }
    },
    touch(tenantId) {
      const entry = held.get(tenantId)
      if (entry) entry.isOutdated = true
    },
  }
}
