import { account } from './account.ts'
import { audit, keys, reports, roles, tenants, users } from './admin.ts'
import { auth } from './auth.ts'
import { bills } from './bills.ts'
import { categories, categoryRules } from './categories.ts'
import { chat, chatDesk } from './chat.ts'
import { customers } from './customers.ts'
import { events } from './events.ts'
import { identities } from './identities.ts'
import { jobs } from './jobs.ts'
import { accounts, transactions } from './ledger.ts'
import { mails } from './mails.ts'
import { models } from './models.ts'
import { orders } from './orders.ts'
import { products } from './products.ts'
import { receipts } from './receipts.ts'
import { recommendationRules } from './recommendation-rules.ts'
import { recommendations } from './recommendations.ts'
import { blocks } from './security.ts'
import { statements } from './statements.ts'
import { status } from './status.ts'
import { system } from './system.ts'
import { webhookSources, webhooks } from './webhooks.ts'

/** Every route of Tillwright, by domain. */
export const contract = {
  system,
  auth,
  account,
  identities,
  products,
  customers,
  orders,
  events,
  receipts,
  accounts,
  transactions,
  categories,
  categoryRules,
  statements,
  bills,
  recommendations,
  recommendationRules,
  models,
  chat,
  chatDesk,
  jobs,
  status,
  users,
  roles,
  keys,
  reports,
  audit,
  tenants,
  blocks,
  mails,
  webhooks,
  webhookSources,
}
export type TillwrightContract = typeof contract

export * from './account.ts'
export * from './admin.ts'
export * from './auth.ts'
export * from './bills.ts'
export * from './categories.ts'
export * from './chat.ts'
export * from './customers.ts'
export * from './decode-query.ts'
export * from './define.ts'
export * from './events.ts'
export * from './for-pages.ts'
export * from './identities.ts'
export * from './jobs.ts'
export * from './ledger.ts'
export * from './mails.ts'
export * from './models.ts'
export * from './new-id.ts'
export * from './orders.ts'
export * from './people.ts'
export * from './permissions.ts'
export * from './problem.ts'
export * from './products.ts'
export * from './receipts.ts'
export * from './recommendation-id.ts'
export * from './recommendation-rules.ts'
export * from './recommendations.ts'
export * from './retry.ts'
export * from './schema.ts'
export * from './security.ts'
export * from './statements.ts'
export * from './status.ts'
export * from './system.ts'
export * from './webhook-kinds.ts'
export * from './webhooks.ts'
