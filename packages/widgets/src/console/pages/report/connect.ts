import type { RecommendationReport } from '@tillwright/core/contract'
import type { Tillwright } from '@tillwright/core/script'
import { type PageState, pageStore } from '../../kit/page-store.ts'
import type { PageConnection, PageContext } from '../../page.ts'

const DAY_MS = 86_400_000
/** Days up to now that one can choose from; the server reports 92 at a time. */
export const PERIODS = [7, 30, 90] as const
/** Days between a click and the order that it still counts for. */
export const WINDOWS = [1, 7, 14, 30] as const

export interface ReportClient {
  readonly recommendations: Pick<Tillwright['recommendations'], 'report'>
}

export interface ReportState extends PageState {
  readonly report: RecommendationReport | null
  readonly days: (typeof PERIODS)[number]
  readonly windowDays: (typeof WINDOWS)[number]
}

export interface ReportConnection extends PageConnection<ReportState> {
  choose(change: Partial<Pick<ReportState, 'days' | 'windowDays'>>): void
}

export function connectReport({ client, clock }: PageContext<ReportClient>): ReportConnection {
  const store = pageStore<ReportState>({ report: null, days: 30, windowDays: 7, failure: null, busy: [] })
  const { state, set, run } = store

  function load(): void {
    const { days, windowDays } = state.value
    void run(`${days} ${windowDays}`, async () => {
      const to = clock()
      const range = { from: new Date(to - days * DAY_MS).toISOString(), to: new Date(to).toISOString(), windowDays }
      const report = await client.recommendations.report(range, { signal: store.signal })
      // Whoever has chosen again meanwhile waits for another.
      if (state.value.days === days && state.value.windowDays === windowDays) set({ report })
    })
  }

  return {
    state,
    open: load,
    choose(change) {
      set(change)
      load()
    },
    dispose: store.dispose,
  }
}
