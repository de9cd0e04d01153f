import { seededRandom } from '@tillwright/core/testing'
import { expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { useDatabase } from '../testing/test-database.ts'
import type { BulkInsert } from './dialect.ts'

const WRITERS = 12
const ROWS = 300

const CUSTOMERS = { table: 'customers', columns: { id: 'text', name: 'text', updated_at: 'bigint' } } as const
const SPECS: Record<string, BulkInsert> = {
  keep: { ...CUSTOMERS, onConflict: 'ignore' },
  replace: { ...CUSTOMERS, onConflict: { key: ['tenant_id', 'id'], update: ['name'] } },
}

describeOnDatabases('writers of the same rows at the same time', (engine) => {
  const { newTenantDb } = useDatabase(engine)

  it.each(Object.entries(SPECS))(
    'who %s them wait for each other, whatever order each brings them in',
    async (_what, spec) => {
      const db = await newTenantDb()
      const random = seededRandom(11)
      const write = async (_: unknown, writer: number) => {
        const ids = Array.from({ length: ROWS }, (_, i) => ({ id: `customer ${i}`, place: random() }))
        ids.sort((a, b) => a.place - b.place)
        const values = ids.flatMap(({ id }) => [id, `writer ${writer}`, writer])
        return db.transaction((tx) => tx.insertMany(spec, values))
      }
      await Promise.all(Array.from({ length: WRITERS }, write))
      const rows = await db.query.selectFrom('customers').select('name').execute()
      expect(rows).toHaveLength(ROWS)
      // All of one writer's rows, or nothing: no two have mixed.
      expect(new Set(rows.map(({ name }) => name)).size).toBe(1)
    },
  )
})
