import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { useDatabase } from '../testing/test-database.ts'
import type { TenantDb } from './open.ts'
import { UnscopedQueryError } from './tenant-plugin.ts'

describeOnDatabases('a tenant handle', (engine) => {
  const site = useDatabase(engine)
  let mine: TenantDb
  let theirs: TenantDb

  /** Both shops have products `p1` and `p2` and customer `c1`; only the names tell whose they are. */
  beforeEach(async () => {
    ;[mine, theirs] = [await site.newTenantDb(), await site.newTenantDb()]
    for (const [db, whose] of [
      [mine, 'mine'],
      [theirs, 'theirs'],
    ] as const) {
      await db.query
        .insertInto('customers')
        .values({ id: 'c1', name: `${whose} c1`, updated_at: 1 })
        .execute()
      for (const id of ['p1', 'p2']) {
        await db.query
          .insertInto('products')
          .values({
            id,
            name: `${whose} ${id}`,
            categories: '[]',
            attributes: '{}',
            in_stock: 1,
            visible: 1,
            search: id,
            updated_at: 1,
          })
          .execute()
      }
    }
  })

  const namesOf = (db: TenantDb) =>
    db.query
      .selectFrom('products')
      .orderBy('id')
      .select('name')
      .execute()
      .then((rows) => rows.map(({ name }) => name))

  describe('reads', () => {
    it('selects the rows of its tenant', async () => {
      expect(await namesOf(mine)).toEqual(['mine p1', 'mine p2'])
      expect(await namesOf(theirs)).toEqual(['theirs p1', 'theirs p2'])
    })

    it('keeps to its tenant whatever the conditions say', async () => {
      const rows = await mine.query
        .selectFrom('products')
        .where((is) => is.or([is('tenant_id', '=', theirs.tenantId), is('id', '=', 'p1')]))
        .select('name')
        .execute()
      expect(rows).toEqual([{ name: 'mine p1' }])
    })

    it('narrows both sides of an inner join, aliases included', async () => {
      const rows = await mine.query
        .selectFrom('products as p')
        .innerJoin('customers as c', (join) => join.onTrue())
        .orderBy('p.id')
        .select(['p.name as product', 'c.name as customer'])
        .execute()
      expect(rows).toEqual([
        { product: 'mine p1', customer: 'mine c1' },
        { product: 'mine p2', customer: 'mine c1' },
      ])
    })

    it('narrows a table that joins itself', async () => {
      const rows = await mine.query
        .selectFrom('products as a')
        .innerJoin('products as b', 'b.id', 'a.id')
        .orderBy('a.id')
        .select(['a.name as left', 'b.name as right'])
        .execute()
      expect(rows).toEqual([
        { left: 'mine p1', right: 'mine p1' },
        { left: 'mine p2', right: 'mine p2' },
      ])
    })

    it('leaves the row of a left join that meets only another tenant', async () => {
      await mine.query.deleteFrom('customers').execute()
      const rows = await mine.query
        .selectFrom('products')
        .leftJoin('customers', (join) => join.onTrue())
        .where('products.id', '=', 'p1')
        .select(['products.name as product', 'customers.name as customer'])
        .execute()
      expect(rows).toEqual([{ product: 'mine p1', customer: null }])
    })

    it('narrows a cross join and a list of tables', async () => {
      const crossed = await mine.query
        .selectFrom('products')
        .crossJoin('customers')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const listed = await mine.query
        .selectFrom(['products', 'customers'])
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      expect([crossed.count, listed.count]).toEqual([2, 2])
    })

    it('refuses right and full joins, which keep rows that no condition narrows', async () => {
      const everything = mine.query.selectFrom('customers').select('customers.id as customer').as('c')
      const right = mine.query
        .selectFrom(everything)
        .rightJoin('products', (join) => join.onTrue())
        .select('products.name')
      const full = mine.query
        .selectFrom(everything)
        .fullJoin('products', (join) => join.onTrue())
        .select('products.name')
      await expect(right.execute()).rejects.toThrow(UnscopedQueryError)
      await expect(full.execute()).rejects.toThrow(UnscopedQueryError)
    })

    it('narrows subqueries in the list of tables, in conditions and in the selection', async () => {
      const fromSubquery = await mine.query
        .selectFrom((db) => db.selectFrom('products').select('name').where('id', '=', 'p1').as('some'))
        .selectAll()
        .execute()
      const inSubquery = await mine.query
        .selectFrom('products')
        .where('name', 'in', (db) => db.selectFrom('products').select('name'))
        .orderBy('id')
        .select('name')
        .execute()
      const existing = await mine.query
        .selectFrom('customers')
        .where((is) => is.exists(is.selectFrom('products').where('name', 'like', 'theirs%').select('id')))
        .select('id')
        .execute()
      const scalar = await mine.query
        .selectFrom('customers')
        .select((is) =>
          is
            .selectFrom('products')
            .select(({ fn }) => fn.countAll<number>().as('n'))
            .as('products'),
        )
        .executeTakeFirstOrThrow()
      expect(fromSubquery).toEqual([{ name: 'mine p1' }])
      expect(inSubquery).toEqual([{ name: 'mine p1' }, { name: 'mine p2' }])
      expect(existing).toEqual([])
      expect(Number(scalar.products)).toBe(2)
    })

    it('narrows both halves of a union', async () => {
      const rows = await mine.query
        .selectFrom('products')
        .select('name')
        .union((db) => db.selectFrom('customers').select('name').$castTo<{ name: string }>())
        .orderBy('name')
        .execute()
      expect(rows.map(({ name }) => name)).toEqual(['mine c1', 'mine p1', 'mine p2'])
    })

    it('narrows common table expressions from within, and lets queries name, join and nest them', async () => {
      const rows = await mine.query
        .with('some', (db) => db.selectFrom('products').select(['id', 'name']))
        .with('fewer', (db) => db.selectFrom('some').where('id', '=', 'p1').select(['id', 'name']))
        .selectFrom('products')
        .innerJoin('fewer', 'fewer.id', 'products.id')
        .where('products.id', 'in', (db) => db.selectFrom('some').select('some.id'))
        .select(['products.name as product', 'fewer.name as fewer'])
        .execute()
      expect(rows).toEqual([{ product: 'mine p1', fewer: 'mine p1' }])
    })

    it('narrows a table of a schema whose name is also that of a common table expression', async () => {
      const schema = engine === 'postgres' ? 'public' : 'main'
      const rows = await mine.query
        .with('products', (db) => db.selectFrom('customers').select('name'))
        .withSchema(schema)
        .selectFrom('products')
        .select('name')
        .orderBy('name')
        .execute()
      expect(JSON.stringify(rows)).not.toContain('theirs')
    })

    it('does not take the name of a common table expression for one outside its query', async () => {
      const rows = await mine.query
        .selectFrom(
          mine.query
            .with('products', (db) => db.selectFrom('customers').select('name'))
            .selectFrom('products')
            .select('name')
            .as('names'),
        )
        .innerJoin('products', (join) => join.onTrue())
        .orderBy('products.id')
        .select(['names.name as customer', 'products.name as product'])
        .execute()
      expect(rows).toEqual([
        { customer: 'mine c1', product: 'mine p1' },
        { customer: 'mine c1', product: 'mine p2' },
      ])
    })

    it('narrows a lateral join', async () => {
      if (engine === 'sqlite') return // SQLite has none.
      const rows = await mine.query
        .selectFrom('customers')
        .innerJoinLateral(
          (db) => db.selectFrom('products').select('name').orderBy('id').limit(1).as('first'),
          (join) => join.onTrue(),
        )
        .select('first.name')
        .execute()
      expect(rows).toEqual([{ name: 'mine p1' }])
    })
  })

  describe('writes', () => {
    it('updates its own rows only, with an alias, from another table, or by a subquery', async () => {
      await mine.query.updateTable('products').set({ name: 'plain' }).execute()
      await mine.query.updateTable('products as p').set({ brand: 'aliased' }).where('p.id', '=', 'p1').execute()
      await mine.query
        .updateTable('products')
        .from('customers')
        .set((set) => ({ description: set.ref('customers.name') }))
        .where('products.id', '=', 'p1')
        .execute()
      await mine.query
        .updateTable('products')
        .set((set) => ({ url: set.selectFrom('customers').select('name').limit(1) }))
        .where('id', '=', 'p2')
        .execute()
      const rows = await mine.query
        .selectFrom('products')
        .orderBy('id')
        .select(['name', 'brand', 'description', 'url'])
        .execute()
      expect(rows).toEqual([
        { name: 'plain', brand: 'aliased', description: 'mine c1', url: null },
        { name: 'plain', brand: null, description: null, url: 'mine c1' },
      ])
      expect(await namesOf(theirs)).toEqual(['theirs p1', 'theirs p2'])
    })

    it('deletes its own rows only', async () => {
      await mine.query
        .deleteFrom('products')
        .where('id', 'in', (db) => db.selectFrom('products').select('id'))
        .execute()
      expect(await namesOf(mine)).toEqual([])
      expect(await namesOf(theirs)).toEqual(['theirs p1', 'theirs p2'])
    })

    it('deletes with the help of another table of its own only', async () => {
      if (engine === 'sqlite') return // SQLite has no DELETE … USING.
      await theirs.query.updateTable('customers').set({ id: 'p1' }).execute()
      await mine.query.deleteFrom('products').using('customers').whereRef('customers.id', '=', 'products.id').execute()
      expect(await namesOf(mine)).toEqual(['mine p1', 'mine p2'])
    })

    it('inserts rows of its tenant, one or many', async () => {
      const row = { name: 'new', updated_at: 2 }
      await mine.query
        .insertInto('customers')
        .values([
          { id: 'c2', ...row },
          { id: 'c3', ...row, country: 'France' },
        ])
        .execute()
      const tenants = await site.database.system
        .selectFrom('customers')
        .where('tenant_id', 'in', [mine.tenantId, theirs.tenantId])
        .where('name', '=', 'new')
        .select('tenant_id')
        .execute()
      expect(tenants).toEqual([{ tenant_id: mine.tenantId }, { tenant_id: mine.tenantId }])
    })

    it('upserts its own row where another tenant has one of the same id', async () => {
      await mine.query
        .insertInto('customers')
        .values({ id: 'c1', name: 'changed', updated_at: 2 })
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'id']).doUpdateSet((set) => ({ name: set.ref('excluded.name') })),
        )
        .execute()
      const names = await site.database.system
        .selectFrom('customers')
        .where('tenant_id', 'in', [mine.tenantId, theirs.tenantId])
        .orderBy('name')
        .select('name')
        .execute()
      expect(names.map(({ name }) => name)).toEqual(['changed', 'theirs c1'])
    })

    it('never updates the row of another tenant that an upsert collides with', async () => {
      const [key] = await theirs.reserve('order_keys', 1)
      const order = {
        key: key!,
        id: 'o1',
        placed_at: 1,
        customer_id: null,
        currency: 'EUR',
        line_count: 0,
        sold_line_count: 0,
        total_minor: 0,
        updated_at: 1,
      }
      await theirs.query.insertInto('orders').values(order).execute()
      const upsert = mine.query
        .insertInto('orders')
        .values({ ...order, currency: 'USD' })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ currency: 'USD' }))
        .execute()
      // PostgreSQL's row-level security refuses; SQLite has the plugin only, which leaves the row alone.
      await upsert.catch(() => {})
      expect(await theirs.query.selectFrom('orders').select('currency').execute()).toEqual([{ currency: 'EUR' }])
    })
  })

  describe('refuses', () => {
    const refusals: [string, () => Promise<unknown>][] = [
      ['a raw statement', () => sql`select * from products`.execute(mine.query)],
      ['a raw table', () => mine.query.selectFrom(sql<{ name: string }>`products`.as('p')).selectAll().execute()],
      [
        'a raw subquery in the selection',
        () => mine.query.selectFrom('customers').select(sql`(select name from products limit 1)`.as('name')).execute(),
      ],
      [
        'a raw subquery in a condition',
        () =>
          mine.query
            .selectFrom('customers')
            .where(sql<boolean>`exists (SELECT 1 from products)`)
            .select('id')
            .execute(),
      ],
      [
        'a raw common table expression',
        () =>
          mine.query
            .with('all_of_them', () => sql<{ name: string }>`select name from products`)
            .selectFrom('all_of_them')
            .select('name')
            .execute(),
      ],
      ['a change of the schema', () => mine.query.schema.dropTable('products').execute()],
      ['a new index', () => mine.query.schema.createIndex('i').on('products').column('name').execute()],
      ['the tenants', () => mine.query.selectFrom('tenants').selectAll().execute()],
      ['the installation', () => mine.query.selectFrom('installation').selectAll().execute()],
      [
        'a join with the tenants',
        () =>
          mine.query
            .selectFrom('products')
            .innerJoin('tenants', 'tenants.id', 'products.tenant_id')
            .select('tenants.name')
            .execute(),
      ],
      ['an update of the tenants', () => mine.query.updateTable('tenants').set({ name: 'x' }).execute()],
      ['a deletion of tenants', () => mine.query.deleteFrom('tenants').execute()],
      [
        'a new installation secret',
        () => mine.query.insertInto('installation').values({ name: 'a', value: 'b' }).execute(),
      ],
      [
        "the database's own tables",
        () =>
          mine.query
            .selectFrom((engine === 'postgres' ? 'pg_class' : 'sqlite_master') as 'products')
            .select('name')
            .execute(),
      ],
      [
        'the list of migrations',
        () =>
          mine.query
            .selectFrom('kysely_migration' as 'products')
            .select('name')
            .execute(),
      ],
      [
        'the result of a query as rows',
        () =>
          mine.query
            .insertInto('customers')
            .columns(['id', 'updated_at'])
            .expression((db) => db.selectFrom('products').select(['id', 'updated_at']))
            .execute(),
      ],
      [
        'a tenant_id among the values',
        () =>
          mine.query.insertInto('customers').values({ tenant_id: theirs.tenantId, id: 'c9', updated_at: 1 }).execute(),
      ],
      [
        'a tenant_id in an update',
        () => mine.query.updateTable('customers').set({ tenant_id: theirs.tenantId }).execute(),
      ],
      [
        'a tenant_id in an upsert',
        () =>
          mine.query
            .insertInto('customers')
            .values({ id: 'c1', updated_at: 1 })
            .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet({ tenant_id: theirs.tenantId }))
            .execute(),
      ],
      [
        'a merge',
        () =>
          mine.query
            .mergeInto('products')
            .using('customers', 'customers.id', 'products.id')
            .whenMatched()
            .thenDelete()
            .execute(),
      ],
    ]
    it.each(refusals)('%s', async (_title, run) => {
      await expect(run()).rejects.toThrow(UnscopedQueryError)
      expect(await namesOf(theirs)).toEqual(['theirs p1', 'theirs p2'])
    })
  })

  it('lets harmless raw fragments pass', async () => {
    const rows = await mine.query
      .selectFrom('products')
      .where(sql<boolean>`${sql.ref('name')} like ${'%p1'}`)
      .select(sql<string>`upper(${sql.ref('name')})`.as('loud'))
      .execute()
    expect(rows).toEqual([{ loud: 'MINE P1' }])
  })

  it('keeps to its tenant within a transaction, and in one within that', async () => {
    const names = await mine.transaction((tx) => tx.transaction((inner) => namesOf(inner)))
    expect(names).toEqual(['mine p1', 'mine p2'])
  })
})
