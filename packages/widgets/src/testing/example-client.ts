import { contract, type Route } from '@tillwright/core/contract'
import type { Tillwright } from '@tillwright/core/script'
import { exampleOf } from '@tillwright/core/testing'

type Schema = Parameters<typeof exampleOf>[0]

export interface ExampleClient {
  readonly client: Tillwright
  /** What was asked of it: `recommendationRules.list` and its input. */
  readonly calls: { readonly route: string; readonly input: Readonly<Record<string, unknown>> }[]
  /** Inputs of one route, in order. */
  of(route: string): Readonly<Record<string, unknown>>[]
  /** What it answers from now on in place of the contract's example; what is thrown is thrown. */
  readonly answers: Record<string, (input: never) => unknown>
}

/** A client that answers by the contract's own examples, and takes only what the contract takes. */
export function exampleClient(answers: ExampleClient['answers'] = {}): ExampleClient {
  const calls: ExampleClient['calls'] = []
  const method =
    (name: string, route: Route) =>
    async (input: Readonly<Record<string, unknown>> = {}) => {
      calls.push({ route: name, input })
      checkInput(name, route, input)
      const answer = answers[name]
      if (answer) return answer(input as never)
      return route.output === null ? undefined : exampleOf(route.output as Schema)
    }
  const client = Object.fromEntries(
    Object.entries(contract).map(([domain, routes]) => [
      domain,
      Object.fromEntries(
        Object.entries(routes as Readonly<Record<string, Route>>).map(([name, route]) => [
          name,
          method(`${domain}.${name}`, route),
        ]),
      ),
    ]),
  )
  return {
    client: client as unknown as Tillwright,
    calls,
    answers,
    of: (route) => calls.filter((call) => call.route === route).map(({ input }) => input),
  }
}

function checkInput(name: string, route: Route, input: object): void {
  for (const schema of [route.params, route.query, route.body]) {
    if (schema === undefined || !('_zod' in schema)) continue
    const checked = (schema as Schema)['~standard'].validate(input)
    if ('issues' in checked && checked.issues) {
      throw new TypeError(`${name} does not take this: ${JSON.stringify(checked.issues)}`)
    }
  }
}

/** What a client throws where the server says no. */
export function refusal(status: number, code: string, message = code): Error {
  return Object.assign(new Error(message), { status, code, errors: [] })
}
