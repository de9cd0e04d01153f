import { expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { sourceUrl } from '../testing/node-process.ts'
import { useDatabase } from '../testing/test-database.ts'
import { limitStoreSuite } from './limit-store.suite.ts'
import { databaseLimitStore } from './store.ts'

const NOON = Date.parse('2026-03-01T12:00:00Z')
const HOUR = 3_600_000

describeOnDatabases('limits in the database', (engine) => {
  const used = useDatabase(engine)
  limitStoreSuite({
    store: () => databaseLimitStore(used.database),
    script: () => `
      const { openDatabase } = await import(${JSON.stringify(sourceUrl('db/open.ts'))})
      const { databaseLimitStore } = await import(${JSON.stringify(sourceUrl('limits/store.ts'))})
      const database = openDatabase(${JSON.stringify(used.url)})
      const store = databaseLimitStore(database)
      const close = () => database.close()`,
  })

  it('remove what says nothing any more, and keep blocks', async () => {
    const store = databaseLimitStore(used.database)
    const rule = { name: 'sweep', limit: 5, windowMs: HOUR }
    await store.take('sweep|old', rule, 1, NOON + 100 * HOUR)
    await store.block('sweep|blocked', NOON + 200 * HOUR, 'for long', NOON + 100 * HOUR)
    await store.take('sweep|new', rule, 1, NOON + 110 * HOUR)
    const rows = await used.database.system.selectFrom('rate_limits').select('key').execute()
    const keys = rows.map(({ key }) => key).filter((key) => key.startsWith('sweep|'))
    expect(keys.sort()).toEqual(['sweep|blocked', 'sweep|new'])
  })

  it('are out of reach of a tenant’s handle', async () => {
    const db = await used.newTenantDb()
    await expect(db.query.selectFrom('rate_limits').select('key').execute()).rejects.toThrow(
      /does not belong to tenants/,
    )
  })
})
