import type { AdministrationTables } from '../administration/tables.ts'
import type { AuditTables } from '../audit/tables.ts'
import type { ChatTables } from '../chat/tables.ts'
import type { CustomersTables } from '../customers/tables.ts'
import type { EventsTables } from '../events/tables.ts'
import type { IdempotencyTables } from '../idempotency/tables.ts'
import type { JobsTables } from '../jobs/tables.ts'
import type { KeysTables } from '../keys/tables.ts'
import type { LedgerTables } from '../ledger/tables.ts'
import type { LimitsTables } from '../limits/tables.ts'
import type { MailTables } from '../mail/tables.ts'
import type { ModelsTables } from '../models/tables.ts'
import type { OrdersTables } from '../orders/tables.ts'
import type { IdentitiesTables } from '../people/identities-tables.ts'
import type { PeopleTables } from '../people/tables.ts'
import type { ProductsTables } from '../products/tables.ts'
import type { ReceiptsTables } from '../receipts/tables.ts'
import type { RecommendationRulesTables } from '../recommendation-rules/tables.ts'
import type { TenantsTables } from '../tenants/tables.ts'
import type { WebhooksTables } from '../webhooks/tables.ts'

/** Every table of the database. Each domain owns its own. */
export interface Schema
  extends TenantsTables,
    KeysTables,
    ProductsTables,
    CustomersTables,
    OrdersTables,
    EventsTables,
    ModelsTables,
    RecommendationRulesTables,
    JobsTables,
    ReceiptsTables,
    LedgerTables,
    ChatTables,
    LimitsTables,
    MailTables,
    AuditTables,
    PeopleTables,
    IdentitiesTables,
    AdministrationTables,
    WebhooksTables,
    IdempotencyTables {}
