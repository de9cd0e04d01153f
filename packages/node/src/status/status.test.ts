import type { Status } from '@tillwright/core/contract'
import { expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type Shop, useSite } from '../testing/test-site.ts'

const CUSTOMERS = { table: 'customers', columns: { id: 'text', updated_at: 'bigint' } } as const

describeOnDatabases('the counts of a shop', (engine) => {
  const time = { now: Date.parse('2026-03-01T12:00:00Z') }
  const site = useSite(engine, { clock: () => time.now })

  const counted = async ({ send }: Shop) => ((await (await send('/admin/status')).json()) as Status).counts.customers
  const fill = ({ db }: Shop, rows: number) =>
    db.insertMany(CUSTOMERS, Array.from({ length: rows }, (_, i) => [`c${i}`, 1]).flat())
  const addOne = ({ api }: Shop) => api.customers.upsert({ items: [{ id: 'late' }] })

  it('are of this moment', async () => {
    const shop = await site.newShop()
    await fill(shop, 10)
    expect(await counted(shop)).toBe(10)
    await addOne(shop)
    expect(await counted(shop)).toBe(11)
  })

  it('are counted every half minute only where there is much to count, for each shop by itself', async () => {
    const [shop, other] = [await site.newShop(), await site.newShop()]
    await fill(shop, 10_001)
    expect(await counted(shop)).toBe(10_001)
    await addOne(shop)
    time.now += 29_999
    expect([await counted(shop), await counted(other)]).toEqual([10_001, 0])
    time.now += 1
    expect(await Promise.all([counted(shop), counted(shop)])).toEqual([10_002, 10_002])
  })
})
