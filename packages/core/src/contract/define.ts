import type * as z from 'zod/mini'
import type { Permission } from './permissions.ts'
import type { ErrorCode } from './problem.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type KeyKind = 'publishable' | 'secret'

/**
 * Who may call a route. There is no default: a route without `access` does not compile.
 *
 * - `public`: anyone, with no tenant; such a route can reach no tenant's data. `signed`: except what the path names, for
 *   whoever signed the body with the secret that the tenant registered for it; to all others it answers `not_found`.
 * - `visitor`: anyone who comes to a tenant: with a key of its own, or without where the installation has one tenant only.
 * - `key`: a caller with one of the named kinds of API key, or a person with the permission. `own`: whoever is signed in may
 *   call without the permission, for what is theirs; the handler keeps them to it.
 * - `person`: somebody who is signed in. `permission`: what their role must allow. `fresh`: they must have proved who they
 *   are within the last five minutes.
 */
export type Access =
  | { readonly kind: 'public'; readonly signed?: true }
  | { readonly kind: 'visitor' }
  | { readonly kind: 'key'; readonly allow: readonly KeyKind[]; readonly permission?: Permission; readonly own?: true }
  | PersonAccess

export interface PersonAccess {
  readonly kind: 'person'
  readonly permission?: Permission
  readonly fresh?: boolean
}

export const anyone = { kind: 'public' } as const satisfies Access
export const whoeverSigned = { kind: 'public', signed: true } as const satisfies Access
export const visitor = { kind: 'visitor' } as const satisfies Access
export const anyKey = { kind: 'key', allow: ['publishable', 'secret'] } as const satisfies Access

export const secretKey = { kind: 'key', allow: ['secret'] } as const satisfies Access

/** A secret key, or a person whose role allows it. */
export function secretKeyOr<const P extends Permission>(permission: P) {
  return { kind: 'key', allow: ['secret'], permission } as const satisfies Access
}

/** Whoever is signed in, for what is their own; for everything, a secret key or a person whose role allows it. */
export function ownOr<const P extends Permission>(permission: P) {
  return { kind: 'key', allow: ['secret'], permission, own: true } as const satisfies Access
}

export function person<const N extends Omit<PersonAccess, 'kind'> = Record<never, never>>(needs?: N) {
  return { kind: 'person', ...needs } as { readonly kind: 'person' } & N
}

/**
 * How often a route may be called: a named rule of the server's. Default: 100 a minute for each key or person and address.
 *
 * - `sign-in`: 5 a minute for each tenant and address, all such routes together.
 * - `refresh`: 60 a minute for each tenant and address.
 * - `webhook`: what other systems send, many tenants' from few addresses; 1,200 a minute for each address.
 * - `page`: what pages ask for as they are looked at; 600 a minute for each key or person and address.
 *
 * Secret keys call for many people from one place: 6,000 a minute for each key, whatever the route says.
 */
export type LimitName = 'sign-in' | 'refresh' | 'page' | 'webhook'

/** What a client may do when the server cannot be reached. */
export type Offline =
  /** Refuse with `OfflineError`. */
  | 'refuse'
  /** Keep the call in the durable outbox and send it once, later. */
  | 'queue'
  /** Answer from the model file on the device. */
  | 'device'

/**
 * A request or response body that is a file, one file a request: the bytes are the body, the media type is
 * `Content-Type`. It streams in both directions and is never held in memory whole.
 */
export interface FileBody {
  readonly kind: 'file'
  /** Accepted media types, without parameters. */
  readonly types: readonly string[]
  /** Largest accepted body in bytes. */
  readonly maxBytes: number
  /** The handler gets the bytes as they came, and nothing is kept: for bodies whose signature is looked at first. */
  readonly raw?: true
}

/** A file body as a handler meets it: whole, and kept under a key of the server's file store. */
export interface Upload {
  readonly key: string
  readonly type: string
  readonly bytes: number
  /** Of the content, in hex. */
  readonly sha256: string
}

/** A response that is a stream of server-sent events, each one parsed by `event`. */
export interface EventStream<E extends z.ZodMiniType = z.ZodMiniType> {
  readonly kind: 'stream'
  readonly event: E
}

/** The name that is sent for media a route takes or gives in place of JSON. */
export function file(types: readonly string[], maxBytes: number): FileBody {
  return { kind: 'file', types, maxBytes }
}

/** A body that is read whole and handed on byte for byte. */
export function rawBody(types: readonly string[], maxBytes: number): FileBody & { readonly raw: true } {
  return { kind: 'file', types, maxBytes, raw: true }
}

export function stream<E extends z.ZodMiniType>(event: E): EventStream<E> {
  return { kind: 'stream', event }
}

export interface Deprecation {
  /** When the route became deprecated (RFC 9745), ISO 8601. */
  readonly since: string
  /** When it stops answering (RFC 8594), ISO 8601. */
  readonly sunset?: string
  /** A page that says what to use instead. */
  readonly link?: string
}

type Shape = z.ZodMiniObject
type BodySpec = z.ZodMiniType | FileBody
type OutputSpec = z.ZodMiniType | FileBody | EventStream | null

/**
 * One operation of the API, stated once. Client, server binding, OpenAPI, mocks and the authorisation matrix are
 * derived from it. Schemas speak JSON: no dates, no transforms.
 */
export interface Route {
  readonly method: Method
  /** Path with `{snake_case}` parameters; each is a key of `params` in camelCase. */
  readonly path: string
  readonly access: Access
  readonly params?: Shape
  /** Query parameters: scalars, or arrays of scalars (`?items=a&items=b`). */
  readonly query?: Shape
  readonly body?: BodySpec
  /** What a good answer carries; `null` is 204 with no body. */
  readonly output: OutputSpec
  /** Status of a good answer. Default: 200, or 204 where `output` is `null`. */
  readonly status?: number
  /** Whether the answer may also be 204 with no body: for callers that could not read JSON. */
  readonly orEmpty?: true
  /**
   * What the answer is in pieces, for callers that ask with `Accept: text/event-stream`; `output` is the same answer whole. Such a
   * route keeps no answer for an Idempotency-Key: its messages carry ids of their own.
   */
  readonly orStream?: EventStream
  /** Codes a caller should expect beyond those that every route can give. */
  readonly errors?: readonly ErrorCode[]
  readonly offline?: Offline
  /** A list: the output is a page, and the client's method is also an async iterable over all items. */
  readonly paged?: true
  readonly limit?: LimitName
  /** Whether the answer holds secrets that must not be kept for a repeated Idempotency-Key. */
  readonly holdsSecrets?: true
  /** Largest JSON body in bytes. Default 1 MiB. */
  readonly maxBodyBytes?: number
  /** Longest time for an answer, in ms. Default 30,000. */
  readonly timeoutMs?: number
  /** `Cache-Control` of a good answer. Default `no-store`. */
  readonly cacheControl?: string
  readonly deprecated?: Deprecation
  /** Called by widgets, which have a small client of their own: that of the script tag leaves it out. */
  readonly forWidgets?: true
}

/** Checks a route's types without widening them. */
export function route<const R extends Route>(spec: R): R {
  return spec
}

export type Domain = Readonly<Record<string, Route>>
export type Contract = Readonly<Record<string, Domain>>

// ---- What callers and handlers see -------------------------------------------------------------------------------

type InputOf<S> = S extends z.ZodMiniType ? z.input<S> : unknown
type ParsedOf<S> = S extends z.ZodMiniType ? z.output<S> : unknown

type FileInput = { body: Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array> | string; type: string }
type BodyInput<B> = B extends FileBody ? FileInput : InputOf<B>
type BodyParsed<B> = B extends { readonly raw: true }
  ? { bytes: Uint8Array; type: string }
  : B extends FileBody
    ? { upload: Upload }
    : ParsedOf<B>

type EmptyOf<R extends Route> = R extends { readonly orEmpty: true } ? undefined : never
type StreamResult<S> = S extends EventStream<infer E> ? AsyncIterable<{ id?: string; data: z.input<E> }> : never
type StreamOf<R extends Route> = R extends { readonly orStream: infer S } ? StreamResult<S> : never
type Simplify<T> = { [K in keyof T]: T[K] } & {}

/** What a caller passes: parameters, query and body in one flat object. */
export type RouteInput<R extends Route> = Simplify<InputOf<R['params']> & InputOf<R['query']> & BodyInput<R['body']>>

/** What a handler receives: the same object, parsed. */
export type RouteParsed<R extends Route> = Simplify<
  ParsedOf<R['params']> & ParsedOf<R['query']> & BodyParsed<R['body']>
>

/** What a handler returns. */
export type RouteResult<R extends Route> =
  R['output'] extends EventStream<infer E>
    ? AsyncIterable<{ id?: string; data: z.input<E> }>
    : R['output'] extends FileBody
      ? { body: Uint8Array | ReadableStream<Uint8Array>; type: string; etag?: string; filename?: string }
      : R['output'] extends z.ZodMiniType
        ? z.input<R['output']> | EmptyOf<R> | StreamOf<R>
        : undefined

/** What a caller gets who asks for the pieces of an answer. */
export type RouteEvents<R extends Route> = R extends { readonly orStream: EventStream<infer E> }
  ? AsyncIterable<{ id: string | null; data: z.output<E> }>
  : never

/** What a caller gets. */
export type RouteOutput<R extends Route> =
  R['output'] extends EventStream<infer E>
    ? AsyncIterable<{ id: string | null; data: z.output<E> }>
    : R['output'] extends FileBody
      ? Response
      : R['output'] extends z.ZodMiniType
        ? z.output<R['output']> | EmptyOf<R>
        : undefined

// ---- Paths -------------------------------------------------------------------------------------------------------

/** Version of every path below `/api`, `/auth` and `/admin`. Unversioned means v1, and v1 only grows. */
export const API_VERSION = 'v1'

/** `/api/orders` → `/api/v1/orders`; paths outside the three versioned roots have no version and come back as they are. */
export function versionedPath(path: string): string {
  return path.replace(/^\/(api|auth|admin)(?=\/)/, `/$1/${API_VERSION}`)
}

/** `order_id` → `orderId`. */
export function paramKey(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** Keys of a path's parameters, in order: `/api/orders/{order_id}` → `['orderId']`. */
export function pathParams(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => paramKey(match[1]!))
}

/** Events of a route: of one that streams, or of one that does when it is asked to. */
export function eventsOf({ output, orStream }: Route): EventStream | undefined {
  return isStream(output) ? output : orStream
}

export function isFile(spec: unknown): spec is FileBody {
  return (spec as FileBody | undefined)?.kind === 'file'
}

export function isStream(spec: unknown): spec is EventStream {
  return (spec as EventStream | undefined)?.kind === 'stream'
}
