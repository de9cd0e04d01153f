import type { Event } from '../contract/events.ts'

/** What the device remembers of its visitor: the latest. */
export const KEPT = 200

export interface Touch {
  readonly id: string
  /** ms since 1970. */
  readonly at: number
}

/** What a visitor looked at and bought, oldest first. */
export interface Touches {
  readonly viewed: readonly Touch[]
  readonly bought: readonly Touch[]
}

export const NO_TOUCHES: Touches = { viewed: [], bought: [] }

/** What an event tells of a visitor. */
export type Told = Pick<Event, 'type' | 'productId' | 'productIds'>

/** Whoever clicks an answer looks at the product. */
const LOOKS: ReadonlySet<Told['type']> = new Set(['product_viewed', 'added_to_cart', 'recommendation_clicked'])

/** The same with what an event tells; the very same object where it tells nothing. */
export function withEvent(touches: Touches, { type, productId, productIds = [] }: Told, at: number): Touches {
  const one = productId === undefined ? [] : [{ id: productId, at }]
  if (LOOKS.has(type)) {
    return one.length === 0 ? touches : { ...touches, viewed: [...touches.viewed, ...one].slice(-KEPT) }
  }
  if (type !== 'purchased') return touches
  const bought = productIds.length > 0 ? productIds.map((id) => ({ id, at })) : one
  return { ...touches, bought: [...touches.bought, ...bought].slice(-KEPT) }
}
