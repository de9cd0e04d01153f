import { expect } from 'vitest'

/** Longest wait for something that a browser does in its own time, in ms. */
const PATIENCE_MS = 15_000

/** Expects of what `read` gives that it comes true, now or soon: `await eventually(() => calls.length).toBe(2)`. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: PATIENCE_MS })
}
