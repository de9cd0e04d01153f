import { kyTransport } from './client/ky-transport.ts'
import { fitted, Misfit } from './client/shape.ts'
import { shapes } from './client/shapes.gen.ts'
import { ContractError } from './errors.ts'
import type { ClientOptions } from './options.ts'
import { browserPlatform, isBrowser } from './platform/browser.ts'
import { serverPlatform } from './platform/server.ts'
import { idbQueueStore } from './queue/idb-store.ts'
import { memoryQueueStore } from './queue/store.ts'
import { assemble, type Tillwright } from './sdk.ts'

/**
 * Connects to a Tillwright server. Works in browsers, Node, workers and edge runtimes, and sends nothing to anyone but
 * `baseUrl`. Throws `ConfigurationError` where the options could never work.
 *
 * ```ts
 * const tillwright = createClient({ baseUrl: 'https://brain.example.com', key: 'pk_…' })
 * const { items } = await tillwright.recommendations.list({ kind: 'bought-together', items: ['85123A'] })
 * ```
 */
export function createClient(options: ClientOptions): Tillwright {
  return assemble(options, {
    transport: kyTransport,
    check: checkAnswer,
    platform: () => (isBrowser() ? browserPlatform() : serverPlatform()),
    eventStore: (name) => (typeof indexedDB === 'undefined' ? memoryQueueStore() : idbQueueStore(name)),
  })
}

/** Against shapes instead of schemas: zod and the schemas of all routes would double what a page loads. */
function checkAnswer(domain: string, name: string, answer: unknown): unknown {
  try {
    return fitted(shapes[domain]![name]!, answer)
  } catch (cause) {
    if (!(cause instanceof Misfit)) throw cause
    throw new ContractError(
      `The answer to ${domain}.${name} does not fit the contract at ${cause.path.join('.') || 'its root'}: ` +
        `${cause.message}. Server and SDK may be of different versions.`,
      { cause },
    )
  }
}

export type { CallOptions, Client } from './client/bind.ts'
export type { Page, PageList } from './client/page-list.ts'
export type { Call } from './client/transport.ts'
export * from './errors.ts'
export type { EventTracking, NewEvent } from './events/client.ts'
export type { ClientOptions } from './options.ts'
export type { FetchFunction, Platform } from './ports.ts'
export { memoryQueueStore, type Queued, type QueueStore } from './queue/store.ts'
export type { Tillwright } from './sdk.ts'
