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
  /** Tells the developer. */
  readonly warn: (message: string) => void
  /** `false` only when the platform knows that there is no network. */
  isOnline(): boolean
  /** Calls `run` when the network comes back. Returns the unsubscriber. */
  onOnline(run: () => void): () => void
  /** Calls `run` when the page is being hidden and may never come back. Returns the unsubscriber. */
  onHide(run: () => void): () => void
  /** Runs `work` while no other tab or worker of this origin holds `name`; skips it (`false`) when one does. */
  exclusively(name: string, work: () => Promise<void>): Promise<boolean>
  /** What a person's session needs beside this. Default: the browser's tabs, where it runs in one. */
  readonly tabs?: Tabs
}

/** The tabs of one browser, and what a tab knows of the person in front of it. */
export interface Tabs {
  /** Talks with the other tabs that joined under the same name. */
  join(name: string, hear: (message: unknown) => void): TabTalk
  /** Runs `work` when no other tab is at work under `name`, after those that came before. */
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T>
  /** Calls `run` when the person does something: a key, a pointer, a scroll. Missing where nobody can be watched. */
  readonly onActivity?: (run: () => void) => () => void
  /** Path, query and fragment of the page. `undefined` where there is no page. */
  currentPage(): string | undefined
  /** Keeps a text for this tab beyond the page, until it is closed; `null` forgets it. */
  keep(name: string, text: string | null): void
  kept(name: string): string | null
}

export interface TabTalk {
  /** Whether what is said touches no disk. */
  readonly isPrivate: boolean
  /** The other tabs hear it soon, as a copy; this one does not. */
  say(message: unknown): void
  leave(): void
}
