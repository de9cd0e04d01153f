/** Waits between tries of a statement that another process keeps out, in ms; some 5 s together. */
const DELAYS_MS = [10, 20, 40, 80, ...Array<number>(48).fill(100)]

/** SQLITE_BUSY, in the low byte of its extended forms, too. */
const SQLITE_BUSY = 5

/** Whether another process holds SQLite's write lock, as opposed to the statement being wrong. */
export function isBusy(error: unknown): boolean {
  const { errcode } = (error ?? {}) as { errcode?: unknown }
  return typeof errcode === 'number' && (errcode & 0xff) === SQLITE_BUSY
}

/** Runs work that changes nothing where it fails, and again while the database is busy, for some 5 s. */
export async function retryWhileBusy<T>(
  work: () => Promise<T>,
  wait: (delayMs: number) => Promise<void> = sleep,
): Promise<T> {
  for (const delayMs of DELAYS_MS) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error)) throw error
      await wait(delayMs)
    }
  }
  return work()
}

export function sleep(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs))
}
