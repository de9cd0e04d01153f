import { administrationMigrations } from '../administration/tables.ts'
import { auditMigrations } from '../audit/tables.ts'
import { chatMigrations } from '../chat/tables.ts'
import { customersMigrations } from '../customers/tables.ts'
import { eventsMigrations } from '../events/tables.ts'
import { idempotencyMigrations } from '../idempotency/tables.ts'
import { jobsMigrations } from '../jobs/tables.ts'
import { keysMigrations } from '../keys/tables.ts'
import { ledgerMigrations } from '../ledger/tables.ts'
import { limitsMigrations } from '../limits/tables.ts'
import { mailMigrations } from '../mail/tables.ts'
import { modelsMigrations } from '../models/tables.ts'
import { ordersMigrations } from '../orders/tables.ts'
import { identitiesMigrations } from '../people/identities-tables.ts'
import { peopleMigrations } from '../people/tables.ts'
import { productsMigrations } from '../products/tables.ts'
import { receiptsMigrations } from '../receipts/tables.ts'
import { recommendationRulesMigrations } from '../recommendation-rules/tables.ts'
import { tenantsMigrations } from '../tenants/tables.ts'
import { webhooksMigrations } from '../webhooks/tables.ts'
import type { Migrations } from './migration.ts'

export const migrations: Migrations = {
  ...tenantsMigrations,
  ...keysMigrations,
  ...productsMigrations,
  ...customersMigrations,
  ...ordersMigrations,
  ...eventsMigrations,
  ...modelsMigrations,
  ...recommendationRulesMigrations,
  ...jobsMigrations,
  ...idempotencyMigrations,
  ...limitsMigrations,
  ...mailMigrations,
  ...auditMigrations,
  ...peopleMigrations,
  ...identitiesMigrations,
  ...administrationMigrations,
  ...webhooksMigrations,
  ...receiptsMigrations,
  ...chatMigrations,
  ...ledgerMigrations,
}
