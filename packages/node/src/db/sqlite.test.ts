import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as breathe } from 'node:timers/promises'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { json, openSite } from '../testing/test-site.ts'
import { isBusy } from './busy.ts'
import { openDatabase } from './open.ts'

/** A site over a file that another process, as it were, keeps for itself until `release`. */
async function lockedSite() {
  const site = await openSite('sqlite')
  const shop = await site.newShop()
  const other = new DatabaseSync(site.url)
  onTestFinished(async () => {
    other.close()
    await site.close()
  })
  await shop.send('/api/products')
  other.exec('begin immediate')
  return { site, shop, release: () => other.exec('commit') }
}

const EVENTS = { events: [{ id: 'event-0001', type: 'product_viewed', at: '2026-01-31T00:00:00Z' }] }

describe('a SQLite file that another process writes', () => {
  it('keeps writes waiting, answers reads meanwhile, and takes the writes when it is free', async () => {
    const { shop, release } = await lockedSite()
    let isWritten = false
    const writing = shop.send('/api/events', json(EVENTS)).then((answer) => {
      isWritten = true
      return answer
    })
    // Some turns of the event loop, so that the write has begun to wait before the last.
    for (let i = 0; i < 20; i++) {
      await breathe()
      expect((await shop.send('/api/products')).status).toBe(200)
    }
    expect(isWritten).toBe(false)
    release()
    expect(await (await writing).json()).toEqual({ accepted: 1, duplicates: 0 })
  })

  it('that stays locked makes writes unavailable for now, and the server says when to come back', async () => {
    const { shop } = await lockedSite()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    let refused: Response | undefined
    const writing = shop.send('/api/events', json(EVENTS)).then((answer) => {
      refused = answer
    })
    while (!refused) await vi.advanceTimersByTimeAsync(10)
    await writing
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await refused.json()).toMatchObject({ code: 'unavailable', detail: 'The database is busy' })
  })

  it('keeps a single statement waiting as well', async () => {
    const { site, release } = await lockedSite()
    const writing = sql`insert into installation (name, value) values ('note', '1')`.execute(
      site.server.database.system,
    )
    await breathe()
    expect(await site.server.database.ping()).toBeGreaterThanOrEqual(0)
    release()
    expect((await writing).numAffectedRows).toBe(1n)
  })

  it.each([
    ['locked', { errcode: 5 }, true],
    ['being recovered', { errcode: 261 }, true],
    ['a duplicate', { errcode: 2067 }, false],
    ['out of reach', { code: 'ECONNREFUSED' }, false],
    ['nothing', undefined, false],
  ])('that is %s is told apart', (_what, error, expected) => {
    expect(isBusy(error)).toBe(expected)
  })
})

it('what is deleted is not in the file any more', async () => {
  const file = join(await temporaryFolder(), 'shop.db')
  const database = openDatabase(file)
  onTestFinished(() => database.close())
  const { system } = database
  const SECRET = 'the-link-that-let-somebody-in'
  const holdsSecret = async () => {
    await sql`pragma wal_checkpoint(truncate)`.execute(system)
    return (await readFile(file)).includes(SECRET)
  }
  await sql`create table notes (text text)`.execute(system)
  await sql`insert into notes values (${SECRET}), ('other')`.execute(system)
  expect(await holdsSecret()).toBe(true)
  await sql`delete from notes where text = ${SECRET}`.execute(system)
  expect(await holdsSecret()).toBe(false)
})
