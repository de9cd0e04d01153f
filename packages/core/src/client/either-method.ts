import { eventName } from './shape.ts'
import type { Wire } from './wire.ts'

/** What a client has for a route that answers whole, or in pieces where the caller asks for them; nothing for any other. */
export function eitherMethod<M extends object>(
  wire: Wire,
  name: string,
  methodOf: (wire: Wire, shape: string) => M,
): (M & { stream: M }) | undefined {
  if (wire.output !== 'either') return undefined
  const stream = methodOf({ ...wire, output: 'stream' }, eventName(name))
  return Object.assign(methodOf({ ...wire, output: 'json' }, name), { stream })
}
