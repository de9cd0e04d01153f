import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readShop } from './log.ts'

const whole = fc.integer({ min: -(2 ** 52), max: 2 ** 52 })
const times = fc.array(
  fc.oneof(whole, fc.integer({ min: 0, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
)

it('puts baskets in order of time, equal times as they came', () => {
  fc.assert(
    fc.property(fc.oneof(times, fc.array(whole)), (at) => {
      const { log, items } = readShop({ baskets: at.map((time, n) => ({ items: [`i${n}`], at: time })) })
      const order = at.map((time, n) => ({ time, n })).sort((a, b) => a.time - b.time || a.n - b.n)
      expect([...log.at]).toEqual(order.map(({ time }) => time))
      expect([...log.items].map((item) => items[item]!.id)).toEqual(order.map(({ n }) => `i${n}`))
    }),
  )
})
