import { newId, type TillwrightContract } from '@tillwright/core/contract'
import { administrationDomain, rolesService } from './administration/index.ts'
import { denialNotes, type NoteDenial } from './audit/denials.ts'
import { auditService } from './audit/service.ts'
import type { Handlers, Tenant } from './context.ts'
import { CUSTOMERS_IMPORT, customersHandlers } from './customers/handlers.ts'
import { importCustomers } from './customers/import.ts'
import { customersService } from './customers/service.ts'
import type { Database } from './db/open.ts'
import { eventsHandlers } from './events/handlers.ts'
import { eventsService } from './events/service.ts'
import { createHousekeeping, type Housekeeping } from './housekeeping/service.ts'
import { tenantSweeps } from './housekeeping/sweeps.ts'
import type { RequestScope } from './http/request-scope.ts'
import type { RejectSink } from './imports/rejects.ts'
import type { ImportReport } from './imports/report.ts'
import { type ImportPayload, type ImportTask, importHandler } from './imports/service.ts'
import { jobsHandlers } from './jobs/handlers.ts'
import type { JobContext, JobHandler } from './jobs/runner.ts'
import { jobsService } from './jobs/service.ts'
import { MAIL_SEND, type MailTransport, mailJob, mailService } from './mail/index.ts'
import { modelsHandlers } from './models/handlers.ts'
import { modelsService, TRAINING } from './models/service.ts'
import { ORDERS_IMPORT, ordersHandlers } from './orders/handlers.ts'
import { orderImportTask } from './orders/jobs.ts'
import type { OrderPorts } from './orders/ports.ts'
import { ordersService } from './orders/service.ts'
import { type PeopleDomain, type PeoplePorts, peopleDomain } from './people/domain.ts'
import { accountHandlers, authHandlers } from './people/handlers.ts'
import type { Clock, FileStore, Logger, Random } from './ports.ts'
import { PRODUCTS_IMPORT, productsHandlers } from './products/handlers.ts'
import { importProducts } from './products/import.ts'
import { productsService } from './products/service.ts'
import { recommendationsHandlers } from './recommendations/handlers.ts'
import { type TrainingReport, trainingTask } from './recommendations/jobs.ts'
import { recommendationsService } from './recommendations/service.ts'
import { statusHandlers } from './status/handlers.ts'
import { systemHandlers } from './system/handlers.ts'
import type { SystemService } from './system/service.ts'
import { type SetupTools, setupTools } from './tools.ts'

export interface DomainPorts {
  readonly database: Database
  readonly databaseUrl: string
  readonly files: FileStore
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly system: SystemService
  readonly mailTransport: MailTransport
  readonly people: Omit<PeoplePorts, 'database' | 'clock' | 'random' | 'audit' | 'queueMail' | 'enqueue' | 'rolesOf'>
  readonly requestScope: RequestScope
  /** Called when a job was queued. */
  readonly wakeJobs: () => void
}

export const IMPORT_KINDS = ['products', 'customers', 'orders'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** A file that a command imports. */
export interface DirectImport {
  /** Where it lies on this machine. */
  readonly path: string
  readonly options: Omit<ImportPayload, 'file'>
  /** Where refused rows go. Default: nowhere; the report counts them and shows the first. */
  readonly rejects?: RejectSink
  readonly onProgress?: ImportTask['onProgress']
  readonly signal?: AbortSignal
}

/** What commands do at once and the server does in jobs. */
export interface Tools extends SetupTools {
  import(kind: ImportKind, tenant: Tenant, file: DirectImport): Promise<ImportReport>
  /** Learns from all orders, and makes the new model the one that answers. */
  train(tenant: Tenant, signal?: AbortSignal): Promise<TrainingReport>
}

export interface Domains {
  readonly handlers: Handlers<TillwrightContract>
  /** What each kind of job does. */
  readonly jobs: Readonly<Record<string, JobHandler>>
  readonly housekeeping: Housekeeping
  readonly tools: Tools
  readonly people: PeopleDomain
  readonly noteDenial: NoteDenial
}

/** Builds the domains and wires what they need of each other. */
export function createDomains(ports: DomainPorts): Domains {
  const { clock, random, log, files, system } = ports
  const jobs = jobsService({ clock, random, requestScope: ports.requestScope, wake: ports.wakeJobs })
  const { enqueue, drop } = jobs
  const audit = auditService({ clock })
  const mail = mailService({ enqueue, clock, random })
  const roles = rolesService({ database: ports.database, clock, audit })
  const people = peopleDomain({
    ...ports.people,
    database: ports.database,
    clock,
    random,
    audit,
    queueMail: mail.queueMail,
    enqueue,
    rolesOf: roles.ofTenant,
  })
  const administration = administrationDomain({
    ...ports,
    secretBytes: ports.people.secretBytes,
    audit,
    enqueue,
    findJob: jobs.get,
    forgetMail: mail.forget,
    people,
    roles,
  })
  const models = modelsService({ enqueue, drop, onChange: (tenantId) => recommendations.touch(tenantId) })
  const products = productsService({ clock, onChange: (tenantId) => recommendations.touch(tenantId) })
  const events = eventsService({ clock })
  const customers = customersService(
    { clock },
    { forget: [(tx, id) => orders.forgetCustomer(tx, id), events.forgetCustomer] },
  )
  const orderPorts: OrderPorts = {
    addProducts: products.addSighted,
    addCustomers: customers.addSighted,
    ordersChanged: models.trainSoon,
  }
  const orders = ordersService({ clock }, orderPorts)
  const recommendationPorts = { catalogue: products, models }
  const recommendations = recommendationsService({ clock, random, log }, recommendationPorts)
  const statusPorts = {
    system,
    jobs,
    models,
    clock,
    counts: { products: products.count, customers: customers.count, orders: orders.count, events: events.count },
  }
  const imports: Record<ImportKind, (task: ImportTask) => Promise<ImportReport>> = {
    products: (task) => importProducts(products, task),
    customers: (task) => importCustomers(customers, task),
    orders: orderImportTask(orderPorts, clock),
  }
  const contextFor = (tenant: Tenant, signal = new AbortController().signal): JobContext => ({
    jobId: newId('job', clock, random),
    attempt: 1,
    tenant,
    db: ports.database.tenant(tenant.id),
    signal,
    progress() {},
    afterwards() {},
  })
  const learn = trainingTask(recommendationPorts, ports.databaseUrl, clock)
  return {
    people,
    noteDenial: denialNotes({ database: ports.database, audit }),
    housekeeping: createHousekeeping({ ...ports, sweeps: tenantSweeps({ files, audit, mail }) }),
    handlers: {
      system: systemHandlers(system),
      auth: authHandlers(people.services, people.tokens),
      account: accountHandlers(people.services),
      products: productsHandlers(products, enqueue),
      customers: customersHandlers(customers, enqueue),
      orders: ordersHandlers(orders, enqueue),
      events: eventsHandlers(events),
      recommendations: recommendationsHandlers(recommendations),
      models: modelsHandlers(models),
      jobs: jobsHandlers(jobs, files),
      status: statusHandlers(statusPorts),
      ...administration.handlers,
    },
    jobs: {
      [PRODUCTS_IMPORT]: importHandler(files, imports.products),
      [CUSTOMERS_IMPORT]: importHandler(files, imports.customers),
      [ORDERS_IMPORT]: importHandler(files, imports.orders),
      [TRAINING]: learn,
      ...people.jobs,
      ...administration.jobs,
      [MAIL_SEND]: mailJob({ transport: ports.mailTransport, clock }),
    },
    tools: {
      ...setupTools({
        database: ports.database,
        clock,
        random,
        secretBytes: ports.people.secretBytes,
        publicUrl: ports.people.publicUrl,
        audit,
        registration: people.services.registration,
        tokens: people.tokens,
      }),
      import: (kind, tenant, { path, options, rejects = NOWHERE, onProgress = () => {}, signal }) =>
        imports[kind]({
          path,
          payload: { ...options, file: path },
          context: contextFor(tenant, signal),
          rejects,
          onProgress,
        }),
      train: (tenant, signal) => learn({}, contextFor(tenant, signal)),
    },
  }
}

const NOWHERE: RejectSink = { async begin() {}, async write() {} }
