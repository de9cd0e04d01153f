import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { importFile } from '../testing/import-file.ts'
import { orderFile } from '../testing/order-file.ts'
import { postgresProblem } from '../testing/postgres.ts'
import { type ShopState, shopState } from '../testing/shop-state.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { makeDatabase } from '../testing/test-database.ts'
import { openSite } from '../testing/test-site.ts'
import { backUp, restore } from './backup.ts'
import type { Engine } from './dialect.ts'
import { openDatabase } from './open.ts'

const NOW = Date.UTC(2026, 0, 31, 2)
const DAY_MS = 86_400_000
const ENGINES: readonly Engine[] = postgresProblem === null ? ['sqlite', 'postgres'] : ['sqlite']

/** A shop with something in every table, and a backup of it. */
async function backedUpShop(engine: Engine) {
  const place = await makeDatabase(engine)
  onTestFinished(() => place.remove())
  const site = await openSite(engine, { database: place.url })
  onTestFinished(() => site.close())
  const shop = await site.newShop()
  await importFile(site, shop, 'orders', orderFile(3, { orders: 60 }).csv)
  await shop.api.customers.upsert({ items: [{ id: 'c1', name: 'שלום "O\'Neill"\\ 🫖\n', country: 'UK' }] })
  const event = { id: 'event-0001', type: 'product_viewed' as const, at: '2026-01-31T00:00:00Z', productId: 'P1' }
  await shop.api.events.send({ events: [event] })
  await site.server.tools.train(shop.tenant)
  const folder = await temporaryFolder()
  const { file } = await backUp(site.server.database, { folder, retentionDays: 30, now: NOW })
  return { site, shop, folder, file }
}

/** Where a database may be restored to. */
async function emptyPlace(engine: Engine): Promise<string> {
  const place = await makeDatabase(engine)
  onTestFinished(() => place.remove())
  return place.url
}

async function stateAt(url: string, tenantId: number): Promise<ShopState> {
  const database = openDatabase(url)
  return shopState(database.tenant(tenantId)).finally(() => database.close())
}

const OPTIONS = { replace: false, now: NOW }

async function linesOf(file: string): Promise<string[]> {
  return gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split('\n')
}

/** Writes lines as a backup, with or without a trailer that fits them. */
async function writeLines(lines: readonly string[], { isSigned = false } = {}): Promise<string> {
  const folder = await temporaryFolder()
  const file = join(folder, 'altered.ndjson.gz')
  const body = lines.slice(0, -1).map((line) => `${line}\n`)
  const { rows } = JSON.parse(lines.at(-1)!) as { rows: object }
  const sha256 = createHash('sha256').update(body.join('')).digest('hex')
  const trailer = isSigned ? JSON.stringify({ rows, sha256 }) : lines.at(-1)!
  await writeFile(file, gzipSync(`${body.join('')}${trailer}\n`))
  return file
}

describeOnDatabases('a backup', (engine) => {
  it.each(ENGINES)('is restored into %s with every row, and the shop goes on from there', async (target) => {
    const { shop, file } = await backedUpShop(engine)
    const url = await emptyPlace(target)
    expect(await restore(url, file, OPTIONS)).toEqual({ setAside: null })
    expect(await stateAt(url, shop.tenant.id)).toEqual(await shopState(shop.db))

    const restored = await openSite(target, { database: url })
    onTestFinished(() => restored.close())
    const headers = { authorization: `Bearer ${shop.secretKey}`, 'content-type': 'application/json' }
    const get = async (path: string) => (await restored.send(path, { headers })).json()
    expect(await get('/api/customers/c1')).toEqual(await shop.api.customers.get({ customerId: 'c1' }))
    expect(await get('/api/events')).toEqual(JSON.parse(JSON.stringify(await shop.api.events.list())))
    expect(await get('/api/models/current')).toEqual(await shop.api.models.current())
    expect(await get('/api/recommendations')).toMatchObject({ items: expect.arrayContaining([expect.anything()]) })
    // Numbers go on after the last: nothing that is added meets what was restored.
    const items = Array.from({ length: 20 }, (_, i) => ({
      id: `NEW-${i}`,
      placedAt: '2026-02-01T00:00:00Z',
      currency: 'GBP',
      lines: [{ productId: 'P1', name: `A new name ${i}`, quantity: 1, unitPriceMinor: 1 }],
    }))
    const written = await restored.send('/api/orders', { method: 'POST', headers, body: JSON.stringify({ items }) })
    expect(await written.json()).toEqual({ created: 20, updated: 0, unchanged: 0 })
    const events = [{ id: 'event-0002', type: 'page_viewed', at: '2026-01-31T00:00:00Z' }]
    const sent = await restored.send('/api/events', { method: 'POST', headers, body: JSON.stringify({ events }) })
    expect(await sent.json()).toEqual({ accepted: 1, duplicates: 0 })
    const before = await shopState(shop.db)
    expect((await stateAt(url, shop.tenant.id)).lines).toBe(before.lines + 20)
  })

  it('is of one moment, whatever is written while it is made', async () => {
    const { site, shop } = await backedUpShop(engine)
    const folder = await temporaryFolder()
    const before = await shopState(shop.db)
    const line = { productId: 'P1', quantity: 1, unitPriceMinor: 100 }
    let number = 0
    const write = () =>
      shop.api.orders.upsert({
        items: [{ id: `DURING-${number++}`, placedAt: '2026-02-01T00:00:00Z', currency: 'GBP', lines: [line] }],
      })
    const writes: Promise<unknown>[] = []
    const { file } = await backUp(site.server.database, {
      folder,
      retentionDays: 30,
      now: NOW,
      onProgress: () => writes.push(write()),
    })
    await Promise.all(writes)
    expect(writes.length).toBeGreaterThan(0)
    const url = await emptyPlace('sqlite')
    await restore(url, file, OPTIONS)
    const restored = await stateAt(url, shop.tenant.id)
    expect(restored.lines - before.lines).toBe(restored.orders - before.orders)
    expect(restored.totalMinor - before.totalMinor).toBe(100 * (restored.orders - before.orders))
    expect(await readdir(folder)).toEqual([file.slice(folder.length + 1)])
  })

  it('goes when it is older than it is to be kept; the new one, younger ones and other files stay', async () => {
    const { site } = await backedUpShop(engine)
    const folder = await temporaryFolder()
    const aged = async (name: string, days: number) => {
      await writeFile(join(folder, name), '')
      const at = new Date(NOW - days * DAY_MS)
      await utimes(join(folder, name), at, at)
    }
    await aged('tillwright-2025-12-31T02-00-00-000Z.ndjson.gz', 31)
    await aged('tillwright-2026-01-02T02-00-00-000Z.ndjson.gz', 29)
    await aged('somebody-elses.ndjson.gz', 400)
    const { file, removed } = await backUp(site.server.database, { folder, retentionDays: 30, now: NOW })
    expect(removed).toEqual([join(folder, 'tillwright-2025-12-31T02-00-00-000Z.ndjson.gz')])
    expect((await readdir(folder)).sort()).toEqual([
      'somebody-elses.ndjson.gz',
      'tillwright-2026-01-02T02-00-00-000Z.ndjson.gz',
      file.slice(folder.length + 1),
    ])
  })

  describe('is refused, and nothing is written,', () => {
    async function expectRefusal(file: string, message: RegExp): Promise<void> {
      const url = await emptyPlace(engine)
      await expect(restore(url, file, OPTIONS)).rejects.toMatchObject({
        name: 'BackupError',
        message: expect.stringMatching(message),
      })
      if (engine === 'sqlite') {
        for (const path of [url, `${url}.restoring`]) expect(existsSync(path)).toBe(false)
      } else {
        const database = openDatabase(url)
        const tables = await database.system.introspection.getTables().finally(() => database.close())
        expect(tables).toEqual([])
      }
    }

    it('where its file was cut short', async () => {
      const { file } = await backedUpShop(engine)
      const bytes = await readFile(file)
      await writeFile(file, bytes.subarray(0, bytes.length >> 1))
      await expectRefusal(file, /damaged or cut short/)
    })

    it('where it is no gzip at all, or an empty file', async () => {
      const folder = await temporaryFolder()
      const file = join(folder, 'x')
      await writeFile(file, 'hello')
      await expectRefusal(file, /damaged or cut short/)
      await writeFile(file, gzipSync(''))
      await expectRefusal(file, /cut short/)
      await writeFile(file, gzipSync('{"hello":1}\n'))
      await expectRefusal(file, /not a backup of Tillwright/)
    })

    it('where lines are missing, altered or added, even one', async () => {
      const { file } = await backedUpShop(engine)
      const lines = await linesOf(file)
      const middle = lines.length >> 1
      await expectRefusal(await writeLines(lines.toSpliced(middle, 1)), /altered/)
      await expectRefusal(
        await writeLines(lines.with(middle, lines[middle]!.replace(/\d/, '7').concat(' '))),
        /altered/,
      )
      await expectRefusal(await writeLines(lines.toSpliced(middle, 0, lines[middle]!)), /altered/)
      await expectRefusal(await writeLines([...lines.slice(0, -1), '[1]', lines.at(-1)!]), /fits no table|altered/)
      await writeFile(file, gzipSync(lines.slice(0, -1).join('\n')))
      await expectRefusal(file, /its last line is missing/)
      await writeFile(file, gzipSync([...lines, '{}'].join('\n')))
      await expectRefusal(file, /goes on after its end/)
    })

    it('where counts do not fit, though the digest does', async () => {
      const { file } = await backedUpShop(engine)
      const lines = await linesOf(file)
      const row = lines.findIndex((line) => line.startsWith('['))
      await expectRefusal(await writeLines(lines.toSpliced(row, 1), { isSigned: true }), /should hold \d+ rows/)
    })

    it('where it is of another version, or of a newer program', async () => {
      const { file } = await backedUpShop(engine)
      const [first, ...rest] = await linesOf(file)
      const header = JSON.parse(first!) as { migrations: string[] }
      const altered = (changes: object) =>
        writeLines([JSON.stringify({ ...header, ...changes }), ...rest], { isSigned: true })
      await expectRefusal(await altered({ version: 2 }), /of version 2, this program reads version 1/)
      const migrations = [...header.migrations, '2099-01-01-01-later']
      await expectRefusal(await altered({ migrations }), /newer Tillwright.*2099-01-01-01-later/)
      await expectRefusal(await altered({ format: 'other' }), /not a backup/)
    })

    it('where a table or a column is unknown', async () => {
      const { file } = await backedUpShop(engine)
      const lines = await linesOf(file)
      const at = lines.findIndex((line) => line.startsWith('{"table":"tenants"'))
      const altered = (table: unknown) => writeLines(lines.with(at, JSON.stringify(table)), { isSigned: true })
      const { columns } = JSON.parse(lines[at]!) as { columns: string[] }
      await expectRefusal(await altered({ table: 'sqlite_master', columns }), /table that is unknown here/)
      await expectRefusal(await altered({ table: '__proto__', columns }), /table that is unknown here/)
      await expectRefusal(await altered({ table: 'tenants' }), /table that is unknown here/)
      await expectRefusal(await altered({ table: 'tenants', columns: 7 }), /table that is unknown here/)
      await expectRefusal(await altered({ table: 'tenants', columns: [...columns.slice(1), 'x" --'] }), /unknown here/)
    })

    it('where a value is of no kind that a row can hold', async () => {
      const { file } = await backedUpShop(engine)
      const lines = await linesOf(file)
      const at = lines.findIndex((line) => line.startsWith('['))
      const row = JSON.parse(lines[at]!) as unknown[]
      const altered = (value: unknown) => writeLines(lines.with(at, JSON.stringify(row.with(0, value))))
      await expectRefusal(await altered({ base65: 'x' }), /altered|damaged/)
      await expectRefusal(await altered({ base64: 7 }), /altered|damaged/)
      await expectRefusal(await altered([1]), /altered|damaged/)
    })

    it('where the database has something in it already', async () => {
      const { site, file, shop } = await backedUpShop(engine)
      const before = await shopState(shop.db)
      await expect(restore(site.url, file, OPTIONS)).rejects.toMatchObject({ name: 'NotEmptyError' })
      expect(await shopState(shop.db)).toEqual(before)
    })
  })
})

describe('a backup whose process was killed', () => {
  it('leaves nothing for good: the next one removes its copy of the database, unless it may still be at work', async () => {
    const { site, folder } = await backedUpShop('sqlite')
    const now = Date.now()
    const names = ['.snapshot-old', '.snapshot-new', 'tillwright-2026-01-30T02-00-00-000Z.ndjson.gz.part', 'notes.part']
    for (const name of names) {
      const path = join(folder, name)
      if (name.startsWith('.')) {
        await mkdir(path)
        await writeFile(join(path, 'copy.db'), 'everything')
      } else await writeFile(path, 'half of it')
      const at = name === '.snapshot-new' ? now : now - DAY_MS - 1_000
      await utimes(path, at / 1000, at / 1000)
    }
    await backUp(site.server.database, { folder, retentionDays: 30, now })
    const left = (await readdir(folder)).filter((name) => names.includes(name))
    expect(left.sort()).toEqual(['.snapshot-new', 'notes.part'])
  })
})

describe('a backup in place of a SQLite file', () => {
  it('sets the file aside, whole, and says where it lies', async () => {
    const { site, shop, file } = await backedUpShop('sqlite')
    const backedUp = await shopState(shop.db)
    const line = { productId: 'P1', quantity: 1, unitPriceMinor: 100 }
    const items = [{ id: 'LATER', placedAt: '2026-02-01T00:00:00Z', currency: 'GBP', lines: [line] }]
    await shop.api.orders.upsert({ items })
    const later = await shopState(shop.db)
    await site.server.close()

    const { setAside } = await restore(site.url, file, { replace: true, now: NOW })
    expect(await stateAt(site.url, shop.tenant.id)).toEqual(backedUp)
    expect(await stateAt(setAside!, shop.tenant.id)).toEqual(later)
  })

  it('finds the file by an address with its scheme as well', async () => {
    const { shop, file } = await backedUpShop('sqlite')
    const path = await emptyPlace('sqlite')
    await restore(`sqlite:${path}`, file, OPTIONS)
    expect(await stateAt(path, shop.tenant.id)).toEqual(await shopState(shop.db))
    await expect(restore(`sqlite:${path}`, file, OPTIONS)).rejects.toMatchObject({ name: 'NotEmptyError' })
  })

  it('leaves the file as it is where the backup is refused', async () => {
    const { site, shop, file } = await backedUpShop('sqlite')
    const before = await shopState(shop.db)
    await site.server.close()
    const bytes = await readFile(file)
    await writeFile(file, bytes.subarray(0, bytes.length - 20))
    await expect(restore(site.url, file, { replace: true, now: NOW })).rejects.toMatchObject({ name: 'BackupError' })
    expect(await stateAt(site.url, shop.tenant.id)).toEqual(before)
  })
})
