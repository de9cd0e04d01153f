/** The outside world, as small replaceable parts. Nothing else in core may reach for a global. */

/** Milliseconds since 1970, UTC. */
export type Clock = () => number

/** A number in [0, 1). */
export type Random = () => number

export type FetchFunction = (request: Request) => Promise<Response>

/** Calls `run` once after `delayMs`; the returned function cancels it. */
export type Schedule = (run: () => void, delayMs: number) => () => void

export interface Platform {
  readonly name: 'browser' | 'server' | 'memory'
  readonly clock: Clock
  readonly random: Random
  readonly fetch: FetchFunction
  readonly schedule: Schedule
  /** `false` only when the platform knows that there is no network. */
  isOnline(): boolean
  /** Calls `run` when the network comes back. Returns the unsubscriber. */
  onOnline(run: () => void): () => void
  /** Calls `run` when the page is being hidden and may never come back. Returns the unsubscriber. */
  onHide(run: () => void): () => void
  /** Runs `work` while no other tab or worker of this origin holds `name`; skips it (`false`) when one does. */
  exclusively(name: string, work: () => Promise<void>): Promise<boolean>
}
