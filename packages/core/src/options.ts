import type { Call } from './client/transport.ts'
import type { Event } from './contract/events.ts'
import type { DeviceFeature } from './device/device-answers.ts'
import { ConfigurationError } from './errors.ts'
import type { FetchFunction, Platform } from './ports.ts'
import type { QueueStore } from './queue/store.ts'
import type { SessionFeature } from './session/person-session.ts'

export interface ClientOptions {
  /** Where the Tillwright server is: `https://brain.example.com`. A path before the API's own is kept. */
  readonly baseUrl: string
  /**
   * An API key of the tenant. Publishable (`pk_…`) in browsers and apps; secret (`sk_…`) on servers only: in a browser a
   * secret key throws, since everyone could read it there. Without a key, calls rely on the session cookie of a page that
   * the server itself serves.
   */
  readonly key?: string
  /** Longest time for one try, in ms. Default: each route's own, 30,000 for most. */
  readonly timeoutMs?: number
  /**
   * How many tries may follow a failed one. Default 2. Waits grow with full jitter; `Retry-After` is honoured, and where
   * it is more than a minute the call fails at once and the error's `retryAfterMs` says when to come back.
   */
  readonly retries?: number
  /** What carries requests. Default: the platform's fetch. Pass a server's own `fetch` to call it without a network. */
  readonly fetch?: FetchFunction
  /**
   * How long this visitor is told apart from others in events. `page`: not beyond this page view; nothing is stored.
   * `session`: until the tab closes. `device`: until the browser's storage is cleared; ask for consent first.
   * Default `page`.
   */
  readonly visitor?: 'page' | 'session' | 'device'
  /** Lets people sign in: `personSession()`. Default: calls speak for the key alone. */
  readonly session?: SessionFeature
  /** Lets recommendations be answered in the browser while the server is away: `deviceAnswers()` of `@tillwright/core/device`. */
  readonly device?: DeviceFeature
  /** Called with each request before it is sent. */
  readonly onRequest?: (call: Call) => void
  /** Called with each good answer. */
  readonly onResponse?: (call: Call, response: Response) => void
  /** Called before each further try. */
  readonly onRetry?: (retry: { call: Call; attempt: number; error: unknown }) => void
  /** Called when events could not be sent yet, or had to be dropped. Default: a warning when the first are dropped. */
  readonly onEventProblem?: (problem: { error?: unknown; dropped: number }) => void
  /** Where unsent events are kept. Default: IndexedDB where there is one, else memory. */
  readonly eventStore?: QueueStore<Event>
  /** The outside world. Tests pass `@tillwright/core/testing`'s. */
  readonly platform?: Platform
}

export interface CheckedOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string
  /** Headers and query parameters that every call carries. */
  readonly headers: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
}

/**
 * Throws `ConfigurationError` for options that could never work. A publishable key travels in the query, so that a
 * browser needs no preflight to read; a secret key in the `Authorization` header, which no log writes down.
 */
export function checkOptions(options: ClientOptions, isBrowser: boolean): CheckedOptions {
  const { baseUrl, key } = options ?? {}
  if (!/^https?:\/\//i.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new ConfigurationError(`baseUrl must be like https://brain.example.com, got ${baseUrl}`)
  }
  if (key !== undefined && !/^[ps]k_[\w-]+$/.test(key)) {
    throw new ConfigurationError('key must be a pk_… or an sk_… key')
  }
  const isSecret = key?.startsWith('sk_')
  if (isSecret && isBrowser) {
    throw new ConfigurationError('A secret key in a browser is no secret: use pk_…')
  }
  const { origin, pathname } = new URL(baseUrl)
  return {
    baseUrl: origin + pathname.replace(/\/+$/, ''),
    headers: isSecret ? { authorization: `Bearer ${key}` } : {},
    query: key && !isSecret ? { key } : {},
  }
}
