import { AsyncLocalStorage } from 'node:async_hooks'
import { Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { groupCommit } from './group-commit.ts'
import type { Schema } from './schema.ts'
import { nodeSqliteDialect } from './sqlite.ts'

describe('groupCommit', () => {
  let db: Kysely<Schema>
  /** Statements in the order in which they ran. */
  let ran: string[]

  beforeEach(async () => {
    ran = []
    db = new Kysely<Schema>({ dialect: nodeSqliteDialect(':memory:'), log: ({ query }) => void ran.push(query.sql) })
    await sql`create table notes (id integer primary key, parent integer references notes deferrable initially deferred)`.execute(
      db,
    )
  })
  afterEach(() => db.destroy())

  const add = (id: number, parent: number | null = null) => sql`insert into notes values (${id}, ${parent})`
  const ids = async () =>
    (await sql<{ id: number }>`select id from notes order by id`.execute(db)).rows.map(({ id }) => id)
  const count = (statement: string) => ran.filter((text) => text === statement).length

  it('commits once for all that arrive together', async () => {
    const together = groupCommit(db)
    await Promise.all(Array.from({ length: 50 }, (_, i) => together((tx) => add(i).execute(tx))))
    expect(await ids()).toHaveLength(50)
    expect(count('release one')).toBe(50)
    expect(ran.filter((text) => text.startsWith('insert'))).toHaveLength(50)
  })

  it('runs work in the order of its arrival, one after another', async () => {
    const together = groupCommit(db)
    const order: string[] = []
    const work = (name: string) => async () => {
      order.push(`${name} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      order.push(`${name} ends`)
    }
    await Promise.all([together(work('a')), together(work('b'))])
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  })

  it('runs work as its own caller, whoever else is in the transaction', async () => {
    const together = groupCommit(db)
    const caller = new AsyncLocalStorage<string>()
    const names = ['ann', 'bob', 'cleo']
    const work = async () => {
      await new Promise((resolve) => setImmediate(resolve))
      return caller.getStore()
    }
    expect(await Promise.all(names.map((name) => caller.run(name, () => together(work))))).toEqual(names)
    expect(count('begin immediate')).toBe(1)
  })

  it('tells nobody of success before the commit', async () => {
    const together = groupCommit(db)
    let isTold = false
    const first = together((tx) => add(1).execute(tx)).then(() => {
      isTold = true
    })
    const second = together(async (tx) => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(isTold).toBe(false)
      await add(2).execute(tx)
    })
    await Promise.all([first, second])
    expect(isTold).toBe(true)
  })

  it('takes work that arrives during a commit in the next one', async () => {
    const together = groupCommit(db)
    let later: Promise<unknown> | undefined
    await together(async (tx) => {
      later = together((next) => add(2).execute(next))
      await add(1).execute(tx)
    })
    expect(await ids()).toContain(1)
    await later
    expect(await ids()).toEqual([1, 2])
  })

  it('undoes what failed and keeps the rest', async () => {
    const together = groupCommit(db)
    const outcomes = await Promise.allSettled([
      together((tx) => add(1).execute(tx)),
      together(async (tx) => {
        await add(2).execute(tx)
        throw new Error('out of luck')
      }),
      together((tx) => add(1).execute(tx)),
      together((tx) => add(3).execute(tx)),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(await ids()).toEqual([1, 3])
  })

  it('rejects everybody where the commit itself fails, and works on afterwards', async () => {
    await sql`pragma foreign_keys = on`.execute(db)
    const together = groupCommit(db)
    const outcomes = await Promise.allSettled([
      together((tx) => add(1).execute(tx)),
      // A constraint that is checked at the commit.
      together((tx) => add(2, 99).execute(tx)),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(outcomes[0]).toMatchObject({ reason: { message: expect.stringMatching(/foreign key/i) } })
    expect(await ids()).toEqual([])
    await together((tx) => add(3).execute(tx))
    expect(await ids()).toEqual([3])
  })

  it('rejects everybody where the transaction cannot begin, and works on afterwards', async () => {
    const together = groupCommit(db)
    await sql`begin`.execute(db)
    await expect(together((tx) => add(1).execute(tx))).rejects.toThrow(/transaction/)
    await sql`rollback`.execute(db)
    await together((tx) => add(2).execute(tx))
    expect(await ids()).toEqual([2])
  })
})
