import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Engine } from '../db/dialect.ts'
import { openDatabase } from '../db/open.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { importFile, upload } from '../testing/import-file.ts'
import { type NodeProcess, sourceUrl, startCommand, startScript } from '../testing/node-process.ts'
import { orderFile } from '../testing/order-file.ts'
import { asAdministrator, createPostgresDatabase, dropPostgresDatabase, postgresUrl } from '../testing/postgres.ts'
import { type ShopState, shopState } from '../testing/shop-state.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { type DatabasePlace, makeDatabase } from '../testing/test-database.ts'
import { openSite, type Shop } from '../testing/test-site.ts'

const SEED = 20_260_131
const BEFORE = orderFile(SEED, { orders: 3_000, isEarlier: true })
const FILE = orderFile(SEED, { orders: 3_000 })
const LEASE_AND_MORE_MS = 120_000
const PATIENCE_MS = 120_000

/** A shop that has imported an older export, to be copied for each test. */
interface Original {
  readonly place: DatabasePlace
  readonly shop: Pick<Shop, 'tenant' | 'secretKey'>
}

/** A shop with a database and a folder of its own. */
interface Copy {
  readonly url: string
  readonly folder: string
  readonly file: string
  readonly env: NodeJS.ProcessEnv
}

async function makeOriginal(engine: Engine): Promise<Original> {
  const place = await makeDatabase(engine)
  const site = await openSite(engine, { database: place.url })
  const shop = await site.newShop()
  const { result } = await importFile(site, shop, 'orders', BEFORE.csv)
  expect(result).toMatchObject({ read: BEFORE.rows, imported: BEFORE.lines, rejected: BEFORE.badRows })
  await site.server.database.system.deleteFrom('jobs').execute()
  await site.close()
  return { place, shop }
}

async function copyOf({ place }: Original, engine: Engine): Promise<Copy> {
  const folder = await temporaryFolder()
  let url = join(folder, 'test.db')
  if (engine === 'sqlite') await copyFile(place.url, url)
  else {
    const name = await createPostgresDatabase()
    onTestFinished(() => dropPostgresDatabase(name))
    await dropPostgresDatabase(name)
    await asAdministrator(`create database ${name} template ${new URL(place.url).pathname.slice(1)}`)
    url = postgresUrl(name)
  }
  const file = join(folder, 'orders.csv')
  await writeFile(file, FILE.csv)
  const env = { TILLWRIGHT_DATABASE_URL: url, TILLWRIGHT_DATA_DIR: folder, TILLWRIGHT_LOG_LEVEL: 'silent' }
  return { url, folder, file, env }
}

/** Watched from its first statement; dies at the given one. */
function dying(at?: number): NodeJS.ProcessEnv {
  const env = { NODE_OPTIONS: `--import ${sourceUrl('testing/die-at.ts')}` }
  return at === undefined ? env : { ...env, TILLWRIGHT_TEST_DIE_AT: String(at) }
}

async function lookInto<T>(url: string, look: (database: ReturnType<typeof openDatabase>) => Promise<T>): Promise<T> {
  const database = openDatabase(url)
  return look(database).finally(() => database.close())
}

const stateOf = (url: string, tenantId: number) => lookInto(url, (database) => shopState(database.tenant(tenantId)))

async function expectSound(url: string, engine: Engine): Promise<void> {
  if (engine === 'postgres') return
  const { rows } = await lookInto(url, (database) => sql`pragma integrity_check`.execute(database.system))
  expect(rows).toEqual([{ integrity_check: 'ok' }])
}

describeOnDatabases('an import of orders that is killed', (engine) => {
  let original: Original
  /** What an import comes to that nothing disturbs, and how many statements it issues. */
  let undisturbed: ShopState
  let statements: { any: number; ofImport: number }

  beforeAll(async () => {
    original = await makeOriginal(engine)
  }, PATIENCE_MS)
  afterAll(() => original?.place.remove())

  const importing = ({ file, env }: Copy, dieAt?: number): NodeProcess =>
    startCommand(['import', 'orders', file], { ...env, ...dying(dieAt) })
  const tenantId = () => original.shop.tenant.id

  it('comes, undisturbed, to what the file says', { timeout: PATIENCE_MS }, async () => {
    const copy = await copyOf(original, engine)
    const run = importing(copy)
    expect(await run.ended, run.errors()).toBe(0)
    const [, any, ofImport] = /statements: (\d+), of imports: (\d+)/.exec(run.errors())!
    statements = { any: Number(any), ofImport: Number(ofImport) }
    undisturbed = await stateOf(copy.url, tenantId())
    expect(undisturbed).toMatchObject({ orders: FILE.orders, lines: FILE.lines, totalMinor: FILE.totalMinor })
  })

  describe('on the command line', () => {
    it.each([0.02, 0.4, 0.75, 0.97])(
      'after %d of its work is completed by running it again',
      { timeout: PATIENCE_MS },
      async (fraction) => {
        const copy = await copyOf(original, engine)
        const killed = importing(copy, Math.round(statements.any * fraction))
        expect(await killed.ended, killed.errors()).toBe('SIGKILL')
        expect(await stateOf(copy.url, tenantId())).not.toEqual(undisturbed)
        await expectSound(copy.url, engine)

        const again = importing(copy)
        expect(await again.ended, again.errors()).toBe(0)
        expect(await stateOf(copy.url, tenantId())).toEqual(undisturbed)
        const rejects = await readFile(`${copy.file}.rejects.csv`, 'utf8')
        expect(rejects.match(/is not a whole number/g)).toHaveLength(FILE.badRows)
      },
    )

    it('again and again is completed by the run that is left alone', { timeout: PATIENCE_MS }, async () => {
      const copy = await copyOf(original, engine)
      for (const fraction of [0.3, 0.2, 0.25]) {
        const killed = importing(copy, Math.round(statements.any * fraction))
        expect(await killed.ended, killed.errors()).toBe('SIGKILL')
      }
      expect(await importing(copy).ended).toBe(0)
      expect(await stateOf(copy.url, tenantId())).toEqual(undisturbed)
    })
  })

  describe('as a job', () => {
    /** A server of its own process that works off its jobs, and takes orders meanwhile: `ack n` for each that it acknowledged. */
    const serving = ({ url, folder }: Copy, dieAt: number): NodeProcess =>
      startScript(
        `
        import { createServer } from ${JSON.stringify(sourceUrl('server.ts'))}
        const log = { debug() {}, info() {}, warn: (f, m) => console.error(m, f), error: (f, m) => console.error(m, f) }
        const server = createServer({ database: process.env.DATABASE, dataDir: process.env.FOLDER, log })
        await server.migrate()
        server.jobs.start()
        for (let n = 0; ; n++) {
          const line = { productId: 'P' + n % 9, quantity: 1, unitPriceMinor: 100 }
          const order = { id: 'WEB-' + n, placedAt: '2026-01-31T09:30:00Z', currency: 'GBP', lines: [line] }
          const answer = await server.fetch(new Request('http://tillwright.test/api/orders', {
            method: 'POST',
            headers: { authorization: 'Bearer ' + process.env.KEY, 'content-type': 'application/json' },
            body: JSON.stringify({ items: [order] }),
          }))
          if (answer.status === 200) process.stdout.write('ack ' + order.id + '\\n')
          await new Promise((resolve) => setImmediate(resolve))
        }`,
        {
          DATABASE: url,
          FOLDER: folder,
          KEY: original.shop.secretKey,
          TILLWRIGHT_TEST_DIE_OF: 'import',
          ...dying(dieAt),
        },
      )

    /** Uploads the file to a server that stops before it begins with it; gives the job's id. */
    async function queue({ url, folder }: Copy): Promise<string> {
      const site = await openSite(engine, { database: url, dataDir: folder })
      const headers = { authorization: `Bearer ${original.shop.secretKey}` }
      const send: Shop['send'] = (path, init = {}) =>
        site.send(path, { ...init, headers: { ...(init.headers as Record<string, string>), ...headers } })
      const { id } = await upload({ send }, 'orders', FILE.csv)
      await site.close()
      return id
    }

    it.each([0.5, 0.9])(
      'after %d of its work is tried again by another server, and nothing acknowledged is lost or doubled',
      { timeout: PATIENCE_MS },
      async (fraction) => {
        const copy = await copyOf(original, engine)
        const jobId = await queue(copy)
        const killed = serving(copy, Math.round(statements.ofImport * fraction))
        expect(await killed.ended, killed.errors()).toBe('SIGKILL')
        const acknowledged = [...killed.output().matchAll(/ack (WEB-\d+)\n/g)].map(([, id]) => id!)
        expect(acknowledged.length).toBeGreaterThan(0)
        expect(await progressOf(copy.url)).toBeGreaterThan(0)
        await expectSound(copy.url, engine)

        const clock = () => Date.now() + LEASE_AND_MORE_MS
        const second = await openSite(engine, { database: copy.url, dataDir: copy.folder, clock })
        onTestFinished(() => second.close())
        const db = second.server.database.tenant(tenantId())
        const jobOf = () =>
          db.query.selectFrom('jobs').where('id', '=', jobId).select(['state', 'attempts', 'result']).executeTakeFirst()
        expect(await jobOf(), killed.errors()).toMatchObject({ state: 'running', attempts: 1 })
        await second.server.jobs.runDue()
        const job = (await jobOf())!
        expect(job).toMatchObject({ state: 'done', attempts: 2 })
        expect(JSON.parse(job.result!)).toMatchObject({ read: FILE.rows, rejected: FILE.badRows })

        const fromWeb = await db.query.selectFrom('orders').where('id', 'like', 'WEB-%').select(['id']).execute()
        expect(fromWeb.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged))
        // One more than was acknowledged may be there: killed between the commit and the answer.
        expect(fromWeb.length - acknowledged.length).toBeLessThanOrEqual(1)
        await dropOrders(db, 'WEB-%')
        expect(await shopState(db)).toEqual(undisturbed)
      },
    )

    it('as it throws its upload away ends as done, with its report', { timeout: PATIENCE_MS }, async () => {
      const copy = await copyOf(original, engine)
      const jobId = await queue(copy)
      const killed = startScript(
        `
        import { folderStore } from ${JSON.stringify(sourceUrl('files/folder-store.ts'))}
        import { createServer } from ${JSON.stringify(sourceUrl('server.ts'))}
        const store = folderStore(process.env.FOLDER + '/files')
        const remove = async (key) => {
          await store.remove(key)
          if (key.startsWith('uploads/')) process.kill(process.pid, 'SIGKILL')
        }
        const { DATABASE, FOLDER } = process.env
        const server = createServer({ database: DATABASE, dataDir: FOLDER, files: { ...store, remove } })
        await server.migrate()
        await server.jobs.runDue()`,
        { DATABASE: copy.url, FOLDER: copy.folder },
      )
      expect(await killed.ended, killed.errors()).toBe('SIGKILL')

      const clock = () => Date.now() + LEASE_AND_MORE_MS
      const site = await openSite(engine, { database: copy.url, dataDir: copy.folder, clock })
      onTestFinished(() => site.close())
      await site.server.jobs.runDue()
      const answer = await site.send(`/admin/jobs/${jobId}`, {
        headers: { authorization: `Bearer ${original.shop.secretKey}` },
      })
      expect(await answer.json()).toMatchObject({ state: 'done', error: null, result: { read: FILE.rows } })
    })
  })
})

/** How many orders an import that never ended has brought. */
async function progressOf(url: string): Promise<number> {
  const rows = await lookInto(url, ({ system }) => system.selectFrom('order_import_progress').selectAll().execute())
  return rows.length
}

async function dropOrders(db: ReturnType<ReturnType<typeof openDatabase>['tenant']>, like: string): Promise<void> {
  const orders = await db.query.selectFrom('orders').where('id', 'like', like).select('key').execute()
  const keys = orders.map(({ key }) => key)
  await db.query.deleteFrom('order_lines').where('order_key', 'in', keys).execute()
  await db.query.deleteFrom('orders').where('key', 'in', keys).execute()
}
