import type {
  Account,
  Bill,
  Category,
  CategoryBudget,
  SUMMARY_KEYS,
  Transaction,
  TransactionFilter,
  TransactionSummary,
  Transfer,
  TransferInput,
} from '@tillwright/core/contract'
import type { AuditActor } from '../audit/actor.ts'
import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'

/** Whose ledger is asked, and where. */
export interface LedgerOwner {
  readonly db: TenantDb
  /** Its time zone says which day is today. */
  readonly tenant: Pick<Tenant, 'timeZone' | 'currency'>
  /** `usr_…`: nothing of anybody else is ever seen or changed. */
  readonly personId: string
}

/** What the ledger does for other domains on behalf of one person, their own things only. */
export interface LedgerPort {
  accountsOf(owner: LedgerOwner): Promise<Account[]>
  /** Newest first; at most `limit`, 50 where it is left out. */
  transactionsOf(owner: LedgerOwner, filter: TransactionFilter & { readonly limit?: number }): Promise<Transaction[]>
  /** Sums by category, merchant, month or account, beside those of the period before. `from` and `to` are days, both included. */
  spendingOf(
    owner: LedgerOwner,
    period: { readonly from: string; readonly to: string } & TransactionFilter,
    by: (typeof SUMMARY_KEYS)[number],
  ): Promise<TransactionSummary>
  categoriesOf(owner: LedgerOwner): Promise<Category[]>
  /** Budgets of a month (`2026-03`; default: this one), and what of them is gone. */
  budgetsOf(owner: LedgerOwner, month?: string): Promise<CategoryBudget[]>
  setBudget(
    owner: LedgerOwner,
    actor: AuditActor,
    budget: { readonly categoryId: string; readonly amountMinor: number; readonly currency: string },
  ): Promise<CategoryBudget>
  /**
   * Moves money between two of the person's accounts. Throws a `ProblemError`: `not_found`, or `conflict` where the accounts do not
   * fit. With the same `externalId` it is done once.
   */
  transfer(owner: LedgerOwner, actor: AuditActor, input: TransferInput): Promise<Transfer>
  /** What is due until a day (default: in 30 days), what is late included; the first first. */
  upcomingBills(owner: LedgerOwner, until?: string): Promise<Bill[]>
  /** Pays a bill out of an account and marks it paid. */
  payBill(
    owner: LedgerOwner,
    actor: AuditActor,
    billId: string,
    payment: { readonly accountId: string; readonly amountMinor?: number; readonly externalId?: string },
  ): Promise<{ readonly bill: Bill; readonly transaction: Transaction }>
}
