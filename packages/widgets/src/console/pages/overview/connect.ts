import type { Status } from '@tillwright/core/contract'
import type { Tillwright } from '@tillwright/core/script'
import { signal } from '../../../signal.ts'
import { failureOf } from '../../kit/failure.ts'
import type { PageConnection, PageContext } from '../../page.ts'

/** How long after an answer the console asks again, in ms. */
export const REFRESH_MS = 2_000
/** Longest wait for an answer, in ms: beyond it the server counts as not reached. */
const TIMEOUT_MS = 10_000

/** As much of a client as the page uses. */
export interface OverviewClient {
  readonly status: Pick<Tillwright['status'], 'get'>
  readonly jobs: Pick<Tillwright['jobs'], 'retry'>
}

export interface OverviewState {
  /** The last answer, however old. */
  readonly status: Status | null
  /** Why there is no newer one, and since when, in ms since 1970. */
  readonly trouble: { readonly kind: 'unreachable' | 'signed-out'; readonly sinceAt: number } | null
  /** When this was drawn, in ms since 1970. */
  readonly nowAt: number
  /** Jobs that are being put back in the queue. */
  readonly retrying: readonly string[]
  /** Why a job could not be put back. */
  readonly refusals: Readonly<Record<string, string>>
}

export interface OverviewConnection extends PageConnection<OverviewState> {
  /** The page comes into view, or goes out of it: nobody is asked on behalf of a page that nobody sees. */
  seen(isVisible: boolean): void
  /** Puts a dead job back in the queue. */
  retry(jobId: string): Promise<void>
}

export function connectOverview({ client, clock, schedule }: PageContext<OverviewClient>): OverviewConnection {
  const state = signal<OverviewState>({
    status: null,
    trouble: null,
    nowAt: clock(),
    retrying: [],
    refusals: {},
  })
  const set = (change: Partial<OverviewState>) => {
    state.value = { ...state.value, ...change, nowAt: clock() }
  }
  let call: AbortController | undefined
  let cancelNext = () => {}

  function stop(): void {
    call?.abort()
    cancelNext()
  }

  async function load(): Promise<void> {
    stop()
    const { signal } = (call = new AbortController())
    try {
      const status = await client.status.get({}, { signal, retries: 0, timeoutMs: TIMEOUT_MS })
      if (signal.aborted) return
      set({ status, trouble: null })
    } catch (error) {
      if (signal.aborted) return
      const kind = isSignedOut(error) ? 'signed-out' : 'unreachable'
      set({ trouble: { kind, sinceAt: state.value.trouble?.sinceAt ?? clock() } })
      if (kind === 'signed-out') return
    }
    cancelNext = schedule(load, REFRESH_MS)
  }

  return {
    state,
    seen(isVisible) {
      if (isVisible) void load()
      else stop()
    },
    async retry(jobId) {
      const { [jobId]: _, ...refusals } = state.value.refusals
      set({ retrying: [...state.value.retrying, jobId], refusals })
      try {
        await client.jobs.retry({ jobId })
      } catch (error) {
        set({ refusals: { ...state.value.refusals, [jobId]: (error as Error).message } })
      }
      set({ retrying: state.value.retrying.filter((id) => id !== jobId) })
      void load()
    },
    open: () => {},
    dispose: stop,
  }
}

function isSignedOut(error: unknown): boolean {
  return ['signed-out', 'needs-person', 'forbidden'].includes(failureOf(error).kind)
}
