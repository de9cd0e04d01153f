import type { RecommendationReport } from '@tillwright/core/contract'
import { expect, it } from 'vitest'
import { exampleClient } from '../../../testing/example-client.ts'
import { pageContext } from '../../../testing/page-context.ts'
import { connectReport } from './connect.ts'
import { holdoutVerdict } from './holdout-verdict.ts'

const DAY_MS = 86_400_000

async function open(answers = {}) {
  const fake = exampleClient(answers)
  const context = pageContext(fake.client)
  const page = connectReport(context)
  page.open([])
  await context.platform.advance(0)
  return { ...page, ...fake, ...context }
}

it('reports the last 30 days, with orders within a week of the click', async () => {
  const { state, of, clock } = await open()
  const [from, to] = [clock() - 30 * DAY_MS, clock()].map((at) => new Date(at).toISOString())
  expect(of('recommendations.report')).toEqual([{ from, to, windowDays: 7 }])
  expect(state.value.report).not.toBeNull()
})

it('asks again for another period or window, and forgets an answer that is late', async () => {
  const late: ((report: unknown) => void)[] = []
  const { choose, state, platform, of } = await open({
    'recommendations.report': ({ windowDays }: { windowDays: number }) =>
      windowDays === 7 ? new Promise((resolve) => late.push(resolve)) : { windowDays },
  })
  choose({ windowDays: 30 })
  await platform.advance(0)
  late[0]!({ windowDays: 7 })
  await platform.advance(0)
  expect(of('recommendations.report')).toHaveLength(2)
  expect(state.value.report).toEqual({ windowDays: 30 })
})

type Holdout = NonNullable<RecommendationReport['holdout']>
const group = (visitors: number, orders: number) => ({ visitors, orders, revenueMinor: 0 })

it('is certain where the interval leaves zero', () => {
  const shown = group(9_000, 540)
  const heldOut = group(1_000, 50)
  const holdout = (low: number, high: number): Holdout => ({
    shown,
    heldOut,
    difference: { ordersPerVisitor: (low + high) / 2, low, high },
  })
  expect(holdoutVerdict(holdout(0.001, 0.019))).toMatchObject({
    kind: 'earns',
    low: expect.closeTo(0.02),
    high: expect.closeTo(0.38),
    moreVisitors: null,
  })
  expect(holdoutVerdict(holdout(-0.019, -0.001))).toMatchObject({ kind: 'harms' })
  // A half-width three times the difference needs nine times the visitors: 80,000 more.
  expect(holdoutVerdict(holdout(-0.002, 0.004))).toEqual({
    kind: 'uncertain',
    change: expect.closeTo(0.02),
    low: -0.04,
    high: 0.08,
    moreVisitors: 80_000,
  })
})

it('names no number of visitors where there is hardly a difference', () => {
  const holdout = {
    shown: group(900, 90),
    heldOut: group(100, 10),
    difference: { ordersPerVisitor: 0, low: -0.1, high: 0.1 },
  }
  expect(holdoutVerdict(holdout)).toMatchObject({ kind: 'uncertain', moreVisitors: null })
})

it.each<[string, Partial<Holdout>]>([
  ['there is no interval', { difference: null }],
  ['nobody who was held out has ordered', { heldOut: group(10, 0) }],
  ['nobody was held out', { heldOut: group(0, 0) }],
])('waits while %s', (_, change) => {
  const difference = { ordersPerVisitor: 0.1, low: 0.05, high: 0.15 }
  const holdout: Holdout = { shown: group(20, 2), heldOut: group(10, 1), difference, ...change }
  expect(holdoutVerdict(holdout).kind).toBe('waiting')
})
