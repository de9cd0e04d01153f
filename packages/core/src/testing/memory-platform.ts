import type { FetchFunction, Platform, Tabs, TabTalk } from '../ports.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { seededRandom } from './seeded-random.ts'

/** What the next request gets: an answer, a failure to connect, or whatever the function makes of the request. */
export type ScriptedAnswer = Response | Error | FetchFunction

export interface MemoryPlatformOptions {
  /** What the platform passes itself off as. Default `memory`. */
  readonly name?: Platform['name']
  /** The time at the start, ms since 1970. Default 2026-01-01T00:00:00Z. */
  readonly now?: number
  /** Of the random numbers. Default 1. */
  readonly seed?: number
  /** Answers what the script does not. Default: such a request fails, and the error says which. */
  readonly fetch?: FetchFunction
}

export interface MemoryPlatform extends Platform {
  readonly tabs: Tabs
  /** Every request that was sent, oldest first, those of tabs included. */
  readonly requests: readonly Request[]
  /** What the developer was told, in all tabs. */
  readonly warnings: readonly string[]
  /** Answers the next requests, in order. Used up before `options.fetch` is asked. */
  answer(...answers: ScriptedAnswer[]): void
  /** Lets `ms` pass and runs what was scheduled for it, in order of time. Resolves when what that set off has settled. */
  advance(ms: number): Promise<void>
  /** Cuts the network, or brings it back: requests fail until then. */
  setOnline(online: boolean): void
  /** The page goes into the background, and may never come back. */
  hide(): void
  /** The person does something on the page. */
  act(): void
  /** Shows another page of the same site in this tab: path, query and fragment. At the start it is `/`. */
  goTo(page: string): void
  /** Another tab of the same browser: clock, network and locks are shared, hiding, page and the person's doings its own. */
  openTab(): MemoryPlatform
}

const DEFAULT_NOW = Date.UTC(2026, 0, 1)

/**
 * An outside world for tests: time passes when told to, chance is seeded, the network follows a script. The same calls give
 * the same results. It does not reach into a transport's waits between tries: pass `retries: 0`, or a `Retry-After: 0`.
 */
export function memoryPlatform(options: MemoryPlatformOptions = {}): MemoryPlatform {
  return openTab({
    name: options.name ?? 'memory',
    clock: fakeClock(options.now ?? DEFAULT_NOW),
    random: seededRandom(options.seed ?? 1),
    fallback: options.fetch ?? unexpected,
    script: [],
    requests: [],
    warnings: [],
    locks: new Set(),
    turns: new Map(),
    talks: new Map(),
    onlineListeners: new Set(),
    isOnline: true,
  })
}

/** What the tabs of one browser share. */
interface World {
  readonly name: Platform['name']
  readonly clock: FakeClock
  readonly random: () => number
  readonly fallback: FetchFunction
  readonly script: ScriptedAnswer[]
  readonly requests: Request[]
  readonly warnings: string[]
  readonly locks: Set<string>
  /** The last of those who wait for their turn, by name. */
  readonly turns: Map<string, Promise<unknown>>
  readonly talks: Map<string, Set<(message: unknown) => void>>
  readonly onlineListeners: Set<() => void>
  isOnline: boolean
}

function openTab(world: World): MemoryPlatform {
  const hideListeners = new Set<() => void>()
  const activityListeners = new Set<() => void>()
  const kept = new Map<string, string>()
  let page = '/'
  return {
    tabs: {
      join: (name, hear) => join(world.talks, name, hear),
      inTurn: (name, work) => inTurn(world.turns, name, work),
      onActivity: (run) => listen(activityListeners, run),
      currentPage: () => page,
      keep(name, text) {
        if (text === null) kept.delete(name)
        else kept.set(name, text)
      },
      kept: (name) => kept.get(name) ?? null,
    },
    act() {
      for (const run of activityListeners) run()
    },
    goTo(next) {
      page = next
    },
    name: world.name,
    clock: world.clock.now,
    random: world.random,
    fetch: (request) => fetchIn(world, request),
    schedule: world.clock.schedule,
    isOnline: () => world.isOnline,
    onOnline: (run) => listen(world.onlineListeners, run),
    onHide: (run) => listen(hideListeners, run),
    exclusively: (name, work) => exclusively(world.locks, name, work),
    requests: world.requests,
    warnings: world.warnings,
    warn: (message) => world.warnings.push(message),
    answer: (...answers) => world.script.push(...answers),
    advance: world.clock.advance,
    setOnline(online) {
      const cameBack = online && !world.isOnline
      world.isOnline = online
      if (cameBack) for (const run of world.onlineListeners) run()
    },
    hide() {
      for (const run of hideListeners) run()
    },
    openTab: () => openTab(world),
  }
}

async function fetchIn(world: World, request: Request): Promise<Response> {
  world.requests.push(request.clone())
  request.signal.throwIfAborted()
  if (!world.isOnline) throw new TypeError('fetch failed: the memory platform is offline')
  const next = world.script.shift() ?? world.fallback
  if (next instanceof Error) throw next
  if (next instanceof Response) return next
  return Promise.race([next(request), abortOf(request)])
}

/** As a real fetch: it rejects when its signal is aborted, whether or not somebody is still working on the answer. */
function abortOf({ signal }: Request): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

async function unexpected({ method, url }: Request): Promise<Response> {
  throw new Error(`No answer is scripted for ${method} ${url}`)
}

async function exclusively(locks: Set<string>, name: string, work: () => Promise<void>): Promise<boolean> {
  if (locks.has(name)) return false
  locks.add(name)
  try {
    await work()
  } finally {
    locks.delete(name)
  }
  return true
}

function listen(listeners: Set<() => void>, run: () => void): () => void {
  listeners.add(run)
  return () => listeners.delete(run)
}

/** What is said arrives soon, not at once, and as a copy. */
function join(talks: World['talks'], name: string, hear: (message: unknown) => void): TabTalk {
  const hearers = talks.get(name) ?? new Set()
  talks.set(name, hearers)
  hearers.add(hear)
  return {
    isPrivate: true,
    say(message) {
      const copy = structuredClone(message)
      for (const other of hearers) {
        if (other !== hear) queueMicrotask(() => hearers.has(other) && other(copy))
      }
    },
    leave: () => hearers.delete(hear),
  }
}

async function inTurn<T>(turns: World['turns'], name: string, work: () => Promise<T>): Promise<T> {
  const done = (turns.get(name) ?? Promise.resolve()).then(work)
  turns.set(
    name,
    done.catch(() => {}),
  )
  return done
}
