import type { AuditService } from '../audit/service.ts'
import type { TenantDb } from '../db/open.ts'
import type { JobHandler } from '../jobs/runner.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { Clock, FileStore, Random } from '../ports.ts'
import { accountsService } from './accounts-service.ts'
import { BILL_REMINDER, type BillsPorts, billsService } from './bills-service.ts'
import { categoriesService } from './categories-service.ts'
import { categorising } from './categorise.ts'
import { eraseLedgers } from './erase-store.ts'
import { exportService } from './export-service.ts'
import { ledgerHandlers } from './handlers.ts'
import { LEDGER_ORDERS, type OrdersJobPorts, ordersJob, takeOrdersSoon } from './orders-job.ts'
import { ledgerPort } from './port.ts'
import type { LedgerPort } from './ports.ts'
import { rulesService } from './rules-service.ts'
import { statementsService } from './statements-service.ts'
import { sweepPreviews } from './statements-store.ts'
import { summariesService } from './summaries-service.ts'
import { TRAIN_CATEGORISER, trainCategoriserJob, trainSoon } from './train-job.ts'
import { transactionsService } from './transactions-service.ts'

export interface LedgerDomainPorts {
  readonly clock: Clock
  readonly random: Random
  readonly files: FileStore
  readonly audit: Pick<AuditService, 'record' | 'hold'>
  readonly enqueue: Enqueue
  readonly isPerson: (db: TenantDb, id: string) => Promise<boolean>
  readonly remind: BillsPorts['remind']
  readonly ordersSince: OrdersJobPorts['ordersSince']
}

/** Wires accounts, transactions, categories, statements and bills: handlers of six domains of the contract, and their jobs. */
export function ledgerDomain(ports: LedgerDomainPorts) {
  const { enqueue, clock } = ports
  const chooser = categorising()
  const bills = billsService(ports)
  const follow = {
    categorise: chooser.categorise,
    corrected: (tx: TenantDb) => trainSoon(enqueue, tx),
    booked: bills.booked,
    removed: bills.removed,
  }
  const accounts = accountsService(ports)
  const services = {
    accounts,
    transactions: transactionsService({ ...ports, ...follow }),
    summaries: summariesService(ports),
    exports: exportService(ports),
    categories: categoriesService(ports),
    rules: rulesService({ ...ports, categorising: chooser }),
    statements: statementsService({ ...ports, ...follow, accounts }),
    bills,
  }
  const jobs: Readonly<Record<string, JobHandler>> = {
    [LEDGER_ORDERS]: ordersJob(ports),
    [TRAIN_CATEGORISER]: trainCategoriserJob(clock),
    [BILL_REMINDER]: bills.reminder,
  }
  const port: LedgerPort = ledgerPort(services, ports)
  return {
    handlers: ledgerHandlers(services),
    jobs,
    port,
    /** Follows a change of orders, in its transaction. */
    ordersChanged: (tx: TenantDb) => takeOrdersSoon(enqueue, tx),
    /** Deletes everything of people who are erased. */
    erase: eraseLedgers,
    /** Removes uploads that were never committed. */
    sweepPreviews,
  }
}
