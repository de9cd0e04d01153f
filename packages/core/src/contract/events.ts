import * as z from 'zod/mini'
import { anyKey, route, secretKeyOr } from './define.ts'
import { foreignId, instant, Money, page, pageQuery, text } from './schema.ts'

export const EVENT_TYPES = [
  'page_viewed',
  'product_viewed',
  'searched',
  'added_to_cart',
  'removed_from_cart',
  'checkout_started',
  'purchased',
  'recommendation_shown',
  'recommendation_clicked',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** Largest number of events in one call. */
export const MAX_EVENT_BATCH = 500

/** Something that happened in the shop. `id` is chosen by the sender and makes sending twice harmless. */
export const Event = z.object({
  id: z.string().check(z.minLength(8), z.maxLength(64), z.regex(/^[\w-]+$/, 'must be letters, digits, _ or -')),
  type: z.enum(EVENT_TYPES),
  at: instant(),
  /** A random id of this browser tab's visit. */
  sessionId: z.optional(foreignId()),
  /** A random id of this browser, where the visitor allows one. */
  visitorId: z.optional(foreignId()),
  customerId: z.optional(foreignId()),
  productId: z.optional(foreignId()),
  /** Products shown, bought or in the cart, in order. */
  productIds: z.optional(z.array(foreignId()).check(z.maxLength(200))),
  orderId: z.optional(foreignId()),
  recommendationId: z.optional(foreignId()),
  /** Place in the list, from 0. */
  position: z.optional(z.int().check(z.gte(0), z.lte(1000))),
  quantity: z.optional(z.int().check(z.gte(0), z.lte(1_000_000))),
  value: z.optional(Money),
  /** What was searched for. */
  query: z.optional(text(500)),
  /** Path of the page, without query. */
  path: z.optional(text(2048)),
})
export type Event = z.input<typeof Event>

export const StoredEvent = z.object({ ...Event.shape, receivedAt: instant() })

export const events = {
  /** Stores up to 500 events; the answer comes when they are on disk. An id that is known already is counted and dropped. */
  send: route({
    method: 'POST',
    path: '/api/events',
    access: anyKey,
    body: z.object({ events: z.array(Event).check(z.minLength(1), z.maxLength(MAX_EVENT_BATCH)) }),
    output: z.object({ accepted: z.int(), duplicates: z.int() }),
    status: 202,
    offline: 'queue',
    limit: 'page',
  }),
  list: route({
    method: 'GET',
    path: '/api/events',
    access: secretKeyOr('events:read'),
    query: z.object({
      ...pageQuery,
      type: z.optional(z.enum(EVENT_TYPES)),
      productId: z.optional(foreignId()),
      sessionId: z.optional(foreignId()),
      recommendationId: z.optional(foreignId()),
      from: z.optional(instant()),
      to: z.optional(instant()),
    }),
    output: page(StoredEvent),
    paged: true,
  }),
}
