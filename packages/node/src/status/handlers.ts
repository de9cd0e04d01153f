import type { TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers } from '../context.ts'
import { gatherStatus, type StatusPorts } from './service.ts'

export function statusHandlers(ports: StatusPorts): DomainHandlers<TillwrightContract['status']> {
  return {
    get: (_input, { db, tenant }) => gatherStatus(db, tenant, ports),
  }
}
