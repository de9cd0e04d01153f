import { AsyncLocalStorage } from 'node:async_hooks'
import { CompiledQuery, type Kysely, type Transaction } from 'kysely'
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

const SAVEPOINT = CompiledQuery.raw('savepoint one')
const ROLLBACK = CompiledQuery.raw('rollback to one')
const RELEASE = CompiledQuery.raw('release one')

async function commitTogether(system: Kysely<Schema>, group: readonly Waiting[]): Promise<void> {
  const settle: (() => void)[] = []
  try {
    await system.transaction().execute(async (tx) => {
      const [only, ...others] = group
      if (only && others.length === 0) {
        // What fails alone takes nobody with it: the transaction itself is undone.
        const value = await only.work(tx)
        settle.push(() => only.resolve(value as never))
        return
      }
      for (const { work, resolve, reject } of group) {
        await tx.executeQuery(SAVEPOINT)
        try {
          const value = await work(tx)
          settle.push(() => resolve(value as never))
        } catch (error) {
          await tx.executeQuery(ROLLBACK)
          settle.push(() => reject(error))
        }
        await tx.executeQuery(RELEASE)
      }
    })
  } catch (error) {
    // The commit itself failed: nothing of the group is on disk.
    for (const { reject } of group) reject(error)
    return
  }
  for (const tell of settle) tell()
}
