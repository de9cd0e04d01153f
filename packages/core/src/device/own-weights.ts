import type { PastQuestion } from '../brain/rerank/cases.ts'
import type { RerankCase } from '../brain/rerank/learn.ts'
import type { Schedule } from '../ports.ts'
import type { DeviceLearner } from './learner.ts'
import type { DeviceStore } from './store.ts'
import { NO_TOUCHES, type Touches } from './touches.ts'

/** Own events from which there is something to learn. */
const LEAST_EVENTS = 3
/** How long after the last event learning begins, in ms, so that many at once are learned from together. */
const LEARN_MS = 1_000
/** Questions that are learned from, at most: the latest. */
export const MOST_QUESTIONS = 20
/** Questions made ready at a stretch, so that the page can go on in between. */
const STRETCH = 1

const OWN = 'own'

/** What is learned about, which changes with the model. */
export interface Teachable {
  /** Digest of the model file. */
  readonly digest: string
  readonly weights: Float32Array
  readonly inputs: number
  questionsOf(touches: Touches, most: number): readonly PastQuestion[]
  caseOf(question: PastQuestion): RerankCase | null
  fits(weights: unknown): weights is Float32Array
}

interface Kept {
  readonly digest: string
  readonly weights: Float32Array
}

export interface OwnWeightsPorts {
  readonly learner: DeviceLearner
  readonly schedule: Schedule
  readonly warn: (message: string) => void
  readonly store: DeviceStore
  /** Whether what was learned may outlast the page. */
  readonly isKept: boolean
  /** Whether the visitor lets the page load what it takes. */
  readonly isWanted: () => boolean
  /** `null`: there is no model yet, or it has no network. */
  readonly teachable: () => Promise<Teachable | null>
}

/** The network's weights as one visitor's own events have changed them. */
export interface OwnWeights {
  /** For a model file; `undefined` where nothing was learned for it. */
  of(digest: string): Float32Array | undefined
  /** Looks whether there is enough to learn from, and learns somewhat later. */
  consider(touches: Touches): void
  /** Takes up what was kept. What is damaged or of another model is passed over. */
  restore(): Promise<void>
  forget(): Promise<void>
  close(): void
}

export function ownWeights(ports: OwnWeightsPorts): OwnWeights {
  const { learner, schedule, warn, store, isKept, isWanted, teachable } = ports
  let own: Kept | null = null
  let touches: Touches = NO_TOUCHES
  /** Changes with each forgetting, so that what was under way then is not kept. */
  let life = 0
  let isLearning = false
  let isStale = false
  let cancel = () => {}

  const pause = () => new Promise<void>((resolve) => schedule(resolve, 0))

  async function learn(): Promise<void> {
    if (isLearning) {
      isStale = true
      return
    }
    isLearning = true
    const born = life
    try {
      const lesson = await teachable()
      if (!lesson) return
      const cases: RerankCase[] = []
      for (const [i, question] of lesson.questionsOf(touches, MOST_QUESTIONS).entries()) {
        if (i % STRETCH === 0) await pause()
        const one = lesson.caseOf(question)
        if (one) cases.push(one)
      }
      if (cases.length === 0 || born !== life) return
      const { digest, weights, inputs } = lesson
      const learned = await learner.learn({ weights, inputs, cases })
      if (born !== life || !lesson.fits(learned)) return
      own = { digest, weights: learned }
      if (isKept) await store.put(OWN, own)
    } catch (error) {
      warn(`nothing was learned on this device: ${(error as Error).message}`)
    } finally {
      isLearning = false
      if (isStale && born === life) later()
      isStale = false
    }
  }

  function later(): void {
    cancel()
    cancel = schedule(() => void learn(), LEARN_MS)
  }

  return {
    of: (digest) => (own?.digest === digest ? own.weights : undefined),
    consider(latest) {
      touches = latest
      if (latest.viewed.length + latest.bought.length >= LEAST_EVENTS && isWanted()) later()
    },
    async restore() {
      const kept = (await store.get(OWN)) as Kept | undefined
      const lesson = kept && (await teachable())
      if (lesson && kept.digest === lesson.digest && lesson.fits(kept.weights)) own ??= kept
    },
    async forget() {
      life++
      own = null
      touches = NO_TOUCHES
      cancel()
      await store.remove(OWN)
    },
    close: () => cancel(),
  }
}
