import { fetchTransport } from '../client/fetch-transport.ts'
import type { ClientOptions } from '../options.ts'
import { browserPlatform } from '../platform/browser.ts'
import { memoryQueueStore } from '../queue/store.ts'
import { assemble, type Tillwright } from '../sdk.ts'

/**
 * `createClient` for script tags: the same client over plain fetch, in a third of the bytes. Answers are taken as they
 * come; unsent events last as long as the page.
 */
export function createClient(options: ClientOptions): Tillwright {
  return assemble(options, {
    transport: fetchTransport,
    platform: browserPlatform,
    eventStore: memoryQueueStore,
  })
}

export * from '../errors.ts'
export type { NewEvent } from '../events/client.ts'
export type { ClientOptions } from '../options.ts'
export type { Tillwright } from '../sdk.ts'
