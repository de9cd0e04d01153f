import type { RecommendationKind, Recommendations } from '@tillwright/core/contract'
import type { NewEvent } from '@tillwright/core/script'
import type { WidgetClient } from '../client.ts'
import type { Connection } from '../mount.ts'
import type { WidgetPlatform } from '../platform/browser.ts'
import { signal } from '../signal.ts'

/** How long at least half of the row is in view before it counts as shown, in ms. */
export const SHOWN_AFTER_MS = 1_000

export interface RecommendationsProps {
  readonly kind: RecommendationKind
  /** The product on the page, or those in the cart in the order they were added. */
  readonly items: readonly string[]
  /** Products to leave out. */
  readonly exclude: readonly string[]
  readonly limit: number
  /** Heading over the row. Default: one for the kind, in the language. */
  readonly heading: string | null
  /** BCP 47. */
  readonly language: string
  /** Address of a product that has none of its own; `{id}` stands for its id. */
  readonly productUrl: string | null
  /** A name for this place in the shop: for rules, reports and `notify`. */
  readonly placement: string | null
}

export interface RecommendationsState {
  readonly props: RecommendationsProps
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly answer: Recommendations | null
  /** The product whose reason is open. */
  readonly openId: string | null
}

export interface RecommendationsContext extends WidgetPlatform {
  readonly client: Pick<WidgetClient, 'recommendations' | 'events' | 'visitor'>
  /** Told of each event that goes to the server, for the shop's own analytics. */
  readonly notify: (event: NewEvent & { placement: string | null }) => void
}

export interface RecommendationsConnection extends Connection<RecommendationsProps, RecommendationsState> {
  /** The row comes near the viewport: from now on it asks the server. */
  near(): void
  /** At least half of the row came into view, or went out of it. */
  seen(isHalfVisible: boolean): void
  retry(): void
  clicked(productId: string, position: number): void
  /** Opens the reason of a product and closes any other; closes all with `null`. */
  explain(productId: string | null): void
}

export function connectRecommendations(
  initial: RecommendationsProps,
  { client, schedule, warn, notify }: RecommendationsContext,
): RecommendationsConnection {
  const state = signal<RecommendationsState>({ props: initial, phase: 'loading', answer: null, openId: null })
  const set = (change: Partial<RecommendationsState>) => {
    state.value = { ...state.value, ...change }
  }
  let isNear = false
  let isHalfVisible = false
  let isShown = false
  let call: AbortController | undefined
  let cancelShown = () => {}

  async function load(): Promise<void> {
    call?.abort()
    cancelShown()
    const { signal } = (call = new AbortController())
    set({ phase: 'loading', answer: null, openId: null })
    try {
      const answer = await client.recommendations.list({ ...client.visitor, ...queryOf(state.value.props) }, { signal })
      if (signal.aborted) return
      isShown = false
      set({ phase: 'ready', answer })
      awaitShown()
    } catch (error) {
      if (signal.aborted) return
      warn(`tw-recommendations: ${(error as Error).message}`)
      set({ phase: 'failed', answer: null })
    }
  }

  function awaitShown(): void {
    cancelShown()
    const { answer } = state.value
    if (!answer?.items.length || !isHalfVisible || isShown) return
    cancelShown = schedule(() => {
      isShown = true
      track({ type: 'recommendation_shown', productIds: answer.items.map(({ id }) => id) })
    }, SHOWN_AFTER_MS)
  }

  function track(what: Pick<NewEvent, 'type' | 'productIds' | 'productId' | 'position'>): void {
    const event: NewEvent = { ...what, recommendationId: state.value.answer!.recommendationId }
    void client.events.track(event)
    notify({ ...event, placement: state.value.props.placement })
  }

  return {
    state,
    near() {
      if (isNear) return
      isNear = true
      void load()
    },
    seen(visible) {
      isHalfVisible = visible
      awaitShown()
    },
    retry: () => void load(),
    clicked: (productId, position) => track({ type: 'recommendation_clicked', productId, position }),
    explain: (openId) => set({ openId }),
    update(props) {
      const isSameQuery = JSON.stringify(queryOf(props)) === JSON.stringify(queryOf(state.value.props))
      set({ props })
      if (isNear && !isSameQuery) void load()
    },
    dispose() {
      call?.abort()
      cancelShown()
    },
  }
}

function queryOf({ kind, items, exclude, limit, language, placement }: RecommendationsProps) {
  // As the server writes names of places: `Product page` is `product-page`.
  const place = placement
    ?.toLowerCase()
    .match(/[a-z0-9]+/g)
    ?.join('-')
    .slice(0, 40)
  return { kind, items: [...items], exclude: [...exclude], limit, language, ...(place ? { placement: place } : {}) }
}
