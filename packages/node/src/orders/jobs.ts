import type { ImportTask } from '../imports/service.ts'
import type { Clock } from '../ports.ts'
import { importOrders } from './import.ts'
import type { OrderPorts } from './ports.ts'

/** The work of an `orders.import` job. */
export function orderImportTask(ports: OrderPorts, clock: Clock) {
  return ({ path, payload, context, rejects, onProgress }: ImportTask) => {
    const { tenant, db, jobId, attempt, signal } = context
    const file = {
      file: path,
      format: payload.format,
      currency: payload.currency ?? tenant.currency,
      timeZone: tenant.timeZone,
      dateOrder: payload.dateOrder ?? 'ymd',
      ...(payload.map ? { map: payload.map } : {}),
    } as const
    return importOrders({ db, file, run: `${jobId}:${attempt}`, rejects, onProgress, signal }, ports, clock)
  }
}
