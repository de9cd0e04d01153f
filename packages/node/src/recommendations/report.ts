import { compareMeans, isHeldOut } from '@tillwright/core/brain'
import type { Event, RecommendationReport } from '@tillwright/core/contract'
import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import { problem } from '../http/problem-error.ts'
import { type Attribution, attribute, type Click, type Earned, type Purchase } from './attribution.ts'
import { eventsOf, ordersById, ordersOfCustomers, type SoldOrder, type Span, visitorsIn } from './report-store.ts'

const DAY_MS = 86_400_000
const MAX_DAYS = 92
const DEFAULT_DAYS = 30

export interface ReportRange {
  /** Default: 30 days before `to`. */
  readonly from?: string | undefined
  /** Default: now. */
  readonly to?: string | undefined
  readonly windowDays: number
}

/** What recommendations earned in a span: orders may come up to `windowDays` after it. */
export async function recommendationReport(
  db: TenantDb,
  { currency }: Tenant,
  { from, to, windowDays }: ReportRange,
  holdoutShare: number,
  now: number,
): Promise<RecommendationReport> {
  const end = to === undefined ? now : Date.parse(to)
  const span = { from: from === undefined ? end - DEFAULT_DAYS * DAY_MS : Date.parse(from), to: end }
  if (span.to < span.from) throw problem('invalid_input', 'to must not be before from')
  if (span.to - span.from > MAX_DAYS * DAY_MS)
    throw problem('invalid_input', `At most ${MAX_DAYS} days are reported at a time`)
  const windowMs = windowDays * DAY_MS
  const { attribution, purchases } = await outcomes(db, span, windowMs)
  return {
    from: new Date(span.from).toISOString(),
    to: new Date(span.to).toISOString(),
    currency,
    windowDays,
    total: attribution.total,
    byKind: listed(attribution.byKind, 'kind'),
    byPlacement: listed(attribution.byPlacement, 'placement'),
    byModel: listed(attribution.byModel, 'model'),
    holdout: holdoutShare > 0 ? await holdoutOutcome(db, span, purchases, holdoutShare) : null,
  }
}

/** What became of the answers that were shown in a span. */
export async function outcomes(
  db: TenantDb,
  span: Span,
  windowMs: number,
): Promise<{ attribution: Attribution; purchases: readonly Purchase[] }> {
  const shown = new Set<string>()
  for await (const { recommendationId } of eventsOf(db, 'recommendation_shown', span)) {
    if (recommendationId !== undefined) shown.add(recommendationId)
  }
  const clicks: Click[] = []
  for await (const event of eventsOf(db, 'recommendation_clicked', span)) {
    const { recommendationId, productId, ms } = event
    if (recommendationId === undefined || productId === undefined) continue
    clicks.push({ recommendationId, productId, at: ms, who: whoOf(event) })
  }
  const purchases = await purchasesIn(db, { from: span.from, to: span.to + windowMs }, clicks)
  return { attribution: attribute(shown, clicks, purchases, windowMs), purchases }
}

/** Orders that pages told of, and those of customers who clicked: each once, with everything that says who it was. */
async function purchasesIn(db: TenantDb, span: Span, clicks: readonly Click[]): Promise<Purchase[]> {
  const told = new Map<string, { event: Event; at: number; who: Set<string> }>()
  for await (const event of eventsOf(db, 'purchased', span)) {
    const id = event.orderId
    if (id === undefined) continue
    const known = told.get(id)
    if (known) for (const key of whoOf(event)) known.who.add(key)
    else told.set(id, { event, at: event.ms, who: new Set(whoOf(event)) })
  }
  const customers = clicks.flatMap(({ who }) => who.filter((key) => key.startsWith(CUSTOMER)))
  const customerIds = [...new Set(customers)].map((key) => key.slice(CUSTOMER.length))
  const orders = new Map<string, SoldOrder>()
  for (const order of await ordersById(db, [...told.keys()])) orders.set(order.id, order)
  for (const order of await ordersOfCustomers(db, customerIds, span)) orders.set(order.id, order)
  const purchases = [...orders.values()].map(({ id, at, customerId, totalMinor, amounts }): Purchase => {
    const event = told.get(id)
    const who = [...(event?.who ?? []), ...(customerId === null ? [] : [CUSTOMER + customerId])]
    // The order's own time may be the shop's clock, or cut to the day: what the page told came after its clicks.
    return { orderId: id, at: event?.at ?? at, who: [...new Set(who)], totalMinor, amounts }
  })
  for (const [orderId, { event, at, who }] of told) {
    if (orders.has(orderId)) continue
    const amounts = new Map((event.productIds ?? []).map((id) => [id, 0]))
    purchases.push({ orderId, at, who: [...who], totalMinor: event.value?.amount ?? 0, amounts })
  }
  return purchases
}

const CUSTOMER = 'c:'

function whoOf({ visitorId, sessionId, customerId }: Event): string[] {
  return [
    ...(visitorId === undefined ? [] : [`v:${visitorId}`]),
    ...(sessionId === undefined ? [] : [`s:${sessionId}`]),
    ...(customerId === undefined ? [] : [CUSTOMER + customerId]),
  ]
}

/** Everybody counts by the group they are in, whether they came near a recommendation or not: so nothing but chance differs. */
async function holdoutOutcome(db: TenantDb, span: Span, purchases: readonly Purchase[], share: number) {
  const bought = new Map<string, { orders: number; revenueMinor: number }>()
  for (const { who, totalMinor, at } of purchases) {
    // By the browser's id where there is one, as groups are.
    const key = who.find((each) => each.startsWith('v:')) ?? who.find((each) => each.startsWith('s:'))
    if (key === undefined || at >= span.to) continue
    const known = bought.get(key.slice(2)) ?? { orders: 0, revenueMinor: 0 }
    bought.set(key.slice(2), { orders: known.orders + 1, revenueMinor: known.revenueMinor + totalMinor })
  }
  const [shown, heldOut] = [group(), group()]
  for await (const visitor of visitorsIn(db, span)) {
    const outcome = isHeldOut(visitor, share) ? heldOut : shown
    const { orders, revenueMinor } = bought.get(visitor) ?? { orders: 0, revenueMinor: 0 }
    outcome.visitors++
    outcome.orders += orders
    outcome.squares += orders * orders
    outcome.revenueMinor += revenueMinor
  }
  const { difference, low, high } = compareMeans(sumsOf(heldOut), sumsOf(shown))
  return {
    shown: told(shown),
    heldOut: told(heldOut),
    difference: Number.isFinite(low) ? { ordersPerVisitor: difference, low, high } : null,
  }
}

interface Group {
  visitors: number
  orders: number
  squares: number
  revenueMinor: number
}

function group(): Group {
  return { visitors: 0, orders: 0, squares: 0, revenueMinor: 0 }
}

function sumsOf({ visitors, orders, squares }: Group) {
  return { count: visitors, sum: orders, squares }
}

function told({ visitors, orders, revenueMinor }: Group) {
  return { visitors, orders, revenueMinor }
}

function listed<N extends string>(books: ReadonlyMap<string, Earned>, name: N) {
  return [...books]
    .map(([value, earned]) => ({ [name]: value, ...earned }) as Earned & { [K in N]: string })
    .sort((a, b) => b.shown - a.shown || (a[name] < b[name] ? -1 : 1))
}
