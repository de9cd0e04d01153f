import type { ItemInfo } from '@tillwright/core/brain'
import type { Product, RecommendationRule, RecommendationSettings } from '@tillwright/core/contract'
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
  /** What it measured on the last stretch of the shop's own history. */
  readonly metrics: Readonly<Record<string, number>>
  /** The model's small form for browsers. */
  readonly deviceFile: Uint8Array
}

/** What recommendations need of other domains; wired in `domains.ts`. */
export interface RecommendationPorts {
  readonly catalogue: {
    /** The whole catalogue, hidden products and costs included. */
    all(db: TenantDb): Promise<Product[]>
    /** Products that were written at an instant or later, ms since 1970. */
    changedSince(db: TenantDb, at: number): Promise<Product[]>
    count(db: TenantDb): Promise<number>
    ids(db: TenantDb): Promise<string[]>
    /** Differs whenever the catalogue does. */
    stamp(db: TenantDb): Promise<string>
    itemInfo(db: TenantDb): Promise<ItemInfo[]>
  }
  readonly models: {
    active(db: TenantDb): Promise<{ version: string; file: Uint8Array } | null>
    activeVersion(db: TenantDb): Promise<string | null>
    file(db: TenantDb, version: string): Promise<Uint8Array | undefined>
    device(db: TenantDb): Promise<{ digest: string; bytes: number; url: string } | null>
    keep(db: TenantDb, model: TrainedModel): Promise<void>
  }
  readonly comparisons: {
    /** Two models that answer side by side. */
    current(db: TenantDb): Promise<{ id: string; challenger: string; sharePpm: number } | undefined>
  }
  readonly rules: {
    list(db: TenantDb): Promise<RecommendationRule[]>
    settings(db: TenantDb): Promise<RecommendationSettings>
    /** Differs whenever rules or settings do. */
    stamp(db: TenantDb): Promise<string>
  }
}
