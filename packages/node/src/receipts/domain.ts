import type { TillwrightContract } from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { DomainHandlers } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import type { JobHandler } from '../jobs/runner.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { MailAttachment, QueueMail } from '../mail/index.ts'
import type { MailJobPorts } from '../mail/jobs.ts'
import type { Clock, Random, SecretBytes } from '../ports.ts'
import type { Publish } from '../webhooks/index.ts'
import { receiptPdf } from './format/pdf.ts'
import { receiptDocument, receiptsHandlers } from './handlers.ts'
import type { ReceiptPdf, ReceiptPorts } from './ports.ts'
import { type ReceiptsService, receiptsService } from './service.ts'

const RECEIPTS_ISSUE = 'receipts.issue'

export interface ReceiptsDomainPorts extends Pick<ReceiptPorts, 'findOrder' | 'findCustomer' | 'emailOf'> {
  readonly clock: Clock
  readonly random: Random
  readonly secretBytes: SecretBytes
  readonly audit: Pick<AuditService, 'record'>
  readonly enqueue: Enqueue
  readonly publisher: { readonly publish: Publish }
  readonly queueMail: QueueMail
  /** Address of this server, without a slash at its end. */
  readonly publicUrl: string
}

export interface ReceiptsDomain {
  readonly service: ReceiptsService
  readonly pdf: ReceiptPdf
  readonly handlers: { readonly receipts: DomainHandlers<TillwrightContract['receipts']> }
  readonly jobs: Readonly<Record<string, JobHandler>>
  /** Told of new orders in their transaction. */
  ordersCreated(tx: TenantDb, orders: readonly { id: string; kind: 'sale' | 'return' }[]): Promise<void>
  readonly attachmentsOf: MailJobPorts['attachmentsOf']
}

/** Receipts and credit notes: numbered, kept, shown and mailed. */
export function receiptsDomain(ports: ReceiptsDomainPorts): ReceiptsDomain {
  const { enqueue, publisher, queueMail, publicUrl } = ports
  const pdf = receiptPdf()
  const service = receiptsService({
    ...ports,
    linkTo: ({ publicId }, token) => `${publicUrl}/receipt/${publicId}.${token}`,
    issued: (tx, receipt) => publisher.publish(tx, 'receipt.issued', receipt),
    async mail(tx, { to, language, ...data }) {
      await queueMail(tx, { to, language, template: 'receipt', data })
    },
  })
  return {
    service,
    pdf,
    handlers: { receipts: receiptsHandlers(service, pdf) },
    jobs: {
      async [RECEIPTS_ISSUE]({ orderIds }: { orderIds: readonly string[] }, { db, tenant }) {
        return { issued: await service.issueFor({ db, tenant }, orderIds) }
      },
    },
    async ordersCreated(tx, orders) {
      const orderIds = orders.filter(({ kind }) => kind === 'sale').map(({ id }) => id)
      if (orderIds.length === 0 || !(await service.settings(tx)).automatic) return
      await enqueue(tx, RECEIPTS_ISSUE, { orderIds })
    },
    async attachmentsOf({ template, data }, { db, tenant }): Promise<readonly MailAttachment[]> {
      if (template !== 'receipt') return []
      const receipt = await service.get(db, String(data.receiptId))
      const { body } = await receiptDocument(receipt, 'pdf', tenant.timeZone, pdf)
      return [
        { filename: `${receipt.number.replace(/[^\w.-]/g, '_')}.pdf`, contentType: 'application/pdf', content: body },
      ]
    },
  }
}
