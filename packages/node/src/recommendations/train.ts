import { type ItemInfo, loadRecommender, trainRecommender } from '@tillwright/core/brain'
import { openDatabase, type TenantDb } from '../db/open.ts'
import { readBaskets } from './baskets.ts'
import type { TrainedModel } from './ports.ts'

export interface TrainInput {
  /** The training thread opens the database by itself: a shop's history does not fit through a message port. */
  readonly databaseUrl: string
  readonly tenantId: number
  readonly items: readonly ItemInfo[]
  /** ms since 1970. */
  readonly now: number
}

/** Learns from all sales of a tenant. Yields the model, once. */
export async function* train({ databaseUrl, tenantId, items, now }: TrainInput): AsyncGenerator<TrainedModel> {
  const database = openDatabase(databaseUrl)
  try {
    yield await trainOn(database.tenant(tenantId), items, now)
  } finally {
    await database.close()
  }
}

/** The same, in the thread that calls it. */
export async function trainOn(db: TenantDb, items: readonly ItemInfo[], now: number): Promise<TrainedModel> {
  const start = process.threadCpuUsage()
  const baskets = await readBaskets(db)
  const file = trainRecommender({ baskets, items }, { now })
  const { version, trainedAt, counts } = loadRecommender(file)
  const { user, system } = process.threadCpuUsage(start)
  return { file, version, trainedAt, counts, trainingCpuMs: (user + system) / 1000 }
}
