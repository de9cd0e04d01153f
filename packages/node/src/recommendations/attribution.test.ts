import { labelId } from '@tillwright/core/contract'
import { describe, expect, it } from 'vitest'
import { attribute, type Click, type Purchase } from './attribution.ts'

const DAY = 86_400_000
const id = (n: number, placement: string | null = null) =>
  labelId(`rec_${String(n).padStart(26, '0')}`, {
    kind: n % 2 ? 'popular' : 'similar',
    model: 'abcdef0123',
    isHeldOut: false,
    placement,
  })
const click = (n: number, productId: string, at: number, who = ['v:ann']): Click => ({
  recommendationId: id(n),
  productId,
  at,
  who,
})
const purchase = (amounts: Record<string, number>, at: number, who = ['v:ann']): Purchase => ({
  orderId: `o${at}`,
  at,
  who,
  totalMinor: Object.values(amounts).reduce((sum, amount) => sum + amount, 0),
  amounts: new Map(Object.entries(amounts)),
})
const earned = (clicks: Click[], purchases: Purchase[], shown: string[] = []) =>
  attribute(shown, clicks, purchases, 7 * DAY).total

describe('an order counts for an answer', () => {
  it('by the product that was clicked there, and earns what that came to', () => {
    expect(earned([click(1, 'tea', 0)], [purchase({ tea: 450, lamp: 2_000 }, DAY)])).toMatchObject({
      clicked: 1,
      orders: 1,
      revenueMinor: 450,
      lastClickOrders: 1,
      lastClickRevenueMinor: 2_450,
    })
  })

  it('strictly not, where something else was bought', () => {
    expect(earned([click(1, 'tea', 0)], [purchase({ lamp: 2_000 }, DAY)])).toMatchObject({
      orders: 0,
      revenueMinor: 0,
      lastClickOrders: 1,
    })
  })

  it.each([
    ['before the click', -1, 0],
    ['at once', 0, 1],
    ['on the last day of the window', 7 * DAY - 1, 1],
    ['after the window', 7 * DAY, 0],
  ])('placed %s: %#', (_, at, orders) => {
    expect(earned([click(1, 'tea', 0)], [purchase({ tea: 1 }, at)])).toMatchObject({ orders, lastClickOrders: orders })
  })

  it('of the same person only, known by any of their ids', () => {
    expect(earned([click(1, 'tea', 0)], [purchase({ tea: 1 }, 1, ['v:bob'])]).orders).toBe(0)
    expect(earned([click(1, 'tea', 0, ['v:x', 's:1'])], [purchase({ tea: 1 }, 1, ['s:1', 'c:9'])]).orders).toBe(1)
  })

  it('once, though several answers share it: each product for the last answer it was clicked in', () => {
    const { total, byKind } = attribute(
      [],
      [click(1, 'tea', 0), click(2, 'tea', 1), click(3, 'cup', 2)],
      [purchase({ tea: 10, cup: 5 }, 3)],
      DAY,
    )
    expect(total).toMatchObject({ clicked: 3, orders: 1, revenueMinor: 15, lastClickOrders: 1 })
    expect(byKind.get('similar')).toMatchObject({ orders: 1, revenueMinor: 10 })
    expect(byKind.get('popular')).toMatchObject({ orders: 1, revenueMinor: 5, lastClickOrders: 1 })
  })
})

describe('answers', () => {
  it('count as shown once, however often they came into view', () => {
    const { total, byModel, byPlacement } = attribute([id(1, 'cart'), id(1, 'cart'), id(2)], [], [], DAY)
    expect(total.shown).toBe(2)
    expect(byModel.get('abcdef01')!.shown).toBe(2)
    expect([...byPlacement.keys()]).toEqual(['cart'])
  })

  it('that are not ours are counted and told apart', () => {
    expect(attribute(['own-id'], [], [], DAY).byKind.get('unknown')!.shown).toBe(1)
  })
})
