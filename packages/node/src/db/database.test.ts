import { describe, expect, it } from 'vitest'
import { describeOnDatabases, describeOnPostgres } from '../testing/describe-on-databases.ts'
import { asAdministrator } from '../testing/postgres.ts'
import { emptyDatabase, useDatabase } from '../testing/test-database.ts'
import type { BulkInsert } from './dialect.ts'
import type { TenantDb } from './open.ts'

const CUSTOMERS: BulkInsert = {
  table: 'customers',
  columns: { id: 'text', name: 'text', updated_at: 'bigint' },
}

const addCustomer = (db: TenantDb, id: string) =>
  db.query.insertInto('customers').values({ id, updated_at: 1 }).execute()

const idsOf = (db: TenantDb) =>
  db.query
    .selectFrom('customers')
    .orderBy('id')
    .select('id')
    .execute()
    .then((rows) => rows.map(({ id }) => id))

describeOnDatabases('a database', (engine) => {
  const site = useDatabase(engine)

  it('opens nothing before its first query, and closes as if it never had', async () => {
    const { database } = await emptyDatabase(engine)
    expect(database.engine).toBe(engine)
  })

  it('answers a ping with the time it took', async () => {
    expect(await site.database.ping()).toBeGreaterThan(0)
  })

  it('gives the same handle for the same tenant', async () => {
    expect(site.database.tenant(42)).toBe(site.database.tenant(42))
  })

  it('keeps integers that a double holds exactly', async () => {
    const db = await site.newTenantDb()
    const id = 'big'
    await db.query.insertInto('customers').values({ id, updated_at: Number.MAX_SAFE_INTEGER }).execute()
    expect(await db.query.selectFrom('customers').select('updated_at').execute()).toEqual([
      { updated_at: Number.MAX_SAFE_INTEGER },
    ])
  })

  it('keeps text as it is: emoji, quotes, backslashes, line breaks', async () => {
    const db = await site.newTenantDb()
    const name = '🫖 "O\'Neill"\\ \u200f\r\n\t%_'
    await db.query.insertInto('customers').values({ id: 'c', name, updated_at: 1 }).execute()
    expect(await db.query.selectFrom('customers').select('name').execute()).toEqual([{ name }])
  })

  describe('transactions', () => {
    it('keep all of their work', async () => {
      const db = await site.newTenantDb()
      const answer = await db.transaction(async (tx) => {
        await addCustomer(tx, 'a')
        await addCustomer(tx, 'b')
        return 42
      })
      expect([answer, await idsOf(db)]).toEqual([42, ['a', 'b']])
    })

    it('keep nothing where the work throws, and pass the error on', async () => {
      const db = await site.newTenantDb()
      const failing = db.transaction(async (tx) => {
        await addCustomer(tx, 'a')
        throw new Error('out of luck')
      })
      await expect(failing).rejects.toThrow('out of luck')
      expect(await idsOf(db)).toEqual([])
    })

    it('keep nothing where a statement fails', async () => {
      const db = await site.newTenantDb()
      const failing = db.transaction(async (tx) => {
        await addCustomer(tx, 'a')
        await addCustomer(tx, 'a')
      })
      await expect(failing).rejects.toThrow(/unique/i)
      expect(await idsOf(db)).toEqual([])
    })

    it('within a transaction join it: they are kept or lost together', async () => {
      const db = await site.newTenantDb()
      const failing = db.transaction(async (tx) => {
        await tx.transaction((inner) => addCustomer(inner, 'inner'))
        throw new Error('out of luck')
      })
      await expect(failing).rejects.toThrow('out of luck')
      expect(await idsOf(db)).toEqual([])
    })

    it('that arrive together do not disturb each other: those that fail vanish, the others stay', async () => {
      const db = await site.newTenantDb()
      const outcomes = await Promise.allSettled(
        Array.from({ length: 100 }, (_, i) =>
          db.transaction(async (tx) => {
            await addCustomer(tx, `c${String(i).padStart(3, '0')}`)
            if (i % 10 === 3) throw new Error(`no ${i}`)
            if (i % 10 === 7) await addCustomer(tx, `c${String(i).padStart(3, '0')}`)
            return i
          }),
        ),
      )
      const kept = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
      expect(kept).toHaveLength(80)
      expect(await idsOf(db)).toEqual(kept.map((i) => `c${String(i).padStart(3, '0')}`))
      expect(outcomes[13]).toMatchObject({ status: 'rejected', reason: { message: 'no 13' } })
    })

    it('see what those before them wrote', async () => {
      const db = await site.newTenantDb()
      await db.transaction((tx) => addCustomer(tx, 'first'))
      expect(await db.transaction((tx) => idsOf(tx))).toEqual(['first'])
    })

    it('of different tenants stay apart when they arrive together', async () => {
      const tenants = await Promise.all(Array.from({ length: 4 }, () => site.newTenantDb()))
      await Promise.all(
        Array.from({ length: 40 }, (_, i) => {
          const db = tenants[i % 4]!
          return db.transaction((tx) => addCustomer(tx, `${db.tenantId}-${i}`))
        }),
      )
      for (const db of tenants) {
        const ids = await idsOf(db)
        expect(ids).toHaveLength(10)
        expect(ids.every((id) => id.startsWith(`${db.tenantId}-`))).toBe(true)
      }
    })
  })

  describe('reserve', () => {
    it('gives numbers that nobody else gets', async () => {
      const tenants = [await site.newTenantDb(), await site.newTenantDb()]
      const taken = await Promise.all(
        Array.from({ length: 20 }, (_, i) => tenants[i % 2]!.transaction((tx) => tx.reserve('order_keys', 5))),
      )
      const numbers = taken.flat()
      expect(numbers).toHaveLength(100)
      expect(new Set(numbers).size).toBe(100)
      expect(numbers.every(Number.isSafeInteger)).toBe(true)
    })
  })

  describe('insertMany', () => {
    const rows = (count: number, name: string) =>
      Array.from({ length: count }, (_, i) => [`c${String(i).padStart(4, '0')}`, name, i]).flat()

    it('writes any number of rows and counts them', async () => {
      for (const count of [0, 1, 63, 64, 65, 500]) {
        const db = await site.newTenantDb()
        expect(await db.insertMany(CUSTOMERS, rows(count, 'x'))).toBe(count)
        expect(await idsOf(db)).toHaveLength(count)
      }
    })

    it('fails on a row whose key exists, and then writes none', async () => {
      const db = await site.newTenantDb()
      await addCustomer(db, 'c0005')
      await expect(db.transaction((tx) => tx.insertMany(CUSTOMERS, rows(100, 'x')))).rejects.toThrow(/unique/i)
      expect(await idsOf(db)).toEqual(['c0005'])
    })

    it('passes over rows whose key exists, twice in the call included, and counts those that were new', async () => {
      const db = await site.newTenantDb()
      await addCustomer(db, 'c0005')
      const spec: BulkInsert = { ...CUSTOMERS, onConflict: 'ignore' }
      expect(await db.insertMany(spec, [...rows(70, 'x'), 'c0001', 'again', 1])).toBe(69)
      const names = await db.query
        .selectFrom('customers')
        .where('id', 'in', ['c0001', 'c0005'])
        .select('name')
        .execute()
      expect(names.map(({ name }) => name).sort()).toEqual([null, 'x'])
    })

    it('updates the named columns of rows whose key exists, and leaves the others', async () => {
      const db = await site.newTenantDb()
      await db.insertMany(CUSTOMERS, ['c1', 'old', 1, 'c2', 'old', 1])
      const spec: BulkInsert = { ...CUSTOMERS, onConflict: { key: ['tenant_id', 'id'], update: ['name'] } }
      await db.insertMany(spec, ['c2', 'new', 2, 'c3', 'new', 2])
      expect(
        await db.query.selectFrom('customers').orderBy('id').select(['id', 'name', 'updated_at']).execute(),
      ).toEqual([
        { id: 'c1', name: 'old', updated_at: 1 },
        { id: 'c2', name: 'new', updated_at: 1 },
        { id: 'c3', name: 'new', updated_at: 2 },
      ])
    })

    it("never touches another tenant's row, whatever key it collides with", async () => {
      const [mine, theirs] = [await site.newTenantDb(), await site.newTenantDb()]
      const [key] = await theirs.reserve('order_line_name_keys', 1)
      const columns = { key: 'bigint', name: 'text' } as const
      await theirs.insertMany({ table: 'order_line_names', columns }, [key, 'theirs'])
      const spec: BulkInsert = { table: 'order_line_names', columns, onConflict: { key: ['key'], update: ['name'] } }
      // PostgreSQL refuses, SQLite passes the row over; either way it stays.
      await mine.insertMany(spec, [key, 'mine']).catch(() => {})
      expect(await theirs.query.selectFrom('order_line_names').select('name').execute()).toEqual([{ name: 'theirs' }])
    })

    it('keeps nulls, empty strings and bytes apart', async () => {
      const db = await site.newTenantDb()
      await db.insertMany(CUSTOMERS, ['a', null, 1, 'b', '', 1])
      expect(await db.query.selectFrom('customers').orderBy('id').select('name').execute()).toEqual([
        { name: null },
        { name: '' },
      ])
    })
  })
})

describeOnPostgres('a database beside an application that uses the same driver', () => {
  const site = useDatabase('postgres')

  it('leaves to the application how it reads integers', async () => {
    expect((await site.newTenantDb()).tenantId).toBeTypeOf('number')
    const { rows } = await asAdministrator('select 1::bigint as one')
    expect(rows).toEqual([{ one: '1' }])
  })
})
