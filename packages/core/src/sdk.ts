import { bindClient, type Client } from './client/bind.ts'
import type { Transport, TransportOptions } from './client/transport.ts'
import type { Event } from './contract/events.ts'
import type { TillwrightContract } from './contract/index.ts'
import { createEventTracking, type EventTracking } from './events/client.ts'
import { type ClientOptions, checkOptions } from './options.ts'
import type { Platform } from './ports.ts'
import type { QueueStore } from './queue/store.ts'
import { routes } from './script/routes.gen.ts'
import { unpackRoutes } from './script/unpack.ts'
import { visitorIds } from './visitor.ts'

const DEFAULT_RETRIES = 2

/** The client: one function a route, by domain, and what the SDK adds to them. */
export type Tillwright = Omit<Client<TillwrightContract>, 'events'> & {
  readonly events: Client<TillwrightContract>['events'] & EventTracking
  /** Stops timers and listeners. Kept events stay kept. */
  close(): void
}

/** What the npm package and the script tag do differently. */
export interface Flavour {
  readonly transport: (options: TransportOptions) => Transport
  readonly check?: (domain: string, route: string, answer: unknown) => unknown
  readonly platform: () => Platform
  readonly eventStore: (name: string) => QueueStore<Event>
}

export function assemble(options: ClientOptions, flavour: Flavour): Tillwright {
  const platform = options.platform ?? flavour.platform()
  const checked = checkOptions(options, platform.name === 'browser')
  const { clock, random } = platform
  const client = bindClient<TillwrightContract>(unpackRoutes(routes), {
    ...options,
    ...checked,
    transport: flavour.transport({ clock, random, fetch: options.fetch ?? platform.fetch, onRetry: options.onRetry }),
    retries: options.retries ?? DEFAULT_RETRIES,
    clock,
    random,
    check: flavour.check,
  })
  const ids = visitorIds(options.visitor ?? 'page', platform)
  const name = `tillwright:${checked.baseUrl}:${options.key ?? ''}`
  const tracking = createEventTracking({
    send: client.events.send,
    platform,
    name,
    store: options.eventStore ?? flavour.eventStore(name),
    defaults: () => ids,
    onProblem: options.onEventProblem,
  })
  return { ...client, events: { ...client.events, ...tracking }, close: tracking.close }
}
