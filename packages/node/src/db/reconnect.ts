import { setTimeout as sleep } from 'node:timers/promises'

/** Waits before a second, third and fourth try. */
const DELAYS_MS = [1_000, 2_000, 4_000]

/** SQLSTATE classes 08 (connection) and 57P (operator intervention), and the socket's own errors. */
const LOST = /^(08|57P0[123])|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/
/** What the driver says of a connection that ends under it, or has ended; these errors have no code. */
const LOST_MESSAGE = /^Connection terminated|connection error and is not queryable$/

/** Whether the connection broke or the database is restarting, as opposed to refusing the work itself. */
export function isConnectionLoss(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (typeof code === 'string') return LOST.test(code)
  return typeof message === 'string' && LOST_MESSAGE.test(message)
}

/** Runs work that has not changed anything yet, and again after 1, 2 and 4 s while the database is out of reach. */
export async function retryOnConnectionLoss<T>(
  work: () => Promise<T>,
  wait: (delayMs: number) => Promise<unknown> = sleep,
): Promise<T> {
  for (const delayMs of DELAYS_MS) {
    try {
      return await work()
    } catch (error) {
      if (!isConnectionLoss(error)) throw error
      await wait(delayMs)
    }
  }
  return work()
}
