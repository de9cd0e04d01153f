import {
  API_VERSION,
  type Contract,
  type Route,
  type RouteParsed,
  type RouteResult,
  versionedPath,
} from '../contract/define.ts'
import { mockRefusal } from './mock-access.ts'
import { exampleResult, mockResponse } from './mock-answer.ts'
import { readMockInput } from './mock-input.ts'

type RouteName<C extends Contract> = { [D in keyof C & string]: `${D}.${keyof C[D] & string}` }[keyof C & string]
type RouteNamed<C extends Contract, K> = K extends `${infer D}.${infer N}` ? C[D][N] : never

/** A stream is mocked by the list of its events. */
type MockResult<R extends Route> = R['output'] extends { kind: 'stream' }
  ? RouteResult<R> | readonly { readonly id?: string; readonly data: unknown }[]
  : RouteResult<R>
type MockFunction<R extends Route> = (
  input: RouteParsed<R>,
  request: Request,
) => MockResult<R> | Response | Promise<MockResult<R> | Response>

export type MockOverrides<C extends Contract> = {
  readonly [K in RouteName<C>]?: MockResult<RouteNamed<C, K>> | MockFunction<RouteNamed<C, K>>
}

/** As much of msw's `http` as handlers are made with. */
export type MswHttp<H> = {
  readonly [M in 'get' | 'post' | 'put' | 'patch' | 'delete']: (
    path: RegExp,
    resolve: (info: { request: Request }) => Promise<Response>,
  ) => H
}

export interface MockOptions<C extends Contract, H> {
  /** msw's own `http`; handed in, so that only those who use msw need it installed. */
  readonly http: MswHttp<H>
  /** Where the mocked server is. Default: anywhere. */
  readonly baseUrl?: string
  /** Answers in place of the examples, by `domain.route`: a result, or a function of the checked input. */
  readonly overrides?: MockOverrides<C>
}

/**
 * Request handlers for msw, one a route, at its plain and its versioned path. Each refuses what the server would refuse of
 * key and input, and answers with an example that fits the contract, or with your own answer, which has to fit, too.
 *
 * ```ts
 * import { http } from 'msw'
 * import { setupServer } from 'msw/node'
 * const server = setupServer(
 *   ...mockHandlers(contract, { http, overrides: { 'products.get': () => problemResponse('not_found') } }),
 * )
 * ```
 */
export function mockHandlers<C extends Contract, H>(contract: C, options: MockOptions<C, H>): H[] {
  const overrides = (options.overrides ?? {}) as Readonly<Record<string, unknown>>
  return namedRoutes(contract).map(([name, route]) => {
    const method = route.method.toLowerCase() as keyof MswHttp<H>
    const address = addressPattern(route, options.baseUrl)
    const override = Object.hasOwn(overrides, name)
      ? overrides[name]
      : (_: unknown, request: Request) => exampleResult(route, request)
    return options.http[method](address, ({ request }) => answer(route, override, request, address))
  })
}

async function answer(route: Route, override: unknown, request: Request, address: RegExp): Promise<Response> {
  const refusal = mockRefusal(route.access, request)
  if (refusal) return refusal
  const [, ...segments] = address.exec(request.url.split(/[?#]/, 1)[0]!) ?? []
  const read = await readMockInput(route, request, segments)
  if ('refusal' in read) return read.refusal
  const result = typeof override === 'function' ? await override(read.input, request) : override
  return result instanceof Response ? result : mockResponse(route, result)
}

/** Fixed paths before those with parameters, which would take them for a value. */
function namedRoutes(contract: Contract): [string, Route][] {
  const routes = Object.entries(contract).flatMap(([domain, group]) =>
    Object.entries(group).map(([name, route]): [string, Route] => [`${domain}.${name}`, route]),
  )
  return routes.sort(([, a], [, b]) => Number(a.path.includes('{')) - Number(b.path.includes('{')))
}

/** Matches the plain and the versioned address of a route, without the query, and captures the path's parameters. */
function addressPattern({ path }: Route, baseUrl: string | undefined): RegExp {
  const base = baseUrl === undefined ? '[a-z]+://[^/]+(?:/.*)?' : literally(baseUrl.replace(/\/+$/, ''))
  const versioned = versionedPath(path)
  const pattern = versioned
    .split(/\{\w+\}/)
    .map(literally)
    .join('([^/]+)')
  const either = versioned === path ? pattern : pattern.replace(`/${API_VERSION}`, `(?:/${API_VERSION})?`)
  return new RegExp(`^${base}${either}$`)
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
