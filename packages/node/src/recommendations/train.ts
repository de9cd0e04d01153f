import {
  type Basket,
  type ItemInfo,
  offlineMetrics,
  type TrainingOptions,
  trainRecommender,
  trainReranker,
  withReranker,
} from '@tillwright/core/brain'
import { openDatabase, type TenantDb } from '../db/open.ts'
import { readBaskets } from './baskets.ts'
import type { TrainedModel } from './ports.ts'
import { readTrained } from './read-trained.ts'

/** From how many baskets on a whole training takes so long that a first, quick model is worth having. */
const QUICK_FIRST_BASKETS = 2_000

export interface TrainInput {
  /** The training thread opens the database by itself: a shop's history does not fit through a message port. */
  readonly databaseUrl: string
  readonly tenantId: number
  readonly items: readonly ItemInfo[]
  /** ms since 1970. */
  readonly now: number
  /** Whether nothing answers yet: a large shop then gets a quick model first. */
  readonly isFirst: boolean
}

/** Learns from all sales of a tenant. Yields the model; of a large shop that has none yet a quick one before. */
export async function* train({ databaseUrl, tenantId, ...input }: TrainInput): AsyncGenerator<TrainedModel> {
  const database = openDatabase(databaseUrl)
  try {
    yield* trainOn(database.tenant(tenantId), input)
  } finally {
    await database.close()
  }
}

/** The same, in the thread that calls it. */
export async function* trainOn(
  db: TenantDb,
  { items, now, isFirst }: Pick<TrainInput, 'items' | 'now' | 'isFirst'>,
): AsyncGenerator<TrainedModel> {
  const cpuMs = createStopwatch()
  const baskets = await readBaskets(db)
  const learnt = (options: TrainingOptions) => ({ ...learn(baskets, items, options), trainingCpuMs: cpuMs() })
  if (isFirst && baskets.length >= QUICK_FIRST_BASKETS) yield learnt({ now, ranking: false })
  yield learnt({ now, metrics: offlineMetrics({ baskets, items }) })
}

/** Milliseconds of CPU that this thread has used since, reading and measuring included. */
function createStopwatch(): () => number {
  const start = process.threadCpuUsage()
  return () => {
    const { user, system } = process.threadCpuUsage(start)
    return (user + system) / 1000
  }
}

function learn(
  baskets: readonly Basket[],
  items: readonly ItemInfo[],
  options: TrainingOptions,
): Omit<TrainedModel, 'trainingCpuMs'> {
  const file = trainRecommender({ baskets, items }, options)
  const trained = readTrained(file)
  const network = options.ranking === false ? null : trainReranker({ baskets, items })
  const deviceFile = network ? withReranker(trained.deviceFile, network) : trained.deviceFile
  return { file, ...trained, deviceFile }
}
