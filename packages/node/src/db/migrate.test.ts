import { sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { describeOnDatabases, describeOnPostgres } from '../testing/describe-on-databases.ts'
import { type NodeProcess, sourceUrl, startScript } from '../testing/node-process.ts'
import { emptyDatabase } from '../testing/test-database.ts'
import { migrations } from './migrations.ts'
import { openDatabase } from './open.ts'

const ALL = Object.keys(migrations).sort()

/** Opens the database, waits for a word, migrates, and writes how many steps it applied. */
const MIGRATE = `
  const { openDatabase } = await import(${JSON.stringify(sourceUrl('db/open.ts'))})
  const { migrations } = await import(${JSON.stringify(sourceUrl('db/migrations.ts'))})
  process.stdout.write('ready\\n')
  process.stdin.once('data', async () => {
    const database = openDatabase(process.env.URL)
    const applied = await database.migrate(migrations)
    await database.close()
    process.stdout.write('applied ' + applied.length + '\\n')
    process.stdin.destroy()
  })
`

async function migrateAtOnce(url: string, count: number): Promise<NodeProcess[]> {
  const processes = Array.from({ length: count }, () => startScript(MIGRATE, { URL: url }))
  await Promise.all(processes.map((one) => one.hasWritten('ready')))
  for (const { child } of processes) child.stdin!.write('go\n')
  await Promise.all(processes.map(({ ended }) => ended))
  return processes
}

describeOnDatabases('migrate', (engine) => {
  it('applies every step in the order of names, and nothing the second time', async () => {
    const { database } = await emptyDatabase(engine)
    expect(await database.migrate(migrations)).toEqual(ALL)
    expect(await database.migrate(migrations)).toEqual([])
  })

  it('applies a step that was added later, whatever its name sorts before', async () => {
    const { database } = await emptyDatabase(engine)
    await database.migrate(migrations)
    const added = { ...migrations, '2026-11-21-00-added-later': async () => {} }
    expect(await database.migrate(added)).toEqual(['2026-11-21-00-added-later'])
  })

  it('leaves nothing of a step that fails, and names the step', async () => {
    const { database } = await emptyDatabase(engine)
    const failing = {
      async '2000-01-01-good'({ tenantTable }: Parameters<(typeof migrations)[string]>[0]) {
        await tenantTable('good', (table) => table.addColumn('id', 'text'))
        throw new Error('out of luck')
      },
    }
    await expect(database.migrate(failing)).rejects.toThrow('2000-01-01-good')
    await expect(sql`select * from good`.execute(database.system)).rejects.toThrow(/good/)
    expect(await database.migrate(migrations)).toEqual(ALL)
  })

  it('is safe to call from three processes at once: each step is applied by one of them', async () => {
    const { url, database } = await emptyDatabase(engine)
    const processes = await migrateAtOnce(url, 3)
    expect(processes.map((one) => one.errors())).toEqual(['', '', ''])
    const applied = processes.map((one) => Number(/applied (\d+)/.exec(one.output())?.[1]))
    expect(applied.reduce((sum, count) => sum + count)).toBe(ALL.length)
    expect(await database.migrate(migrations)).toEqual([])
  })

  it('goes on while another process that has finished reads and writes', async () => {
    const { url, database } = await emptyDatabase(engine)
    await database.migrate(migrations)
    const other = openDatabase(url)
    onTestFinished(() => other.close())
    await other.migrate(migrations)
    await other.system.insertInto('installation').values({ name: 'a', value: 'b' }).execute()
    expect(await database.system.selectFrom('installation').select('value').execute()).toEqual([{ value: 'b' }])
  })
})

describeOnPostgres('migrations of a login without superuser rights', () => {
  it('work, and their tables are walled all the same', async () => {
    const { url, database } = await emptyDatabase('postgres')
    const role = `tillwright_owner_${process.pid}`
    await sql.raw(`create role ${role} login`).execute(database.system)
    await sql.raw(`grant all on schema public to ${role}`).execute(database.system)
    const address = new URL(url)
    address.username = role
    const owned = openDatabase(address.href)
    onTestFinished(async () => {
      await owned.close()
      await sql.raw(`drop owned by ${role}`).execute(database.system)
      await sql.raw(`drop role ${role}`).execute(database.system)
    })
    expect(await owned.migrate(migrations)).toEqual(ALL)
    for (const tenantId of [1, 2]) {
      await owned.tenant(tenantId).query.insertInto('customers').values({ id: 'c', updated_at: 1 }).execute()
    }
    const seen = await owned.tenant(1).query.withoutPlugins().selectFrom('customers').select('tenant_id').execute()
    expect(seen).toEqual([{ tenant_id: 1 }])
  })
})
