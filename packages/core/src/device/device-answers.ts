import type { Client } from '../client/bind.ts'
import type { TillwrightContract } from '../contract/index.ts'
import type { DeviceShelf, DeviceState, Recommendations } from '../contract/recommendations.ts'
import { ApiError, NetworkError, OfflineError, TimeoutError } from '../errors.ts'
import { isSavingData } from '../platform/saving-data.ts'
import type { Platform } from '../ports.ts'
import type { DeviceBrain, DeviceQuery } from './answer.ts'
import { idbDeviceStore } from './idb-store.ts'
import type { DeviceLearner } from './learner.ts'
import { ownWeights } from './own-weights.ts'
import { type DeviceStore, memoryDeviceStore } from './store.ts'
import { NO_TOUCHES, type Told, type Touches, withEvent } from './touches.ts'

/** How long after its start a page asks for the model, so that the page comes first, in ms. */
const START_MS = 3_000
/** How often it looks whether there is a newer one, in ms. */
const REFRESH_MS = 15 * 60_000
/** How long the server may take once the device could answer as well, in ms. */
const PATIENCE_MS = 4_000

export interface DeviceOptions {
  /** Where model and shelf are kept. Default: IndexedDB where there is one, else memory. */
  readonly store?: DeviceStore
  /** How long after its start a page asks for the model, in ms. Default 3,000. */
  readonly startMs?: number
  /** How long the server may take once the device could answer as well, in ms. Default 4,000. */
  readonly patienceMs?: number
  /** Loads the model though the visitor saves data. Default `false`. */
  readonly ignoreSaveData?: boolean
  /**
   * Puts answers in an order of the visitor's own: by the model's network, which learns here from what they look at and buy.
   * `deviceLearning()`. Default: answers are those of the lists, as the server would give them from the same file.
   */
  readonly learning?: DeviceLearner
}

/** What a page can ask of its own device. */
export interface DeviceAnswers {
  /** Answers without the server; `null` where nothing is kept yet. */
  recommend(query?: DeviceQuery): Promise<Recommendations | null>
  /**
   * Tells the device alone what the visitor looked at, put into the cart or bought, where events may not be sent. What
   * `events.track` sends it hears of by itself.
   */
  note(event: Told): void
  /** Gets the newest model and shelf, now. Throws where the server cannot be reached. */
  refresh(): Promise<void>
  /** Removes everything that is kept: model, shelf, what this visitor looked at, and what was learned from it. */
  forget(): Promise<void>
  /** Whether answers go by what this visitor's own events taught. */
  hasLearned(): Promise<boolean>
}

export interface WithDevice {
  readonly device: DeviceAnswers
}

/** What the feature works with. */
export interface DeviceLine {
  readonly client: Client<TillwrightContract>
  readonly platform: Platform
  /** Tells clients of other servers and keys apart, where they share a browser. */
  readonly place: string
  /** How long this visitor is told apart from others. */
  readonly visitor: 'page' | 'session' | 'device'
}

export interface DeviceConnected {
  readonly client: Client<TillwrightContract>
  readonly extra: WithDevice
  /** Told of each event, before it is sent. */
  note(event: Told): void
  close(): void
}

/** What `createClient` takes as `device`. */
export type DeviceFeature = (line: DeviceLine) => DeviceConnected

/** Under what the model and the rest are kept. */
const MODEL = 'model'
const SHELF = 'shelf'
const TOUCHES = 'touches'

interface KeptModel {
  readonly digest: string
  readonly file: Uint8Array
}
interface KeptShelf {
  readonly stamp: string
  readonly shelf: DeviceShelf
}

/**
 * Lets `recommendations.list` and `.ask` be answered on the device, from the same model file, while the server is away: the
 * answer says `source: 'device'`. The model (some 200 KB) is fetched once the page is idle, never where the visitor saves
 * data. What this visitor looks at stays in memory or, with `visitor: 'device'`, in the browser's storage; it goes into answers and
 * nowhere else.
 */
export function deviceAnswers(options: DeviceOptions = {}): DeviceFeature {
  return ({ client, platform, place, visitor }) => {
    const store = options.store ?? defaultStore(`tillwright-device:${place}`)
    let brain: Promise<DeviceBrain | null> | undefined
    let touches: Touches = NO_TOUCHES
    const own =
      options.learning &&
      ownWeights({
        learner: options.learning,
        schedule: platform.schedule,
        warn: platform.warn,
        store,
        isKept: visitor === 'device',
        isWanted,
        teachable: async () => (await loaded())?.teachable ?? null,
      })
    const remembered = visitor === 'device' ? restoreTouches() : Promise.resolve()

    /** The weights that were learned for the model that answers. */
    function ownOf(answering: DeviceBrain | null): Float32Array | undefined {
      return answering?.teachable ? own?.of(answering.teachable.digest) : undefined
    }

    async function restoreTouches(): Promise<void> {
      const kept = await store.get(TOUCHES).catch(() => undefined)
      // What happened since the page began comes after it.
      const { viewed, bought } = (kept as Touches | undefined) ?? NO_TOUCHES
      touches = { viewed: [...viewed, ...touches.viewed], bought: [...bought, ...touches.bought] }
      // Storage that is blocked costs what was learned, which the next events teach again.
      await own?.restore().catch(() => {})
    }

    async function load(): Promise<DeviceBrain | null> {
      const [model, shelf] = [await store.get(MODEL), await store.get(SHELF)]
      if (!model || !shelf) return null
      const { deviceBrain } = await import('./answer.ts')
      return deviceBrain(model as KeptModel, (shelf as KeptShelf).shelf, platform, options.learning !== undefined)
    }

    /** A model that cannot be read is forgotten, and the next refresh brings another. */
    function loaded(): Promise<DeviceBrain | null> {
      brain ??= load().catch(async (error) => {
        platform.warn(`the model kept on this device cannot be used: ${(error as Error).message}`)
        await store.remove(MODEL).catch(() => {})
        brain = undefined
        return null
      })
      return brain
    }

    async function refresh(): Promise<void> {
      const kept = (await store.get(SHELF)) as KeptShelf | undefined
      const state = (await client.recommendations.device(kept ? { stamp: kept.stamp } : {})) as DeviceState
      if (!state.model) return
      const model = (await store.get(MODEL)) as KeptModel | undefined
      if (model?.digest !== state.model.digest) {
        const answer = await client.models.download({ digest: state.model.digest })
        const file = new Uint8Array(await answer.arrayBuffer())
        const { sha256 } = await import('../brain/sha256.ts')
        if (sha256(file) !== state.model.digest) throw new NetworkError('The model came damaged; it is asked for again')
        await store.put(MODEL, { digest: state.model.digest, file } satisfies KeptModel)
      }
      if (state.shelf) await store.put(SHELF, { stamp: state.stamp, shelf: state.shelf } satisfies KeptShelf)
      brain = undefined
      await remembered
      own?.consider(touches)
    }

    async function recommend(query: DeviceQuery = {}): Promise<Recommendations | null> {
      await remembered
      const answering = await loaded()
      return answering?.answer(query, touches, ownOf(answering)) ?? null
    }

    /** The server first; what the device has where that is away. */
    async function either<T>(query: DeviceQuery, call: (patience: object) => Promise<T>): Promise<T | Recommendations> {
      const isReady = (await loaded()) !== null
      if (isReady && !platform.isOnline()) return (await recommend(query))!
      try {
        return await call(isReady ? { timeoutMs: options.patienceMs ?? PATIENCE_MS, retries: 0 } : {})
      } catch (error) {
        const answer = isAway(error) ? await recommend(query) : null
        if (!answer) throw error
        return answer
      }
    }

    function isWanted(): boolean {
      return options.ignoreSaveData === true || !isSavingData()
    }

    let cancel = () => {}
    function refreshIn(delayMs: number): void {
      cancel = platform.schedule(() => {
        const work = isWanted() ? refresh() : Promise.resolve()
        // Without the server the device goes on with what it has.
        void work.catch(() => {}).then(() => refreshIn(REFRESH_MS))
      }, delayMs)
    }
    if (platform.name !== 'server') refreshIn(options.startMs ?? START_MS)

    function note(event: Told): void {
      const before = touches
      touches = withEvent(touches, event, platform.clock())
      if (touches === before) return
      own?.consider(touches)
      if (visitor !== 'device') return
      // Storage that is full or blocked costs the memory of this visit, not the visit.
      void remembered.then(() => store.put(TOUCHES, touches)).catch(() => {})
    }

    const { list, ask } = client.recommendations
    return {
      client: {
        ...client,
        recommendations: {
          ...client.recommendations,
          list: ((input = {}, call = {}) =>
            either(input, (patience) => list(input, { ...patience, ...call }))) as typeof list,
          ask: ((input = {}, call = {}) =>
            either(input, (patience) => ask(input, { ...patience, ...call }))) as typeof ask,
        },
      },
      extra: {
        device: {
          recommend,
          refresh,
          note,
          async forget() {
            touches = NO_TOUCHES
            brain = undefined
            await own?.forget()
            for (const name of [MODEL, SHELF, TOUCHES]) await store.remove(name)
          },
          async hasLearned() {
            await remembered
            return ownOf(await loaded()) !== undefined
          },
        },
      },
      note,
      close() {
        cancel()
        own?.close()
      },
    }
  }
}

function defaultStore(name: string): DeviceStore {
  return typeof indexedDB === 'undefined' ? memoryDeviceStore() : idbDeviceStore(name)
}

/** Whether nobody is there to ask, or nobody who can answer just now. */
function isAway(error: unknown): boolean {
  if (error instanceof NetworkError || error instanceof TimeoutError || error instanceof OfflineError) return true
  return error instanceof ApiError && (error.status >= 500 || error.status === 429)
}
