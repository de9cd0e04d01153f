import type { RecommendationSettings } from '@tillwright/core/contract'
import type { Tillwright } from '@tillwright/core/script'
import { type PageState, pageStore } from '../../kit/page-store.ts'
import type { PageConnection, PageContext } from '../../page.ts'

export interface SettingsClient {
  readonly recommendationRules: Pick<Tillwright['recommendationRules'], 'settings' | 'setSettings'>
}

export interface SettingsState extends PageState {
  /** As the server has them. */
  readonly kept: RecommendationSettings | null
  /** As they stand in the form. */
  readonly draft: RecommendationSettings | null
  readonly isSaved: boolean
}

export interface SettingsConnection extends PageConnection<SettingsState> {
  change(part: Partial<RecommendationSettings>): void
  save(): Promise<void>
}

export function connectSettings({ client }: PageContext<SettingsClient>): SettingsConnection {
  const store = pageStore<SettingsState>({ kept: null, draft: null, isSaved: false, failure: null, busy: [] })
  const { state, set, run } = store
  const options = { signal: store.signal }
  return {
    state,
    open() {
      if (state.value.kept !== null) return
      void run('load', async () => {
        const kept = await client.recommendationRules.settings({}, options)
        set({ kept, draft: kept })
      })
    },
    change(part) {
      const { draft } = state.value
      if (draft) set({ draft: { ...draft, ...part }, isSaved: false })
    },
    save: () =>
      run('save', async () => {
        const { draft } = state.value
        if (!draft) return
        // Settings that this page does not know go back as they came.
        const kept = await client.recommendationRules.setSettings({ ...draft }, options)
        set({ kept, draft: kept, isSaved: true })
      }),
    dispose: store.dispose,
  }
}

/** Whether there is something to save. */
export function isChanged({ kept, draft }: SettingsState): boolean {
  return JSON.stringify(kept) !== JSON.stringify(draft)
}
