import { sql } from 'kysely'
import { describe, expect, it, vi } from 'vitest'
import { describeOnPostgres } from '../testing/describe-on-databases.ts'
import { asAdministrator } from '../testing/postgres.ts'
import { useDatabase } from '../testing/test-database.ts'
import { isConnectionLoss, retryOnConnectionLoss } from './reconnect.ts'

const lost = () => Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })

/** Work that fails `failures` times and then gives 42; and the waits in between. */
function failing(failures: number, error: () => Error = lost) {
  const waits: number[] = []
  let tries = 0
  return {
    waits,
    tries: () => tries,
    wait: async (delayMs: number) => {
      waits.push(delayMs)
    },
    work: async () => {
      tries++
      if (tries <= failures) throw error()
      return 42
    },
  }
}

describe('retryOnConnectionLoss', () => {
  it('does not wait where the first try succeeds', async () => {
    const { work, wait, waits } = failing(0)
    expect(await retryOnConnectionLoss(work, wait)).toBe(42)
    expect(waits).toEqual([])
  })

  it('tries again after 1, 2 and 4 seconds', async () => {
    const { work, wait, waits } = failing(3)
    expect(await retryOnConnectionLoss(work, wait)).toBe(42)
    expect(waits).toEqual([1_000, 2_000, 4_000])
  })

  it('gives up after the fourth try, with what went wrong', async () => {
    const { work, wait, waits, tries } = failing(4)
    await expect(retryOnConnectionLoss(work, wait)).rejects.toThrow('ECONNREFUSED')
    expect([waits.length, tries()]).toEqual([3, 4])
  })

  it('does not repeat what the database refused', async () => {
    const refused = () => Object.assign(new Error('duplicate key'), { code: '23505' })
    const { work, wait, waits } = failing(1, refused)
    await expect(retryOnConnectionLoss(work, wait)).rejects.toThrow('duplicate key')
    expect(waits).toEqual([])
  })
})

describe('isConnectionLoss', () => {
  it.each([
    ['a refused connection', lost(), true],
    ['a server that shuts down', { code: '57P01' }, true],
    ['a server that starts', { code: '57P03' }, true],
    ['a connection that broke off', { code: '08006' }, true],
    ['a name that cannot be looked up just now', { code: 'EAI_AGAIN' }, true],
    ['a connection that ended while it was used', new Error('Connection terminated unexpectedly'), true],
    [
      'a connection that is used after it has ended',
      new Error('Client has encountered a connection error and is not queryable'),
      true,
    ],
    ['a duplicate', { code: '23505' }, false],
    ['a query that was cancelled', { code: '57014' }, false],
    ['a fault of ours', new TypeError('x is not a function'), false],
    ['nothing at all', undefined, false],
    ['a string', 'Connection', false],
  ])('of %s is %s', (_what, error, expected) => {
    expect(isConnectionLoss(error)).toBe(expected)
  })
})

describeOnPostgres('a database whose connections are cut', () => {
  const site = useDatabase('postgres')

  const cutAll = async () => {
    const name = new URL(site.url).pathname.slice(1)
    await asAdministrator(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
    )
  }

  const runningNow = async (text: string) => {
    const name = new URL(site.url).pathname.slice(1)
    const { rows } = await asAdministrator(
      `select 1 from pg_stat_activity where datname = '${name}' and state = 'active' and query like '%${text}%'`,
    )
    return rows.length
  }

  it('answers the next query, of the system and of a tenant', async () => {
    const db = await site.newTenantDb()
    await Promise.all(Array.from({ length: 8 }, () => sql`select pg_sleep(0.02)`.execute(site.database.system)))
    await cutAll()
    await db.query.insertInto('customers').values({ id: 'a', updated_at: 1 }).execute()
    expect(await site.database.ping()).toBeGreaterThan(0)
    expect(await db.query.selectFrom('customers').select('id').execute()).toEqual([{ id: 'a' }])
  })

  it('fails a query that was running with a connection loss, and goes on', async () => {
    const slow = sql`select pg_sleep(10)`.execute(site.database.system).catch((error: unknown) => error)
    await vi.waitFor(async () => expect(await runningNow('pg_sleep(10)')).toBe(1), 10_000)
    await cutAll()
    const error = await slow
    expect([isConnectionLoss(error), error]).toEqual([true, error])
    // A connection that was idle may not have heard yet that it is cut as well.
    await vi.waitFor(async () => expect(await site.database.ping()).toBeGreaterThan(0), 10_000)
  })

  it('fails a transaction that was under way with a connection loss, keeps nothing of it, and goes on', async () => {
    const db = await site.newTenantDb()
    const cut = db
      .transaction(async (tx) => {
        await tx.query.insertInto('customers').values({ id: 'a', updated_at: 1 }).execute()
        await cutAll()
        // Time for the news to arrive while the connection is idle within its transaction.
        await new Promise((resolve) => setTimeout(resolve, 100))
        await tx.query.insertInto('customers').values({ id: 'b', updated_at: 1 }).execute()
      })
      .catch((error: unknown) => error)
    expect(isConnectionLoss(await cut)).toBe(true)
    expect(await db.query.selectFrom('customers').select('id').execute()).toEqual([])
  })
})
