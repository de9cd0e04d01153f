import type { Job, Model, ModelActivation, ModelComparison } from '@tillwright/core/contract'
import type { Tillwright } from '@tillwright/core/script'
import { failureOf } from '../../kit/failure.ts'
import { type PageState, pageStore } from '../../kit/page-store.ts'
import type { PageConnection, PageContext } from '../../page.ts'

/** How long after an answer the page asks again how a training goes, in ms. */
export const FOLLOW_MS = 2_000
const LIMIT = 50

export interface ModelsClient {
  readonly models: Pick<
    Tillwright['models'],
    'list' | 'activation' | 'activate' | 'rollback' | 'train' | 'compare' | 'comparison' | 'endComparison'
  >
  readonly recommendations: Pick<Tillwright['recommendations'], 'batches' | 'batchStatistics' | 'retryBatch'>
  readonly jobs: Pick<Tillwright['jobs'], 'get'>
}

export type BatchStatistics = Awaited<ReturnType<ModelsClient['recommendations']['batchStatistics']>>

export interface ModelsState extends PageState {
  readonly models: readonly Model[] | null
  readonly activation: ModelActivation | null
  /** Two models of which each answers part of the visitors; `null` where there is no comparison. */
  readonly comparison: ModelComparison | null
  readonly batches: BatchStatistics | null
  /** Batches that failed. */
  readonly failedBatches: readonly Job[]
  /** The training that was started here. */
  readonly training: Job | null
  /** Part of visitors whom a challenger is to answer. */
  readonly share: number
}

export interface ModelsConnection extends PageConnection<ModelsState> {
  train(): Promise<void>
  /** Lets a model answer, and stay whatever is trained. */
  activate(digest: string): Promise<void>
  /** Lets newer models take over again. */
  follow(): Promise<void>
  rollback(): Promise<void>
  choose(share: number): void
  compare(challenger: string): Promise<void>
  end(activate: 'champion' | 'challenger'): Promise<void>
  retryBatch(batchId: string): Promise<void>
}

export function connectModels({ client, can, schedule }: PageContext<ModelsClient>): ModelsConnection {
  const store = pageStore<ModelsState>({
    models: null,
    activation: null,
    comparison: null,
    batches: null,
    failedBatches: [],
    training: null,
    share: 0.5,
    failure: null,
    busy: [],
  })
  const { state, set, run } = store
  const options = { signal: store.signal }
  let cancelFollowing = () => {}

  async function load(): Promise<void> {
    const [models, activation, comparison] = await Promise.all([
      client.models.list({ limit: LIMIT }, options),
      client.models.activation({}, options),
      client.models.comparison({}, options).catch(nullWhereMissing),
      loadBatches(),
    ])
    set({ models: models.items, activation, comparison })
  }

  async function loadBatches(): Promise<void> {
    if (!can('recommendations:read')) return
    const [batches, failed] = await Promise.all([
      client.recommendations.batchStatistics({}, options),
      client.recommendations.batches({ state: 'dead', limit: LIMIT }, options),
    ])
    set({ batches, failedBatches: failed.items })
  }

  /** Does something, and shows what has become of it. */
  const change = (name: string, work: () => Promise<unknown>) =>
    run(name, async () => {
      await work()
      await load()
    })

  async function followTraining(jobId: string): Promise<void> {
    try {
      const training = await client.jobs.get({ jobId }, options)
      set({ training })
      if (training.state === 'queued' || training.state === 'running') followSoon(jobId)
      else await load()
    } catch (error) {
      set({ failure: failureOf(error), training: null })
    }
  }

  function followSoon(jobId: string): void {
    cancelFollowing = schedule(() => void followTraining(jobId), FOLLOW_MS)
  }

  return {
    state,
    open: () => void run('load', load),
    train: () =>
      run('train', async () => {
        const training = await client.models.train({}, options)
        set({ training })
        if (can('jobs:read')) followSoon(training.id)
      }),
    activate: (digest) => change(digest, () => client.models.activate({ digest, hold: true }, options)),
    follow: () =>
      change('follow', async () => {
        const digest = state.value.activation?.modelVersion
        if (digest) await client.models.activate({ digest, hold: false }, options)
      }),
    rollback: () => change('rollback', () => client.models.rollback({}, options)),
    choose: (share) => set({ share }),
    compare: (challenger) =>
      change(challenger, () => client.models.compare({ challenger, share: state.value.share }, options)),
    end: (activate) => change(activate, () => client.models.endComparison({ activate }, options)),
    retryBatch: (batchId) =>
      run(batchId, async () => {
        await client.recommendations.retryBatch({ batchId }, options)
        await loadBatches()
      }),
    dispose() {
      cancelFollowing()
      store.dispose()
    },
  }
}

function nullWhereMissing(error: unknown): null {
  if (failureOf(error).kind === 'missing') return null
  throw error
}
