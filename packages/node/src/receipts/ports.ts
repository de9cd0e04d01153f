import type { Order } from '@tillwright/core/contract'
import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'

/** Makes a PDF of a receipt. */
export type ReceiptPdf = (said: import('./format/say.ts').SaidReceipt) => Promise<Uint8Array>

/** What receipts need of other domains; wired in `domains.ts`. */
export interface ReceiptPorts {
  findOrder(db: TenantDb, id: string): Promise<Order | undefined>
  findCustomer(db: TenantDb, id: string): Promise<{ readonly name?: string; readonly email?: string } | undefined>
  /** What a transaction of the ledger was for, where there is one. */
  findTransaction?(db: TenantDb, id: string): Promise<ReceiptSource | undefined>
  /** The confirmed address of somebody who is signed in. */
  emailOf(db: TenantDb, userId: string): Promise<string | undefined>
  /** Mails a receipt, once the caller's transaction is on disk. */
  mail(
    tx: TenantDb,
    mail: { to: string; language: string; receiptId: string; number: string; total: string; link: string },
  ): Promise<void>
  /** Address of the page that shows a receipt to whoever has the link. */
  linkTo(tenant: Tenant, token: string): string
  /** Told of each receipt and credit note, in the transaction that issues it. */
  issued(tx: TenantDb, receipt: { receiptId: string; number: string; kind: 'receipt' | 'credit-note' }): Promise<void>
}

export interface ReceiptSource {
  readonly name: string
  readonly amountMinor: number
  readonly currency: string
  /** ms since 1970. */
  readonly at: number
}
