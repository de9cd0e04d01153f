import { eitherMethod } from '../client/either-method.ts'
import { readEventStream } from '../client/event-stream.ts'
import { fetchTransport } from '../client/fetch-transport.ts'
import type { ClientOptions } from '../options.ts'
import { browserPlatform } from '../platform/browser.ts'
import { memoryQueueStore } from '../queue/store.ts'
import { assemble, type PageClient, type Tillwright } from '../sdk.ts'
import type { SessionFeature, WithSession } from '../session/person-session.ts'
import { pageRoutes } from './page-routes.gen.ts'
import { allRoutes } from './routes.gen.ts'

/**
 * `createClient` for script tags: the same client over plain fetch, in a quarter of the bytes, with the routes that pages
 * may call. Answers are taken as they come; unsent events last as long as the page.
 */
export function createClient(options: ClientOptions & { readonly session: SessionFeature }): PageClient & WithSession
export function createClient(options: ClientOptions): PageClient
export function createClient(options: ClientOptions): PageClient {
  return assemble(options, { ...SMALL, routes: pageRoutes })
}

/** The same with every route: for pages of the people who run the shop. */
export function createStaffClient(
  options: ClientOptions & { readonly session: SessionFeature },
): Tillwright & WithSession
export function createStaffClient(options: ClientOptions): Tillwright
export function createStaffClient(options: ClientOptions): Tillwright {
  return assemble(options, { ...SMALL, routes: allRoutes, readEventStream, either: eitherMethod })
}

const SMALL = { transport: fetchTransport, platform: browserPlatform, eventStore: memoryQueueStore }

export { readEventStream } from '../client/event-stream.ts'
export type * from '../contract/resources.ts'
export * from '../errors.ts'
export type { NewEvent } from '../events/client.ts'
export type { ClientOptions } from '../options.ts'
export { browserTabs } from '../platform/browser-tabs.ts'
export type { Tabs } from '../ports.ts'
export type { PageClient, Tillwright } from '../sdk.ts'
export * from '../session/index.ts'
export { renewal } from '../session/renewal.ts'
export { type SessionNews, sessionTalkName } from '../session/session-talk.ts'
export { visitorIds } from '../visitor.ts'
