import type { RecommendedProduct } from '@tillwright/core/contract'
import { formatMoney, spokenLanguage, wordsFor } from '../i18n.ts'
import { Shelf } from '../ui/shelf.tsx'
import type { RecommendationsConnection, RecommendationsState } from './connect.ts'
import { type RecommendationWords, strings } from './strings.ts'

export type RecommendationsActions = Pick<RecommendationsConnection, 'retry' | 'clicked' | 'explain'>

/** Most placeholder cards while the answer is on its way: as many as a wide page shows at once. */
const SKELETON_CARDS = 7

/** Opens a link in a new tab. */
const MIDDLE_BUTTON = 1

export function recommendationsView(state: RecommendationsState, actions: RecommendationsActions) {
  const { props, phase, answer } = state
  const words = wordsFor(strings, props.language)
  const heading = props.heading ?? words.headings[props.kind]
  return (
    <section
      part="frame"
      lang={spokenLanguage(strings, props.language)}
      aria-label={heading}
      aria-busy={phase === 'loading'}
      tabindex={-1}
      onKeyDown={(event) => state.openId && closeOnEscape(event, actions)}
    >
      <Shelf heading={heading} previous={words.previous} next={words.next}>
        {answer?.items.map((product, position) => card(product, position, state, words, actions))}
        {phase === 'loading' && skeleton(Math.min(props.limit, SKELETON_CARDS))}
      </Shelf>
      {phase === 'failed' && (
        <div part="message" role="status">
          <p>{words.failed}</p>
          <button type="button" part="retry" onClick={(event) => retry(event, actions)}>
            {words.retry}
          </button>
        </div>
      )}
      {answer?.items.length === 0 && (
        <div part="message" role="status">
          {words.empty}
        </div>
      )}
    </section>
  )
}

function card(
  product: RecommendedProduct,
  position: number,
  { props, openId }: RecommendationsState,
  words: RecommendationWords,
  actions: RecommendationsActions,
) {
  const { id, name, price, imageUrl, reasonText } = product
  const isOpen = id === openId
  const reasonId = `why-${position}`
  return (
    <li part="card" key={id}>
      <a
        part="link"
        href={hrefOf(product, props.productUrl)}
        onClick={() => actions.clicked(id, position)}
        onAuxClick={({ button }) => button === MIDDLE_BUTTON && actions.clicked(id, position)}
      >
        <div part="media" style={{ '--hue': hueOf(id) }}>
          <span part="initial" aria-hidden="true">
            {name.trim().slice(0, 1)}
          </span>
          {imageUrl && <img key={imageUrl} part="image" src={imageUrl} alt="" loading="lazy" onError={hide} />}
        </div>
        <div part="name" lang={props.language}>
          {name}
        </div>
        <div part="price">{price && formatMoney(price, props.language)}</div>
      </a>
      <button
        type="button"
        part="why"
        aria-expanded={isOpen}
        aria-controls={reasonId}
        onClick={() => actions.explain(isOpen ? null : id)}
      >
        {words.why}
      </button>
      <p part="reason" id={reasonId} hidden={!isOpen}>
        {reasonText}
      </p>
    </li>
  )
}

function skeleton(count: number) {
  return Array.from({ length: count }, (_, index) => (
    <li part="card skeleton" key={index} aria-hidden="true">
      <div part="media" />
      <div part="name" />
    </li>
  ))
}

/** The product's own address, else the shop's template with its id. Only addresses that a link may lead to. */
function hrefOf({ url, id }: RecommendedProduct, template: string | null): string | undefined {
  const href = url ?? template?.replace('{id}', encodeURIComponent(id))
  return href && /^(https?:|\/)/.test(href) ? href : undefined
}

/** A hue in degrees that stays with the product: where there is no picture, its tile has a quiet colour of its own. */
function hueOf(id: string): number {
  let hash = 0
  for (const character of id) hash = (hash * 137 + character.charCodeAt(0)) % 360
  return hash
}

/** A picture that cannot be had leaves the tile behind it. */
function hide(event: Event): void {
  ;(event.currentTarget as HTMLElement).hidden = true
}

/** What is around the row, a dialog for instance, is not meant. */
function closeOnEscape(event: KeyboardEvent, actions: RecommendationsActions): void {
  if (event.key !== 'Escape') return
  event.stopPropagation()
  actions.explain(null)
}

/** The button goes away with the message; focus stays in the frame. */
function retry(event: Event, actions: RecommendationsActions): void {
  ;(event.currentTarget as Element).closest('section')!.focus()
  actions.retry()
}
