import type { Recommendations } from '@tillwright/core/contract'
import type { NewEvent, PageClient } from '@tillwright/core/script'

export type RecommendationsQuery = NonNullable<Parameters<PageClient['recommendations']['list']>[0]>

/** What widgets ask of a client. Any client of `@tillwright/core` will do, and so will the script tag's own small one. */
export interface WidgetClient {
  /** The random ids that events carry, so that answers go by the same visitor. Default: nobody is known. */
  readonly visitor?: Pick<RecommendationsQuery, 'sessionId' | 'visitorId'>
  readonly recommendations: {
    list(query: RecommendationsQuery, options?: { signal?: AbortSignal }): Promise<Recommendations>
  }
  readonly events: {
    /** Notes that something happened; it reaches the server with others, soon, and again until the server has it. */
    track(event: NewEvent): Promise<void>
  }
}
