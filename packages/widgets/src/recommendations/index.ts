import type { RecommendationKind } from '@tillwright/core/contract'
import type { WidgetClient } from '../client.ts'
import { soundLanguage } from '../i18n.ts'
import { type Mounted, mount } from '../mount.ts'
import type { ElementWidget } from '../registry.ts'
import { watchInView } from '../ui/in-view.ts'
import {
  connectRecommendations,
  type RecommendationsConnection,
  type RecommendationsProps,
  type RecommendationsState,
} from './connect.ts'
import { style } from './style.ts'
import { recommendationsView } from './view.tsx'

const DEFAULT_LIMIT = 8
const MAX_LIMIT = 50

/** How far outside the viewport a row may be when it asks the server, in CSS pixels. */
const NEAR_PX = 400

/** `<tw-recommendations>`: a row of recommended products, each with the reason for it. */
export const recommendations: ElementWidget<RecommendationsProps, RecommendationsState, RecommendationsConnection> = {
  tag: 'tw-recommendations',
  attributes: ['kind', 'items', 'exclude', 'limit', 'heading', 'language', 'product-url', 'placement'],
  propsOf(element, language) {
    const read = (name: string) => element.getAttribute(name)
    return {
      kind: (read('kind') ?? 'popular') as RecommendationKind,
      items: idsIn(read('items')),
      exclude: idsIn(read('exclude')),
      limit: Math.min(Math.max(Math.trunc(Number(read('limit'))) || DEFAULT_LIMIT, 1), MAX_LIMIT),
      heading: read('heading'),
      language: soundLanguage(read('language') ?? language),
      productUrl: read('product-url'),
      placement: read('placement'),
    }
  },
  connect: connectRecommendations,
  view: recommendationsView,
  style,
  watch(host, connection) {
    const { ownerDocument: page } = host
    let isHalfInView = false
    const look = () => connection.seen(isHalfInView && page.visibilityState === 'visible')
    const stopNear = watchInView(host, (isNear) => isNear && connection.near(), { marginPx: NEAR_PX })
    const stopSeen = watchInView(
      host,
      (isInView) => {
        isHalfInView = isInView
        look()
      },
      { share: 0.5 },
    )
    page.addEventListener('visibilitychange', look)
    return () => {
      stopNear()
      stopSeen()
      page.removeEventListener('visibilitychange', look)
    }
  },
}

/** Ids as an attribute lists them: `85123A, 22423`. */
function idsIn(list: string | null): string[] {
  return (list ?? '').split(',').flatMap((id) => id.trim() || [])
}

/**
 * Draws recommendations into the shadow root of `host`, for pages that would rather call than write an element.
 * Everything but `client` has a default.
 */
export function mountRecommendations(
  host: HTMLElement,
  { client, ...given }: Partial<RecommendationsProps> & { client: WidgetClient },
): Mounted<Partial<RecommendationsProps>> {
  let props: RecommendationsProps = {
    kind: 'popular',
    items: [],
    exclude: [],
    limit: DEFAULT_LIMIT,
    heading: null,
    language: 'en',
    productUrl: null,
    placement: null,
    ...given,
  }
  const mounted = mount(recommendations, host, props, client)
  return {
    update: (change) => mounted.update((props = { ...props, ...change })),
    dispose: mounted.dispose,
  }
}
