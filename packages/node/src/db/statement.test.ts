import { beforeEach, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { useDatabase } from '../testing/test-database.ts'
import type { TenantDb } from './open.ts'
import { statement } from './statement.ts'

const ADD = statement((query, { id, name, now }: { id: string; name: string | null; now: number }) =>
  query.insertInto('customers').values({ id, name, updated_at: now }),
)
const RENAME = statement((query, { id, name }: { id: string; name: string }) =>
  query.updateTable('customers').set({ name }).where('id', '=', id),
)
const FIND = statement((query, { id }: { id: string }) =>
  query.selectFrom('customers').where('id', '=', id).select('name'),
)

describeOnDatabases('a statement that is built once', (engine) => {
  const site = useDatabase(engine)
  let mine: TenantDb
  let theirs: TenantDb
  const nameIn = async (db: TenantDb, id: string) => (await db.run(FIND, { id })).rows[0]?.name

  beforeEach(async () => {
    ;[mine, theirs] = [await site.newTenantDb(), await site.newTenantDb()]
    await mine.run(ADD, { id: 'c1', name: 'mine', now: 1 })
    await theirs.run(ADD, { id: 'c1', name: 'theirs', now: 1 })
  })

  it('reads and writes the rows of the tenant that runs it', async () => {
    expect(await nameIn(mine, 'c1')).toBe('mine')
    expect(await nameIn(theirs, 'c1')).toBe('theirs')
    expect((await mine.run(RENAME, { id: 'c1', name: 'renamed' })).numAffectedRows).toBe(1n)
    expect([await nameIn(mine, 'c1'), await nameIn(theirs, 'c1')]).toEqual(['renamed', 'theirs'])
  })

  it('takes other values each time, and nothing as a value', async () => {
    await mine.run(ADD, { id: 'c2', name: null, now: 2 })
    expect([await nameIn(mine, 'c1'), await nameIn(mine, 'c2'), await nameIn(mine, 'c3')]).toEqual([
      'mine',
      null,
      undefined,
    ])
  })

  it('finds nothing by nothing, unless its text compares so', async () => {
    await mine.run(ADD, { id: 'c2', name: null, now: 2 })
    const equal = statement((query, { name }: { name: string | null }) =>
      query.selectFrom('customers').where('name', '=', name).select('id'),
    )
    const same = statement((query, { name }: { name: string | null }) =>
      query.selectFrom('customers').where('name', 'is not distinct from', name).select('id'),
    )
    expect((await mine.run(equal, { name: null })).rows).toEqual([])
    expect((await mine.run(same, { name: null })).rows).toEqual([{ id: 'c2' }])
    expect((await mine.run(same, { name: 'mine' })).rows).toEqual([{ id: 'c1' }])
  })

  it('takes a branch once, and for all values', async () => {
    const branching = statement((query, { name }: { name: string | null }) => {
      const found = query.selectFrom('customers').select('id')
      return name === null ? found : found.where('name', '=', name)
    })
    expect((await mine.run(branching, { name: null })).rows).toEqual([])
    expect((await mine.run(branching, { name: 'mine' })).rows).toEqual([{ id: 'c1' }])
  })

  it('is part of the transaction in which it runs', async () => {
    const failed = mine.transaction(async (tx) => {
      await tx.run(RENAME, { id: 'c1', name: 'renamed' })
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(await nameIn(mine, 'c1')).toBe('mine')
  })

  it('refuses to run without one of its values, and to be built from one', async () => {
    await expect(async () => mine.run(FIND, {} as { id: string })).rejects.toThrow('needs a value for "id"')
    const computing = statement((query, { at }: { at: number }) =>
      query
        .selectFrom('customers')
        .where('updated_at', '>', at + 1)
        .select('id'),
    )
    await expect(async () => mine.run(computing, { at: 1 })).rejects.toThrow('"at" is not known')
  })

  it('cannot reach what belongs to no tenant', async () => {
    const all = statement((query) => query.selectFrom('tenants').selectAll())
    await expect(async () => mine.run(all, {})).rejects.toThrow('does not belong to tenants')
  })
})
