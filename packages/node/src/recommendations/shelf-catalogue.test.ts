import { expect, it } from 'vitest'
import type { TenantDb } from '../db/open.ts'
import { productsService } from '../products/service.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { useSite } from '../testing/test-site.ts'
import { readCatalogue } from './shelf-catalogue.ts'

describeOnDatabases('the catalogue of a shelf', (engine) => {
  const site = useSite(engine)

  /** A shop of three products, and a service that says how its catalogue was read. */
  async function shop() {
    const { tenant } = await site.newShop()
    const time = { now: Date.parse('2026-03-01T12:00:00Z') }
    const db = site.server.database.tenant(tenant.id)
    const products = productsService({ clock: () => time.now, onChange() {} })
    const reads: string[] = []
    const catalogue = {
      ...products,
      all(of: TenantDb) {
        reads.push('all')
        return products.all(of)
      },
      ids(of: TenantDb) {
        reads.push('ids')
        return products.ids(of)
      },
    }
    const write = (...names: string[]) =>
      products.upsert(
        db,
        names.map((name) => ({ id: name.split(' ')[0]!, name })),
      )
    await write('tea', 'cup', 'lamp')
    const read = (before?: Awaited<ReturnType<typeof readCatalogue>>) => readCatalogue({ catalogue }, db, before)
    return { time, db, products, reads, write, read, first: await read() }
  }

  const namesOf = (catalogue: ReadonlyMap<string, { name: string }>) =>
    [...catalogue.values()].map(({ name }) => name).sort()

  it('is read as a whole once; after that what has changed is', async () => {
    const { time, write, read, reads, first } = await shop()
    time.now += 3_600_000
    await write('tea green', 'pot')
    time.now += 1
    await write('cup blue')
    expect(namesOf(await read(first))).toEqual(['cup blue', 'lamp', 'pot', 'tea green'])
    expect(namesOf(first)).toEqual(['cup', 'lamp', 'tea'])
    expect(reads).toEqual(['all'])
  })

  it('forgets what was removed, also where something else came in its place', async () => {
    const { time, db, products, write, read, reads, first } = await shop()
    time.now += 3_600_000
    await products.remove(db, 'lamp')
    await write('pot')
    const second = await read(first)
    expect(namesOf(second)).toEqual(['cup', 'pot', 'tea'])
    await products.remove(db, 'tea')
    expect(namesOf(await read(second))).toEqual(['cup', 'pot'])
    expect(reads).toEqual(['all', 'ids', 'ids'])
  })

  it('sees a change that came in the same millisecond, or was on disk a little later', async () => {
    const { time, write, read, first } = await shop()
    time.now -= 30_000
    await write('tea black')
    expect(namesOf(await read(first))).toContain('cup')
    await write('cup red')
    expect(namesOf(await read(first))).toContain('cup red')
  })

  it('is read as a whole where a clock was so far behind that nothing else tells', async () => {
    const { time, write, read, reads, first } = await shop()
    time.now -= 86_400_000
    await write('pot')
    expect(namesOf(await read(first))).toEqual(['cup', 'lamp', 'pot', 'tea'])
    expect(reads).toEqual(['all', 'ids', 'all'])
  })
})
