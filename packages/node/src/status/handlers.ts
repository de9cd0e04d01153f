import type { TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers } from '../context.ts'
import { type StatusPorts, statusService } from './service.ts'

export function statusHandlers(ports: StatusPorts): DomainHandlers<TillwrightContract['status']> {
  const statusOf = statusService(ports)
  return {
    get: (_input, { db, tenant }) => statusOf(db, tenant),
  }
}
