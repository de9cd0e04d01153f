import { recommendations } from './recommendations/index.ts'
import { defineElement, type ElementsOptions } from './registry.ts'

/**
 * Makes the widgets elements of this page: `<tw-recommendations>`. `client` is any client of `@tillwright/core`, with a
 * publishable key. A second call changes nothing.
 *
 * ```ts
 * defineElements({ client: createClient({ baseUrl: 'https://brain.example.com', key: 'pk_…' }) })
 * ```
 */
export function defineElements(options: ElementsOptions): void {
  defineElement(recommendations, options)
}

export type { WidgetClient } from './client.ts'
export type { Mounted } from './mount.ts'
export type { RecommendationsProps } from './recommendations/connect.ts'
export { mountRecommendations } from './recommendations/index.ts'
export { RECOMMENDATIONS_HEIGHT_PX } from './recommendations/style.ts'
export type { ElementsOptions } from './registry.ts'
