import { AsyncLocalStorage } from 'node:async_hooks'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

type Work<T> = (tx: Transaction<Schema>) => Promise<T>

/** Runs work in a transaction; resolves when it is on disk. */
export type RunTransaction = <T>(work: Work<T>) => Promise<T>

interface Waiting {
  readonly work: Work<unknown>
  readonly resolve: (value: never) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Commits together what arrives together: waiting for the disk once serves everybody who waits. Each piece of work has a
 * savepoint, so that one that fails takes nothing of the others with it. For a database with one writer.
 */
export function groupCommit(system: Kysely<Schema>): RunTransaction {
  let waiting: Waiting[] = []
  let isRunning = false

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      await commitTogether(system, group)
    }
    isRunning = false
  }

  return (work) =>
    new Promise((resolve, reject) => {
      // Work knows whose it is, though others' runs before it in the same transaction.
      waiting.push({ work: AsyncLocalStorage.bind(work), resolve, reject })
      if (isRunning) return
      isRunning = true
      setImmediate(() => void run())
    })
}

async function commitTogether(system: Kysely<Schema>, group: readonly Waiting[]): Promise<void> {
  const settle: (() => void)[] = []
  try {
    await system.transaction().execute(async (tx) => {
      for (const { work, resolve, reject } of group) {
        await sql`savepoint one`.execute(tx)
        try {
          const value = await work(tx)
          settle.push(() => resolve(value as never))
        } catch (error) {
          await sql`rollback to one`.execute(tx)
          settle.push(() => reject(error))
        }
        await sql`release one`.execute(tx)
      }
    })
  } catch (error) {
    // The commit itself failed: nothing of the group is on disk.
    for (const { reject } of group) reject(error)
    return
  }
  for (const tell of settle) tell()
}
