import type { TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers } from '../context.ts'
import type { EventsService } from './service.ts'

export function eventsHandlers(service: EventsService): DomainHandlers<TillwrightContract['events']> {
  return {
    send: ({ events }, { db }) => service.send(db, events),
    list: (input, { db }) => service.list(db, input),
  }
}
