import { newId, type Recommendations, type TillwrightContract } from '@tillwright/core/contract'
import { administrationDomain, rolesService } from './administration/index.ts'
import { blockNotes, type NoteBlock } from './audit/blocks.ts'
import { denialNotes, type NoteDenial } from './audit/denials.ts'
import { auditService } from './audit/service.ts'
import { type ChatOptions, chatDomain } from './chat/index.ts'
import type { Handlers, Tenant } from './context.ts'
import { CUSTOMERS_IMPORT, customersHandlers } from './customers/handlers.ts'
import { importCustomers } from './customers/import.ts'
import { customersService } from './customers/service.ts'
import type { Database } from './db/open.ts'
import { eventsHandlers } from './events/handlers.ts'
import { eventsService } from './events/service.ts'
import { createHousekeeping, type Housekeeping } from './housekeeping/service.ts'
import { tenantSweeps } from './housekeeping/sweeps.ts'
import { ifFound } from './http/problem-error.ts'
import type { RequestScope } from './http/request-scope.ts'
import type { RejectSink } from './imports/rejects.ts'
import type { ImportReport } from './imports/report.ts'
import { type ImportPayload, type ImportTask, importHandler } from './imports/service.ts'
import { jobsHandlers } from './jobs/handlers.ts'
import type { JobContext, JobHandler } from './jobs/runner.ts'
import { jobsService } from './jobs/service.ts'
import { ledgerDomain } from './ledger/index.ts'
import type { AddressBlocks, RouteLimits } from './limits/index.ts'
import { MAIL_SEND, type MailTransport, mailJob, mailService, mailsHandlers, mailsService } from './mail/index.ts'
import { comparisonsService } from './models/comparison.ts'
import { modelsHandlers } from './models/handlers.ts'
import { modelsService, TRAINING } from './models/service.ts'
import { ORDERS_IMPORT, ordersHandlers } from './orders/handlers.ts'
import { orderImportTask } from './orders/jobs.ts'
import type { OrderPorts } from './orders/ports.ts'
import { ordersService } from './orders/service.ts'
import { confirmedEmailOf } from './people/confirmed-email-store.ts'
import { type PeopleDomain, type PeoplePorts, peopleDomain } from './people/domain.ts'
import { accountHandlers, authHandlers } from './people/handlers.ts'
import { identitiesHandlers } from './people/identities-handlers.ts'
import { holdersOf } from './people/keepers-store.ts'
import { findUser } from './people/users-store.ts'
import type { Clock, FileStore, Logger, Random } from './ports.ts'
import { PRODUCTS_IMPORT, productsHandlers } from './products/handlers.ts'
import { importProducts } from './products/import.ts'
import { productsService } from './products/service.ts'
import { type ReceiptsDomain, receiptsDomain } from './receipts/index.ts'
import { recommendationRulesHandlers, recommendationRulesService } from './recommendation-rules/index.ts'
import { BATCH, batchesService } from './recommendations/batches.ts'
import { recommendationsHandlers } from './recommendations/handlers.ts'
import { type TrainingReport, trainingTask } from './recommendations/jobs.ts'
import { readTrained } from './recommendations/read-trained.ts'
import { recommendationsService } from './recommendations/service.ts'
import { statusHandlers } from './status/handlers.ts'
import { systemHandlers } from './system/handlers.ts'
import type { SystemService } from './system/service.ts'
import { type SetupTools, setupTools } from './tools.ts'
import {
  type OutgoingPorts,
  tellingOfPeople,
  type WebhooksOptions,
  webhookPublisher,
  webhooksDomain,
} from './webhooks/index.ts'

export interface DomainPorts {
  readonly database: Database
  readonly databaseUrl: string
  readonly files: FileStore
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly system: SystemService
  readonly mailTransport: MailTransport
  readonly people: Omit<
    PeoplePorts,
    'database' | 'clock' | 'random' | 'log' | 'audit' | 'queueMail' | 'queueMails' | 'enqueue' | 'rolesOf'
  >
  readonly requestScope: RequestScope
  /** `null`: nothing is limited. */
  readonly limits: RouteLimits | null
  readonly addressBlocks: AddressBlocks
  readonly auditRetentionDays: number
  readonly webhooks: WebhooksOptions
  readonly outgoing: OutgoingPorts
  readonly chat: ChatOptions
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
  /**
   * Learns from all orders, and makes the new model the one that answers. `quick`: where nothing answers yet, a first model is
   * made in a fraction of the time, and a job does the rest.
   */
  train(tenant: Tenant, options?: { readonly signal?: AbortSignal; readonly quick?: boolean }): Promise<TrainingReport>
}

export interface Domains {
  readonly handlers: Handlers<TillwrightContract>
  /** What each kind of job does. */
  readonly jobs: Readonly<Record<string, JobHandler>>
  readonly housekeeping: Housekeeping
  readonly tools: Tools
  readonly people: PeopleDomain
  /** Ends what the chat does in threads of its own. */
  readonly endChat: () => void
  readonly receipts: ReceiptsDomain
  readonly noteDenial: NoteDenial
  readonly noteBlock: NoteBlock
}

/** Builds the domains and wires what they need of each other. */
export function createDomains(ports: DomainPorts): Domains {
  const { clock, random, log, files, system } = ports
  const jobs = jobsService({ clock, random, requestScope: ports.requestScope, wake: ports.wakeJobs })
  const { enqueue, enqueueMany, drop } = jobs
  const publisher = webhookPublisher({ enqueue, clock, random })
  const audit = tellingOfPeople(auditService({ clock }), publisher)
  const mail = mailService({ enqueue, enqueueMany, clock, random })
  const roles = rolesService({ database: ports.database, clock, audit })
  const people = peopleDomain({
    ...ports.people,
    database: ports.database,
    clock,
    random,
    log,
    audit,
    queueMail: mail.queueMail,
    queueMails: mail.queueMails,
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
  const touched = (tenantId: number) => recommendations.touch(tenantId)
  const models = modelsService({ clock, audit, readModel: readTrained, enqueue, drop, onChange: touched })
  const comparisons = comparisonsService({
    clock,
    random,
    audit,
    models,
    onChange: touched,
    outcomesSince: (db, from) => recommendations.outcomesSince(db, from),
  })
  const rules = recommendationRulesService({ clock, random, audit, onChange: touched })
  const products = productsService({ clock, onChange: touched })
  const events = eventsService({ clock })
  const customers = customersService(
    { clock },
    { forget: [(tx, id) => orders.forgetCustomer(tx, id), events.forgetCustomer] },
  )
  const orderPorts: OrderPorts = {
    addProducts: products.addSighted,
    addCustomers: customers.addSighted,
    async ordersChanged(tx) {
      await models.trainSoon(tx)
      await ledger.ordersChanged(tx)
    },
    sold: (tenantId, baskets) => recommendations.observe(tenantId, baskets),
    async ordersCreated(tx, created) {
      await publisher.publish(tx, 'order.created', ...created.map(({ id, ...rest }) => ({ orderId: id, ...rest })))
      await receipts.ordersCreated(tx, created)
    },
  }
  const orders = ordersService({ clock }, orderPorts)
  const ledger = ledgerDomain({
    clock,
    random,
    files,
    audit,
    enqueue,
    isPerson: async (db, id) => (await findUser(db, id)) !== undefined,
    ordersSince: orders.writtenSince,
    async remind(tx, ownerId, reminder) {
      const owner = ownerId === null ? undefined : await findUser(tx, ownerId)
      const people = ownerId === null ? await holdersOf(tx, 'owner') : owner?.status === 'active' ? [owner] : []
      for (const { email, language } of people) {
        await mail.queueMail(tx, { to: email, template: 'bill-due', data: reminder, language: language ?? 'en' })
      }
    },
  })
  const receipts = receiptsDomain({
    clock,
    random,
    secretBytes: ports.people.secretBytes,
    audit,
    enqueue,
    publisher,
    queueMail: mail.queueMail,
    publicUrl: ports.people.publicUrl,
    findOrder: (db, id) => ifFound(orders.get(db, id)),
    findCustomer: (db, id) => ifFound(customers.get(db, id)),
    emailOf: confirmedEmailOf,
  })
  const recommendationPorts = { catalogue: products, models, comparisons, rules }
  const recommendations = recommendationsService({ clock, random, log }, recommendationPorts)
  const chat = chatDomain({
    ...ports.chat,
    clock,
    random,
    log,
    files,
    audit,
    enqueue,
    secretBytes: ports.people.secretBytes,
    publish: publisher.publish,
    queueMail: mail.queueMail,
    limiter: ports.people.limiter,
    people: {
      holder: people.authenticator.holder,
      async user(db, id) {
        const row = await findUser(db, id)
        if (row?.status !== 'active') return undefined
        const { email, name, language } = row
        return { id, email, emailVerified: row.email_verified_at !== null, name, language, timeZone: row.time_zone }
      },
    },
    async mayAnswer(db, userId) {
      const row = await findUser(db, userId)
      if (row?.status !== 'active') return false
      return (await people.services.permissionsIn(db.tenantId, row.role)).has('chat:write')
    },
    shop: {
      products,
      orders,
      customers,
      recommend: async (db, query) => JSON.parse((await recommendations.recommend(db, query)).text) as Recommendations,
    },
    ledger: ledger.port,
  })
  const batches = batchesService({ jobs, files, recommend: recommendations.recommend })
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
  const webhooks = webhooksDomain({
    ...ports.webhooks,
    database: ports.database,
    clock,
    random,
    log,
    secretBytes: ports.people.secretBytes,
    box: ports.people.box,
    publicUrl: ports.people.publicUrl,
    outgoing: ports.outgoing,
    audit,
    publisher,
    async tellOwners(tx, _tenant, { host, since }) {
      const data = { at: new Date(clock()).toISOString(), since: new Date(since).toISOString(), host }
      for (const { email, language } of await holdersOf(tx, 'owner')) {
        await mail.queueMail(tx, { to: email, template: 'webhook-disabled', data, language: language ?? 'en' })
      }
    },
  })
  /** The job of an import, whose end is told. */
  const importJob = (what: ImportKind) => {
    const run = importHandler(files, imports[what])
    return async (payload: ImportPayload, context: JobContext): Promise<ImportReport> => {
      const report = await run(payload, context)
      const { read: rows, rejected } = report
      await context.db.transaction((tx) =>
        publisher.publish(tx, 'import.finished', { jobId: context.jobId, what, rows, rejected }),
      )
      return report
    }
  }
  const learn = trainingTask(recommendationPorts, ports.databaseUrl, clock)
  return {
    people,
    endChat: chat.close,
    receipts,
    noteDenial: denialNotes({ database: ports.database, audit }),
    noteBlock: blockNotes({ database: ports.database, audit }),
    housekeeping: createHousekeeping({
      ...ports,
      sweeps: { ...tenantSweeps({ ...ports, audit, mail, ledger }), conversations: chat.sweep },
    }),
    handlers: {
      system: systemHandlers(system),
      auth: authHandlers(people.services, people.tokens),
      account: accountHandlers(people.services),
      identities: identitiesHandlers({ ...people.services, publicUrl: ports.people.publicUrl }),
      products: productsHandlers(products, enqueue),
      customers: customersHandlers(customers, enqueue),
      orders: ordersHandlers(orders, enqueue),
      events: eventsHandlers(events),
      ...ledger.handlers,
      recommendations: recommendationsHandlers(recommendations, batches),
      recommendationRules: recommendationRulesHandlers(rules, ({ db }, input) => recommendations.preview(db, input)),
      models: modelsHandlers(models, comparisons, files),
      jobs: jobsHandlers(jobs, files),
      status: statusHandlers(statusPorts),
      mails: mailsHandlers(mailsService({ clock })),
      ...receipts.handlers,
      ...webhooks.handlers,
      ...chat.handlers,
      ...administration.handlers,
    },
    jobs: {
      [PRODUCTS_IMPORT]: importJob('products'),
      [CUSTOMERS_IMPORT]: importJob('customers'),
      [ORDERS_IMPORT]: importJob('orders'),
      [TRAINING]: learn,
      [BATCH]: batches.run,
      ...ledger.jobs,
      ...people.jobs,
      ...administration.jobs,
      ...webhooks.jobs,
      ...chat.jobs,
      ...receipts.jobs,
      [MAIL_SEND]: mailJob({ transport: ports.mailTransport, clock, random, attachmentsOf: receipts.attachmentsOf }),
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
      async train(tenant, { signal, quick = false } = {}) {
        const context = contextFor(tenant, signal)
        const report = await learn({ quick }, context)
        if (quick) await models.train(context.db)
        return report
      },
    },
  }
}

const NOWHERE: RejectSink = { async begin() {}, async write() {} }
