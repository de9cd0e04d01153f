// What goes in and comes out of calls, by the names that callers know it by.

export type { AdminUser, ApiKey, AuditRecord, CreatedApiKey, Report, Role, Tenant } from './admin.ts'
export type { Bill, BillInput } from './bills.ts'
export type { Category, CategoryBudget, CategoryRule } from './categories.ts'
export type { Customer, CustomerInput } from './customers.ts'
export type { Event, EventType } from './events.ts'
export type { Job } from './jobs.ts'
export type { Account, AccountInput, Transaction, TransactionInput, TransactionSummary, Transfer } from './ledger.ts'
export type { Model, ModelComparison } from './models.ts'
export type { Order, OrderInput, OrderLineInput } from './orders.ts'
export type { Preferences, Session, SignedIn, SignInOutcome, User, UserStatus } from './people.ts'
export type { BuiltInRole, Permission } from './permissions.ts'
export type { ErrorCode, FieldProblem, Problem } from './problem.ts'
export type { Product, ProductInput } from './products.ts'
export type { ProductMatch, RecommendationRule, RecommendationSettings } from './recommendation-rules.ts'
export type {
  Reason,
  RecommendationKind,
  RecommendationReport,
  Recommendations,
  RecommendedProduct,
} from './recommendations.ts'
export type { Money, WriteSummary } from './schema.ts'
export type { Statement, StatementRow } from './statements.ts'
export type { Status } from './status.ts'
export type { WebhookData, WebhookKind, WebhookMessage } from './webhook-kinds.ts'
export type { ReceivedWebhook, Webhook, WebhookDelivery, WebhookSource, WebhookWithSecret } from './webhooks.ts'
