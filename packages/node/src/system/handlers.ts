import type { TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers } from '../context.ts'
import type { SystemService } from './service.ts'

export function systemHandlers(service: SystemService): DomainHandlers<TillwrightContract['system']> {
  return {
    alive: service.alive,
    startup: service.startup,
    ready: service.ready,
    health: service.health,
    databaseHealth: service.databaseHealth,
  }
}
