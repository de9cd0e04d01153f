import { contract, type Route, versionedPath } from '@tillwright/core/contract'
import { exampleOf } from '@tillwright/core/testing'
import type { Brain } from './brain.ts'
import { json } from './brain.ts'
import type { Received } from './http.ts'

/** `recommendationRules.list`, and how its requests look. */
const ROUTES = Object.entries(contract)
  .flatMap(([domain, routes]) =>
    Object.entries(routes as Readonly<Record<string, Route>>).map(([name, route]) => ({
      name: `${domain}.${name}`,
      route,
      path: new RegExp(`^${versionedPath(route.path).replace(/\{\w+\}/g, '[^/]+')}$`),
      // `/products/import` is itself before it is `/products/{product_id}`.
      weight: (route.path.match(/\{/g) ?? []).length,
    })),
  )
  .sort((a, b) => a.weight - b.weight)

/** What a test answers in place of the contract's example, by route. A status of its own with `{ status, body }`. */
export type Answers = Readonly<Record<string, (request: Received) => object | null>>

/** Answers every route by the contract's own example, except those in `answers`. */
export function contractAnswer(answers: Answers): Brain['answer'] {
  return (request) => {
    const found = ROUTES.find(({ route, path }) => route.method === request.method && path.test(request.url.pathname))
    if (!found) return json({ code: 'not_found', title: 'Not found' }, 404)
    const { name, route } = found
    const answer = answers[name]?.(request)
    if (answer && 'refused' in answer) return json(answer, Number(answer.refused))
    if (answer) return json(answer, route.status ?? 200)
    return route.output === null ? { status: 204 } : json(exampleOf(route.output as Parameters<typeof exampleOf>[0]))
  }
}
