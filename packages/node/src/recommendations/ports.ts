import type { ItemInfo } from '@tillwright/core/brain'
import type { Product } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'

/** What a training gives. */
export interface TrainedModel {
  readonly file: Uint8Array
  /** SHA-256 of the file, hex. */
  readonly version: string
  /** When training began, ms since 1970. */
  readonly trainedAt: number
  readonly counts: { readonly baskets: number; readonly items: number }
  readonly trainingCpuMs: number
}

/** What recommendations need of other domains; wired in `server.ts`. */
export interface RecommendationPorts {
  readonly catalogue: {
    /** Products that can be shown and bought. */
    sellable(db: TenantDb): Promise<Product[]>
    /** Differs whenever the catalogue does. */
    stamp(db: TenantDb): Promise<string>
    itemInfo(db: TenantDb): Promise<ItemInfo[]>
  }
  readonly models: {
    active(db: TenantDb): Promise<{ version: string; file: Uint8Array } | null>
    activeVersion(db: TenantDb): Promise<string | null>
    keep(db: TenantDb, model: TrainedModel): Promise<void>
  }
}
