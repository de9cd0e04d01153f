import { type Signal, signal } from '../../signal.ts'
import { type Failure, failureOf } from './failure.ts'

/** What every page knows beside its own. */
export interface PageState {
  /** Why the last thing did not come about. */
  readonly failure: Failure | null
  /** What is under way, by names of the page's own. */
  readonly busy: readonly string[]
}

export interface PageStore<State extends PageState> {
  readonly state: Signal<State>
  /** Ends with the page: pass it to calls. */
  readonly signal: AbortSignal
  set(change: Partial<State>): void
  /** Does something under a name: busy meanwhile, its failure in the state. Not again while it is under way. */
  run(name: string, work: () => Promise<void>): Promise<void>
  dispose(): void
}

/** A page's state, which stands still once the page is gone. */
export function pageStore<State extends PageState>(initial: State): PageStore<State> {
  const state = signal(initial)
  const life = new AbortController()
  const set = (change: Partial<State>) => {
    if (!life.signal.aborted) state.value = { ...state.value, ...change }
  }
  const setCommon = (change: Partial<PageState>) => set(change as Partial<State>)
  return {
    state,
    signal: life.signal,
    set,
    async run(name, work) {
      if (state.value.busy.includes(name)) return
      setCommon({ busy: [...state.value.busy, name], failure: null })
      try {
        await work()
      } catch (error) {
        setCommon({ failure: failureOf(error) })
      }
      setCommon({ busy: state.value.busy.filter((one) => one !== name) })
    },
    dispose: () => life.abort(),
  }
}
