import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * A query that is built once and run often, with other values each time: building one costs more than it takes SQLite to
 * run it. Its text serves all tenants: a tenant's handle puts its own number in as it does the values.
 */
export interface Statement<Values extends object, Row> {
  readonly build: (query: Kysely<Schema>, values: Values) => Compilable<Row>
}

/**
 * `build` puts each value where it belongs and does nothing else with it: what it will be is not known yet. A branch on a
 * value is taken once, for all of them, as if it were there and not `null`: make two statements. `null` may be written, but
 * `= null` finds no row: compare with `is not distinct from`.
 */
export function statement<Values extends object, Row>(
  build: (query: Kysely<Schema>, values: Values) => Compilable<Row>,
): Statement<Values, Row> {
  return { build }
}

/** Stands in a built query for a value that is known when it runs. */
export class Slot {
  readonly of: string

  constructor(of: string) {
    this.of = of
  }

  [Symbol.toPrimitive](): never {
    throw new TypeError(
      `"${this.of}" is not known while its statement is built: compute with it before, and pass the result`,
    )
  }
}

/** For the number of the tenant whose handle runs a statement. */
export const TENANT = new Slot('the tenant')

/** A statement with its values, ready to run. */
export type Bind = <Values extends object, Row>(
  statement: Statement<Values, Row>,
  tenantId: number,
  values: Values,
) => CompiledQuery<Row>

/** Builds each statement once, by a handle that narrows what it builds to `TENANT`. */
export function binder(query: Kysely<Schema>): Bind {
  const built = new WeakMap<Statement<never, unknown>, CompiledQuery>()
  return <Values extends object, Row>(what: Statement<Values, Row>, tenantId: number, values: Values) => {
    let known = built.get(what)
    if (!known) {
      known = what.build(query, SLOTS as Values).compile()
      built.set(what, known)
    }
    const parameters = known.parameters.map((parameter) => {
      if (!(parameter instanceof Slot)) return parameter
      return parameter === TENANT ? tenantId : given(values, parameter.of)
    })
    return { ...known, parameters } as CompiledQuery<Row>
  }
}

const SLOTS: object = new Proxy({}, { get: (_, name) => new Slot(String(name)) })

function given(values: object, name: string): unknown {
  const value = (values as Record<string, unknown>)[name]
  if (value === undefined) throw new TypeError(`The statement needs a value for "${name}"`)
  return value
}
