import { CompiledQuery } from 'kysely'
import { describe, expect, it } from 'vitest'
import { describeOnPostgres } from '../testing/describe-on-databases.ts'
import { useDatabase } from '../testing/test-database.ts'
import { BACKUP_PLAN } from './backup-plan.ts'
import type { TenantDb } from './open.ts'

/** Tables of the installation. Each is kept from tenants by grants instead, as tested below. */
const OF_NO_TENANT = ['tenants', 'installation', 'rate_limits', 'signing_keys']

/** Runs SQL on a tenant's connection behind the plugin's back. */
function behindThePlugin(db: TenantDb, text: string, parameters: readonly unknown[] = []) {
  return db.query.getExecutor().executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, [...parameters]))
}

const insertCustomer = (tenantId: number, id: string) =>
  [`insert into customers (tenant_id, id, updated_at) values (${tenantId}, $1, 1)`, [id]] as const

describeOnPostgres('row-level security', () => {
  const site = useDatabase('postgres')

  it('is on, forced, and has a policy for every table with a tenant_id', async () => {
    const { rows } = await site.database.system.getExecutor().executeQuery<{ name: string; walled: boolean }>(
      CompiledQuery.raw(`
        select c.relname as name,
          c.relrowsecurity and c.relforcerowsecurity
            and exists (select 1 from pg_policy p where p.polrelid = c.oid) as walled
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`),
    )
    expect(rows.filter(({ walled }) => !walled)).toEqual([])
    expect(rows.map(({ name }) => name).sort()).toEqual(
      Object.keys(BACKUP_PLAN)
        .filter((name) => !OF_NO_TENANT.includes(name))
        .sort(),
    )
  })

  it('shows a tenant its own rows only', async () => {
    const [mine, theirs] = [await site.newTenantDb(), await site.newTenantDb()]
    await behindThePlugin(mine, ...insertCustomer(mine.tenantId, 'mine'))
    await behindThePlugin(theirs, ...insertCustomer(theirs.tenantId, 'theirs'))
    const { rows } = await behindThePlugin(mine, 'select id from customers')
    expect(rows).toEqual([{ id: 'mine' }])
  })

  it('refuses a row of another tenant, inserted or moved', async () => {
    const [mine, theirs] = [await site.newTenantDb(), await site.newTenantDb()]
    await behindThePlugin(mine, ...insertCustomer(mine.tenantId, 'mine'))
    await expect(behindThePlugin(mine, ...insertCustomer(theirs.tenantId, 'smuggled'))).rejects.toThrow(
      /row-level security/,
    )
    await expect(behindThePlugin(mine, `update customers set tenant_id = ${theirs.tenantId}`)).rejects.toThrow(
      /row-level security/,
    )
    expect((await behindThePlugin(theirs, 'select id from customers')).rows).toEqual([])
  })

  it('leaves the rows of others alone when a tenant updates or deletes all it can', async () => {
    const [mine, theirs] = [await site.newTenantDb(), await site.newTenantDb()]
    await behindThePlugin(theirs, ...insertCustomer(theirs.tenantId, 'theirs'))
    await behindThePlugin(mine, `update customers set name = 'x'`)
    await behindThePlugin(mine, 'delete from customers')
    expect((await behindThePlugin(theirs, 'select id, name from customers')).rows).toEqual([
      { id: 'theirs', name: null },
    ])
  })

  it('holds after the same connection has served other tenants and the system', async () => {
    const tenants = await Promise.all(Array.from({ length: 5 }, () => site.newTenantDb()))
    for (const db of tenants) await behindThePlugin(db, ...insertCustomer(db.tenantId, `of ${db.tenantId}`))
    const seen = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const db = tenants[i % tenants.length]!
        if (i % 7 === 0) await site.database.system.selectFrom('customers').selectAll().execute()
        const { rows } = await behindThePlugin(db, 'select id from customers')
        return rows.length === 1 && rows[0]!.id === `of ${db.tenantId}`
      }),
    )
    expect(seen.every(Boolean)).toBe(true)
  })

  it('holds after a transaction that failed', async () => {
    const [mine, theirs] = [await site.newTenantDb(), await site.newTenantDb()]
    await behindThePlugin(theirs, ...insertCustomer(theirs.tenantId, 'theirs'))
    await mine.transaction(async () => Promise.reject(new Error('on purpose'))).catch(() => {})
    expect((await behindThePlugin(mine, 'select id from customers')).rows).toEqual([])
  })

  describe('grants', () => {
    it.each([...OF_NO_TENANT, 'kysely_migration'])(
      'give a tenant nothing of %s, which belongs to no tenant',
      async (table) => {
        const mine = await site.newTenantDb()
        await expect(behindThePlugin(mine, `select * from ${table}`)).rejects.toThrow(/permission denied/)
        await expect(behindThePlugin(mine, `delete from ${table}`)).rejects.toThrow(/permission denied/)
      },
    )

    it('let no tenant change the schema', async () => {
      const mine = await site.newTenantDb()
      await expect(behindThePlugin(mine, 'alter table customers disable row level security')).rejects.toThrow(/owner/)
      await expect(behindThePlugin(mine, 'drop table customers')).rejects.toThrow(/owner/)
      await expect(behindThePlugin(mine, 'create table mine (id int)')).rejects.toThrow(/permission denied/)
    })
  })
})
