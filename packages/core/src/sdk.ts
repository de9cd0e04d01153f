import { bindClient, type Client } from './client/bind.ts'
import type { eitherMethod } from './client/either-method.ts'
import type { readEventStream } from './client/event-stream.ts'
import type { Transport, TransportOptions } from './client/transport.ts'
import type { Contract } from './contract/define.ts'
import type { Event } from './contract/events.ts'
import type { ContractForPages } from './contract/for-pages.ts'
import type { TillwrightContract } from './contract/index.ts'
import { createEventTracking, type EventTracking } from './events/client.ts'
import { type ClientOptions, checkOptions } from './options.ts'
import type { Platform } from './ports.ts'
import type { QueueStore } from './queue/store.ts'
import { type PackedRoutes, unpackRoutes } from './script/unpack.ts'
import { visitorIds } from './visitor.ts'

const DEFAULT_RETRIES = 2

/** One function a route, by domain, and what the SDK adds to them. */
type ClientOf<C extends Contract & { events: unknown }> = Omit<Client<C>, 'events'> & {
  readonly events: Client<C>['events'] & EventTracking
  /** The random ids that events carry: pass them with questions, so that answers go by what this visitor did. */
  readonly visitor: Pick<Event, 'sessionId' | 'visitorId'>
  /** Stops timers and listeners, and sends and keeps no more events. What was kept stays kept. */
  close(): void
}

/** Every route. */
export type Tillwright = ClientOf<TillwrightContract>
/** What pages may call, whoever visits them. */
export type PageClient = ClientOf<ContractForPages<TillwrightContract>>

/** What the npm package and the script tag do differently. */
export interface Flavour {
  readonly routes: PackedRoutes
  readonly transport: (options: TransportOptions) => Transport
  readonly check?: (domain: string, route: string, answer: unknown) => unknown
  readonly platform: () => Platform
  readonly eventStore: (name: string) => QueueStore<Event>
  /** Reads event streams; not needed where no route is one. */
  readonly readEventStream?: typeof readEventStream
  /** Methods of routes that can answer in pieces; not needed where there is none. */
  readonly either?: typeof eitherMethod
}

/** What calls go out by. */
export interface Line {
  readonly key?: string
  readonly platform: Platform
  readonly transport: Transport
  /** Tells clients of other servers and keys apart, where they share a browser. */
  readonly place: string
  /** A client over a transport. */
  bind(transport: Transport): Client<TillwrightContract>
}

/** A client whose calls carry something, and what there is beside its calls. */
export interface Connected {
  readonly client: Client<TillwrightContract>
  readonly extra: object
  close(): void
}

export function assemble(options: ClientOptions, flavour: Flavour): Tillwright {
  const platform = options?.platform ?? flavour.platform()
  const checked = checkOptions(options, platform.name === 'browser')
  const routes = unpackRoutes(flavour.routes)
  const place = `${checked.baseUrl}:${options.key ?? ''}`
  const transport = flavour.transport({ ...platform, ...options, fetch: options.fetch ?? platform.fetch })
  const bind = (carried: Transport) =>
    bindClient<TillwrightContract>(routes, {
      ...platform,
      ...options,
      ...checked,
      ...flavour,
      transport: carried,
      retries: options.retries ?? DEFAULT_RETRIES,
    })
  const connected = options.session?.({ ...options, platform, place, transport, bind })
  const reached = connected?.client ?? bind(transport)
  const device = options.device?.({ client: reached, platform, place, visitor: options.visitor ?? 'page' })
  const client = device?.client ?? reached
  // One process of a server serves everybody.
  const ids = platform.name === 'server' ? {} : visitorIds(options.visitor ?? 'page', platform)
  const name = `tillwright:${place}`
  const tracking = createEventTracking({
    send: client.events.send,
    platform,
    name,
    store: options.eventStore ?? flavour.eventStore(name),
    defaults: () => ids,
    note: device?.note,
    onProblem: options.onEventProblem,
  })
  return {
    ...client,
    ...connected?.extra,
    ...device?.extra,
    visitor: ids,
    events: { ...client.events, ...tracking },
    close() {
      tracking.close()
      connected?.close()
      device?.close()
    },
  }
}
