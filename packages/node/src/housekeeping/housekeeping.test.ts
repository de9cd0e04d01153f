import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { auditService } from '../audit/service.ts'
import type { Engine } from '../db/dialect.ts'
import type { TenantDb } from '../db/open.ts'
import { folderStore } from '../files/folder-store.ts'
import { takeKey } from '../idempotency/store.ts'
import { rejectFileKey } from '../imports/files.ts'
import { addMail } from '../mail/store.ts'
import type { FileStore } from '../ports.ts'
import { createServer, type ServerOptions } from '../server.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { importFile, upload } from '../testing/import-file.ts'
import { recordingLog } from '../testing/recording-log.ts'
import { json, openSite, type Shop, type TestSite } from '../testing/test-site.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const PASSWORD = 'correct horse battery staple 7'

interface House extends TestSite {
  readonly shop: Shop
  readonly other: Shop
  readonly files: FileStore
  /** Lets time pass and does the round that is then due. */
  tidyAfter(ms: number): Promise<Readonly<Record<string, number>>>
}

/** A site at a time that the test sets, with two shops. */
async function openHouse(engine: Engine, options: Partial<ServerOptions> = {}): Promise<House> {
  const time = { now: Date.now() }
  const site = await openSite(engine, { clock: () => time.now, ...options })
  onTestFinished(() => site.close())
  return {
    ...site,
    shop: await site.newShop(),
    other: await site.newShop(),
    files: folderStore(join(site.dataDir, 'files')),
    async tidyAfter(ms) {
      time.now += ms
      const removed = await site.server.housekeeping.tidyIfDue()
      if (!removed) throw new Error('No round was due')
      return removed
    },
  }
}

async function countOf(db: TenantDb, table: Parameters<TenantDb['query']['selectFrom']>[0] & string): Promise<number> {
  const { count } = await db.query
    .selectFrom(table as 'users')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

async function keysIn(files: FileStore): Promise<string[]> {
  return (await Array.fromAsync(files.list())).map(({ key }) => key).sort()
}

/** Somebody who registers in the shop and is signed in; gives their access token and id. */
async function newPerson({ send }: TestSite, { publishableKey }: Shop, email: string) {
  const headers = { authorization: `Bearer ${publishableKey}` }
  const registered = await send('/auth/register', json({ email, password: PASSWORD }, headers))
  if (registered.status >= 300) throw new Error(await registered.text())
  const signedIn = await send('/auth/login', json({ email, password: PASSWORD }, headers))
  const { accessToken, user } = (await signedIn.json()) as { accessToken: string; user: { id: string } }
  return { accessToken, id: user.id }
}

describeOnDatabases('housekeeping', (engine) => {
  it('forgets answers under an Idempotency-Key after a day, of every shop, and not before', async () => {
    const house = await openHouse(engine)
    const post = ({ send }: Shop) =>
      send('/api/products', json({ items: [{ id: 'a', name: 'A' }] }, { 'idempotency-key': 'key' }))
    const isReplayed = async (shop: Shop) => (await post(shop)).headers.has('idempotency-replayed')
    await post(house.shop)
    await post(house.other)
    await house.tidyAfter(DAY_MS)
    expect([await isReplayed(house.shop), await isReplayed(house.other)]).toEqual([true, true])
    expect(await house.tidyAfter(HOUR_MS)).toMatchObject({ 'idempotency keys': 2 })
    expect([await isReplayed(house.shop), await isReplayed(house.other)]).toEqual([false, false])
  })

  it('takes many old rows in several transactions, and all of them', async () => {
    const house = await openHouse(engine)
    const { db } = house.shop
    await db.transaction(async (tx) => {
      for (let i = 0; i < 1_100; i++) await takeKey(tx, { key: `k${i}`, owner: 'o' }, 'f', Date.now(), 0)
    })
    expect(await house.tidyAfter(DAY_MS + HOUR_MS)).toMatchObject({ 'idempotency keys': 1_100 })
    expect(await countOf(db, 'idempotency')).toBe(0)
  })

  it('removes jobs with their reject files: done ones after 30 days, dead ones after 90', async () => {
    const house = await openHouse(engine)
    const { shop, files } = house
    const done = (await importFile(house, shop, 'products', 'id,name\n1,Cup\n,Nameless\n')).job
    const dead = (await importFile(house, shop, 'products', 'we,know,not\n1,2,3\n')).job
    expect([done.state, dead.state]).toEqual(['done', 'dead'])
    const jobs = async () => (await shop.api.jobs.list({ kind: 'products.import' })).items.map(({ id }) => id)
    await house.tidyAfter(30 * DAY_MS - HOUR_MS)
    expect(await jobs()).toEqual([dead.id, done.id])
    expect(await keysIn(files)).toContain(rejectFileKey(done.id))
    await house.tidyAfter(2 * HOUR_MS)
    expect(await jobs()).toEqual([dead.id])
    expect(await keysIn(files)).toEqual([expect.stringMatching(/^uploads\//)])
    await house.tidyAfter(60 * DAY_MS)
    expect([await jobs(), await keysIn(files)]).toEqual([[], []])
  })

  it('removes files that no job will, after a day; those that a job needs stay', async () => {
    const house = await openHouse(engine)
    const { shop, files } = house
    const content = async function* () {
      yield Buffer.from('id,name\n')
    }
    await upload(shop, 'products', 'id,name\n1,Cup\n')
    const [needed] = await keysIn(files)
    await files.put('uploads/upl_stray', content())
    await files.put('uploads/upl_cut.part', content())
    await files.put('widgets/1.0.0/loader.js', content())
    await files.put('widgets/1.0.0/console.js.part', content())
    await files.put('rejects/job_gone.csv', content())
    const all = await keysIn(files)
    expect(all).toHaveLength(6)
    expect(await house.tidyAfter(DAY_MS - HOUR_MS)).toMatchObject({ 'stray files': 0 })
    expect(await house.tidyAfter(2 * HOUR_MS)).toMatchObject({ 'stray files': 3 })
    expect(await keysIn(files)).toEqual(['rejects/job_gone.csv', needed, 'widgets/1.0.0/loader.js'].sort())
    const old = Date.now() / 1000 - 100 * 86_400
    await utimes(join(house.dataDir, 'files/rejects/job_gone.csv'), old, old)
    await house.tidyAfter(HOUR_MS)
    expect(await keysIn(files)).toEqual([needed, 'widgets/1.0.0/loader.js'].sort())
  })

  it('drops links and addresses of mail once they cannot be used, and removes its notes 30 days later', async () => {
    const house = await openHouse(engine)
    const { db } = house.shop
    const now = Date.now()
    const data = JSON.stringify({ link: 'https://shop.example/#planted', expiresInMinutes: 10 })
    const mail = { recipient: 'ann@b.example', template: 'magic-link', data, language: 'en', job_id: null }
    await addMail(db, { ...mail, id: 'mail_short', created_at: now, expires_at: now + 10 * MINUTE_MS })
    await house.tidyAfter(HOUR_MS)
    const rows = await db.query.selectFrom('mail_messages').selectAll().execute()
    expect(rows).toMatchObject([{ recipient: 'a…@b.example', outcome: 'expired', data: '{"expiresInMinutes":10}' }])
    await house.tidyAfter(29 * DAY_MS)
    expect(await countOf(db, 'mail_messages')).toBe(1)
    await house.tidyAfter(2 * DAY_MS)
    expect(await countOf(db, 'mail_messages')).toBe(0)
  })

  it('removes mail and tokens once they cannot be used, and counts of failures that count no longer', async () => {
    const house = await openHouse(engine)
    const { shop } = house
    const now = Date.now()
    await newPerson(house, shop, 'ann@person.example')
    const headers = { authorization: `Bearer ${shop.publishableKey}` }
    await house.send('/auth/login', json({ email: 'ann@person.example', password: 'wrong' }, headers))
    await shop.db.query.deleteFrom('mail_messages').execute()
    const mail = { recipient: 'a@b.example', template: 'magic-link', data: '{}', language: 'en', job_id: null }
    await addMail(shop.db, { ...mail, id: 'mail_short', created_at: now, expires_at: now + 10 * MINUTE_MS })
    await addMail(shop.db, { ...mail, id: 'mail_long', created_at: now, expires_at: now + 10 * DAY_MS })
    const token = { user_id: 'usr_a', purpose: 'magic-link', data: '{}', created_at: now, used_at: null } as const
    await shop.db.query.deleteFrom('one_time_tokens').execute()
    await shop.db.query
      .insertInto('one_time_tokens')
      .values({ ...token, digest: 'short', expires_at: now + MINUTE_MS })
      .execute()
    await shop.db.query
      .insertInto('one_time_tokens')
      .values({ ...token, digest: 'long', expires_at: now + DAY_MS })
      .execute()
    expect(await countOf(shop.db, 'sign_in_attempts')).toBe(1)
    expect(await house.tidyAfter(HOUR_MS)).toMatchObject({ mail: 1, 'one-time tokens': 1, 'sign-in attempts': 1 })
    const waiting = await shop.db.query.selectFrom('mail_messages').where('ended_at', 'is', null).select('id').execute()
    expect(waiting).toEqual([{ id: 'mail_long' }])
    expect(await countOf(shop.db, 'one_time_tokens')).toBe(1)
    expect(await countOf(shop.db, 'sign_in_attempts')).toBe(0)
  })

  it('removes sessions 30 days after their end, with their refresh tokens, and no living one', async () => {
    const house = await openHouse(engine)
    const { shop } = house
    const { accessToken } = await newPerson(house, shop, 'ann@person.example')
    await newPerson(house, house.other, 'bob@person.example')
    await house.send('/auth/logout', json({}, { authorization: `Bearer ${accessToken}` }))
    const sessions = await countOf(shop.db, 'sessions')
    await house.tidyAfter(29 * DAY_MS)
    expect(await countOf(shop.db, 'sessions')).toBe(sessions)
    await shop.db.query
      .updateTable('sessions')
      .set({ expires_at: Date.now() + 400 * DAY_MS, idle_expires_at: Date.now() + 400 * DAY_MS })
      .execute()
    const live = (await shop.db.query.selectFrom('sessions').where('ended_at', 'is', null).select('id').execute())
      .length
    await house.tidyAfter(2 * DAY_MS)
    expect(await countOf(shop.db, 'sessions')).toBe(live)
    expect(await countOf(shop.db, 'refresh_tokens')).toBe(live)
    expect(live).toBeLessThan(sessions)
  })

  it('drops entries of the audit log after 90 days; what is left is still a sound chain', async () => {
    const house = await openHouse(engine)
    const { shop } = house
    const { id } = await newPerson(house, shop, 'ann@person.example')
    const before = await countOf(shop.db, 'audit_log')
    expect(before).toBeGreaterThan(0)
    await house.tidyAfter(90 * DAY_MS - HOUR_MS)
    expect(await countOf(shop.db, 'audit_log')).toBe(before)
    const audit = auditService({ clock: () => Date.now() + 90 * DAY_MS })
    const late = { kind: 'note', actorId: id, subjectId: null, caller: null, data: {} }
    await shop.db.transaction((tx) => audit.record(tx, late))
    expect(await house.tidyAfter(2 * HOUR_MS)).toMatchObject({ 'audit entries': before })
    expect(await countOf(shop.db, 'audit_log')).toBe(1)
    expect(await audit.verify(shop.db)).toMatchObject({ isSound: true, rows: 1 })
  })

  it('drops them after as many days as a setting says, 30 at least, and the chain goes on from there', async () => {
    const house = await openHouse(engine, { auditRetentionDays: 45 })
    const { shop } = house
    const { id } = await newPerson(house, shop, 'carol@person.example')
    const before = await countOf(shop.db, 'audit_log')
    expect(await house.tidyAfter(45 * DAY_MS - HOUR_MS)).toMatchObject({ 'audit entries': 0 })
    const audit = auditService({ clock: () => Date.now() + 45 * DAY_MS })
    const entry = { kind: 'note', actorId: id, subjectId: null, caller: null, data: {} }
    await shop.db.transaction((tx) => audit.record(tx, entry))
    expect(await house.tidyAfter(2 * HOUR_MS)).toMatchObject({ 'audit entries': before })
    await shop.db.transaction((tx) => audit.record(tx, entry))
    expect(await audit.verify(shop.db)).toMatchObject({ isSound: true, rows: 2 })
    // What is left cannot be cut further without showing.
    await shop.db.query
      .updateTable('audit_heads')
      .set({ dropped_through: before + 1 })
      .execute()
    expect(await audit.verify(shop.db)).toMatchObject({ isSound: false })
    for (const auditRetentionDays of [29, 30.5, Number.NaN]) {
      expect(() => createServer({ database: ':memory:', auditRetentionDays })).toThrow(RangeError)
    }
  })

  it('erases people 30 days after they were removed, with everything that says who they were', async () => {
    const house = await openHouse(engine)
    const { shop } = house
    const ann = await newPerson(house, shop, 'ann@person.example')
    const bob = await newPerson(house, shop, 'bob@person.example')
    const removal = { method: 'DELETE', headers: { authorization: `Bearer ${ann.accessToken}` } }
    expect((await house.send('/auth/account', removal)).status).toBe(204)
    const ids = async () => (await shop.db.query.selectFrom('users').select('id').execute()).map(({ id }) => id)
    await house.tidyAfter(30 * DAY_MS - HOUR_MS)
    expect((await ids()).sort()).toEqual([ann.id, bob.id].sort())
    expect(await house.tidyAfter(2 * HOUR_MS)).toMatchObject({ 'removed people': 1 })
    expect(await ids()).toEqual([bob.id])
    for (const table of ['password_history', 'sessions', 'known_devices'] as const) {
      const rows = await shop.db.query.selectFrom(table).where('user_id', '=', ann.id).select('user_id').execute()
      expect(rows, table).toEqual([])
    }
    const entries = await shop.db.query.selectFrom('audit_log').selectAll().execute()
    expect(entries.map(({ kind, subject_id }) => [kind, subject_id])).toContainEqual(['user.erased', ann.id])
    expect(JSON.stringify(entries)).not.toContain('ann@person.example')
  })

  it('is done once an hour, by one of the processes that share a database', async () => {
    const house = await openHouse(engine)
    const neighbour = createServer({ database: house.url, dataDir: house.dataDir, clock: () => Date.now() + HOUR_MS })
    onTestFinished(() => neighbour.close())
    await neighbour.migrate()
    await house.tidyAfter(0)
    expect(await house.server.housekeeping.tidyIfDue()).toBeNull()
    const rounds = await Promise.all([neighbour, neighbour, neighbour].map((server) => server.housekeeping.tidyIfDue()))
    expect(rounds.filter((round) => round !== null)).toHaveLength(1)
  })

  it('begins with the jobs, goes on by itself, and ends with the server', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const house = await openHouse(engine)
    const rounds = () => house.log.withMessage('housekeeping done').length
    house.server.jobs.start()
    await vi.waitFor(() => expect(rounds()).toBe(1))
    await house.server.database.system
      .updateTable('installation')
      .set({ value: '0' })
      .where('name', '=', 'housekeeping')
      .execute()
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    await vi.waitFor(() => expect(rounds()).toBe(2))
    await house.server.close()
    await vi.advanceTimersByTimeAsync(HOUR_MS)
    expect(house.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('that fails in one thing does the rest, and says so', async () => {
    const log = recordingLog()
    const files = {
      ...folderStore('/nonexistent'),
      list() {
        throw new Error('out of reach')
      },
    }
    const site = await openSite(engine, { files, log, clock: Date.now })
    onTestFinished(() => site.close())
    const shop = await site.newShop()
    await shop.db.query
      .insertInto('idempotency')
      .values({ key: 'old', fingerprint: 'f', owner: 'o', status: 200, body: '{}', created_at: 1 })
      .execute()
    expect(await site.server.housekeeping.tidyIfDue()).toMatchObject({ 'idempotency keys': 1, 'stray files': 0 })
    expect(log.lines.filter(({ level }) => level === 'error')).toMatchObject([{ sweep: 'stray files' }])
  })
})
