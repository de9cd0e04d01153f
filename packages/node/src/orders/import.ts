import { MAX_ORDER_LINES } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import { emptyReport, type ImportReport, type ImportTarget, noteRejects } from '../imports/report.ts'
import type { Clock } from '../ports.ts'
import { runInThread } from '../threads/run-in-thread.ts'
import { ImportRun } from './import-run.ts'
import type { OrderColumns } from './order-columns.ts'
import type { OrderPorts } from './ports.ts'
import type { ReadOrdersInput } from './read-orders.ts'

export interface OrderImport extends ImportTarget {
  readonly db: TenantDb
  readonly file: ReadOrdersInput
  /** Names this run; each try of a job has a fresh one. */
  readonly run: string
}

/** Largest heap of the thread that reads and checks rows, in MiB. */
const READER_HEAP_MIB = 256

/**
 * Imports a file of order lines, one line a row. Reading and checking run in a thread of their own, writing in this one.
 * Lines of an order need not stand together. Products and customers that the lines name and the shop does not have yet
 * are added. Importing the same file again changes nothing.
 */
export async function importOrders(request: OrderImport, ports: OrderPorts, clock: Clock): Promise<ImportReport> {
  const { db, file, signal, rejects } = request
  const report = emptyReport()
  const run = new ImportRun(request.run)
  await rejects.begin()
  const input = { ...file, maxOrderLines: MAX_ORDER_LINES }
  const batches = runInThread('orders.read', input, { maxHeapMib: READER_HEAP_MIB, ...(signal ? { signal } : {}) })
  for await (const batch of batches) {
    if (batch.type === 'end') {
      await db.transaction(async (tx) => {
        report.updated += await run.finish(tx, clock())
        await ports.addProducts(tx, batch.products)
        if (report.imported + report.updated > 0) await ports.ordersChanged(tx)
      })
      continue
    }
    await noteRejects(report, batch.bad, rejects)
    run.learn(batch.columns)
    const { added, replaced, unchanged, refused } = await db.transaction(async (tx) => {
      await ports.addCustomers(tx, customersIn(batch.columns))
      return run.write(tx, batch.columns, clock())
    })
    await noteRejects(report, refused, rejects)
    report.read += batch.rowCount
    report.imported += added
    report.updated += replaced
    report.unchanged += unchanged
    await request.onProgress?.({ bytesRead: batch.bytesRead, rowsRead: report.read })
  }
  return report
}

function customersIn({ orders }: OrderColumns): { id: string; country: string | null }[] {
  const customers = new Map<string, string | null>()
  for (const { customerId, country } of orders) if (customerId !== null) customers.set(customerId, country)
  return [...customers].map(([id, country]) => ({ id, country }))
}
