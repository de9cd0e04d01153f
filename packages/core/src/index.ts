import { eitherMethod } from './client/either-method.ts'
import { readEventStream } from './client/event-stream.ts'
import { kyTransport } from './client/ky-transport.ts'
import { pageShapes } from './client/page-shapes.gen.ts'
import { fitted, Misfit } from './client/shape.ts'
import type { ShapeTable } from './client/shape-of.ts'
import type { DeviceFeature, WithDevice } from './device/device-answers.ts'
import { ContractError, NetworkError } from './errors.ts'
import type { ClientOptions } from './options.ts'
import { browserPlatform, isBrowser } from './platform/browser.ts'
import { serverPlatform } from './platform/server.ts'
import { idbQueueStore } from './queue/idb-store.ts'
import { memoryQueueStore, withSpare } from './queue/store.ts'
import { allRoutes } from './script/routes.gen.ts'
import { assemble, type Tillwright } from './sdk.ts'
import type { SessionFeature, WithSession } from './session/person-session.ts'

/**
 * Connects to a Tillwright server. Works in browsers, Node, workers and edge runtimes, and sends nothing to anyone but
 * `baseUrl`. Throws `ConfigurationError` where the options could never work.
 *
 * ```ts
 * const tillwright = createClient({ baseUrl: 'https://brain.example.com', key: 'pk_…' })
 * const { items } = await tillwright.recommendations.list({ kind: 'bought-together', items: ['85123A'] })
 * ```
 */
export function createClient(
  options: ClientOptions & { readonly session: SessionFeature; readonly device: DeviceFeature },
): Tillwright & WithSession & WithDevice
export function createClient(options: ClientOptions & { readonly session: SessionFeature }): Tillwright & WithSession
export function createClient(options: ClientOptions & { readonly device: DeviceFeature }): Tillwright & WithDevice
export function createClient(options: ClientOptions): Tillwright
export function createClient(options: ClientOptions): Tillwright {
  return assemble(options, {
    routes: allRoutes,
    transport: kyTransport,
    check: checkAnswer,
    platform: () => (isBrowser() ? browserPlatform() : serverPlatform()),
    eventStore: (name) => (typeof indexedDB === 'undefined' ? memoryQueueStore() : withSpare(idbQueueStore(name))),
    readEventStream,
    either: eitherMethod,
  })
}

/** Against shapes instead of schemas: zod and the schemas of all routes would double what a page loads. */
async function checkAnswer(domain: string, name: string, answer: unknown): Promise<unknown> {
  const shape = pageShapes[domain]?.[name] ?? (await staffShapes())[domain]![name]!
  try {
    return fitted(shape, answer)
  } catch (cause) {
    if (!(cause instanceof Misfit)) throw cause
    throw new ContractError(
      `The answer to ${domain}.${name} does not fit the contract at ${cause.path.join('.') || 'its root'}: ` +
        `${cause.message}. Server and SDK may be of different versions.`,
      { cause },
    )
  }
}

/** Of routes that no page calls; a bundle of its own, which a page of staff loads with its first such call. */
async function staffShapes(): Promise<ShapeTable> {
  try {
    return (await import('./client/staff-shapes.gen.ts')).staffShapes
  } catch (cause) {
    throw new NetworkError('A part of the SDK could not be loaded', { cause })
  }
}

export type { CallOptions, Client } from './client/bind.ts'
export type { Page, PageList } from './client/page-list.ts'
export type { Call } from './client/transport.ts'
export type * from './contract/resources.ts'
export * from './errors.ts'
export type { EventTracking, NewEvent } from './events/client.ts'
export type { ClientOptions } from './options.ts'
export type { FetchFunction, Platform, Tabs, TabTalk } from './ports.ts'
export { memoryQueueStore, type Queued, type QueueStore } from './queue/store.ts'
export type { Tillwright } from './sdk.ts'
export * from './session/index.ts'
