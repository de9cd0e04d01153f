import * as z from 'zod/mini'
import { file, ownOr, route } from './define.ts'
import { currency, foreignId, instant, Money, ownId, page, pageQuery, text } from './schema.ts'

/** A calendar day, `2026-03-31`: the bank's or the tenant's, in no time zone. */
export function calendarDay() {
  return z.iso.date({ error: 'must be a day such as 2026-03-31' })
}

/** A calendar month, `2026-03`. */
export function calendarMonth() {
  return z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-03'))
}

/** Largest amount of one transaction, in minor units: 15 digits, of which thousands add up exactly. */
export const MAX_AMOUNT_MINOR = 999_999_999_999_999

/** An amount of a transaction in minor units; negative where money goes out. */
export function amountMinor() {
  return z.int().check(z.gte(-MAX_AMOUNT_MINOR), z.lte(MAX_AMOUNT_MINOR))
}

/** A size without a sign, in minor units. */
export function sizeMinor(from = 0) {
  return z.int().check(z.gte(from), z.lte(MAX_AMOUNT_MINOR))
}

// ---- Accounts -----------------------------------------------------------------------------------------------------

export const ACCOUNT_KINDS = ['bank', 'card', 'cash', 'shop'] as const

const accountFields = {
  /** For people: `Current account`. */
  name: text(200, 1),
  /** As statements write it: an IBAN, a number. Imports find the account by it. */
  number: z.optional(z.nullable(text(64))),
  institution: z.optional(z.nullable(text(200))),
}

export const AccountInput = z.object({
  ...accountFields,
  /** `shop` accounts are kept by the server, one for each currency that orders come in. */
  kind: z.enum(['bank', 'card', 'cash']),
  currency: currency(),
  /** What was on it before its first transaction, in minor units. */
  openingBalanceMinor: z._default(amountMinor(), 0),
  /** Whose it is; for those who may write all accounts. Default: the shop's own for them, one's own for everybody else. */
  ownerId: z.optional(z.nullable(ownId('usr'))),
})
export type AccountInput = z.output<typeof AccountInput>

export const AccountChange = z.object({
  name: z.optional(text(200, 1)),
  number: z.optional(z.nullable(text(64))),
  institution: z.optional(z.nullable(text(200))),
  openingBalanceMinor: z.optional(amountMinor()),
  /** An archived account keeps what it has and takes nothing new. */
  archived: z.optional(z.boolean()),
})
export type AccountChange = z.output<typeof AccountChange>

export const Account = z.object({
  id: ownId('acc'),
  kind: z.enum(ACCOUNT_KINDS),
  name: z.string(),
  currency: currency(),
  /** `null`: the shop itself. */
  ownerId: z.nullable(z.string()),
  number: z.nullable(z.string()),
  institution: z.nullable(z.string()),
  openingBalanceMinor: z.int(),
  /** Opening balance and everything that is posted. */
  balance: Money,
  /** What is pending, together. */
  pending: Money,
  archived: z.boolean(),
  createdAt: instant(),
  updatedAt: instant(),
})
export type Account = z.output<typeof Account>

const accountId = z.object({ accountId: ownId('acc') })

export const accounts = {
  /** One's own accounts; of those who may read all, all of them. */
  list: route({
    method: 'GET',
    path: '/api/accounts',
    access: ownOr('ledger:read'),
    query: z.object({
      kind: z.optional(z.enum(ACCOUNT_KINDS)),
      archived: z._default(z.boolean(), false),
      /** `shop`: what belongs to nobody but the shop. */
      ownerId: z.optional(z.union([ownId('usr'), z.literal('shop')])),
    }),
    output: z.object({ items: z.array(Account) }),
  }),
  create: route({
    method: 'POST',
    path: '/api/accounts',
    access: ownOr('ledger:write'),
    body: AccountInput,
    output: Account,
    status: 201,
    errors: ['conflict'],
  }),
  get: route({
    method: 'GET',
    path: '/api/accounts/{account_id}',
    access: ownOr('ledger:read'),
    params: accountId,
    output: Account,
    errors: ['not_found'],
  }),
  update: route({
    method: 'PATCH',
    path: '/api/accounts/{account_id}',
    access: ownOr('ledger:write'),
    params: accountId,
    body: AccountChange,
    output: Account,
    errors: ['not_found', 'conflict'],
  }),
  /** Only of an account without transactions; archive the others. */
  remove: route({
    method: 'DELETE',
    path: '/api/accounts/{account_id}',
    access: ownOr('ledger:write'),
    params: accountId,
    output: null,
    errors: ['not_found', 'conflict'],
  }),
}

// ---- Transactions -------------------------------------------------------------------------------------------------

export const TRANSACTION_STATES = ['pending', 'posted', 'void'] as const
export const TRANSACTION_SOURCES = ['manual', 'statement', 'bank', 'order', 'receipt'] as const
export const MAX_SPLITS = 50
export const MAX_ATTACHMENTS = 20

const attachments = () => z.array(foreignId()).check(z.maxLength(MAX_ATTACHMENTS))

export const TransactionInput = z.object({
  accountId: ownId('acc'),
  /** In minor units of the account's currency; negative where money goes out. */
  amountMinor: amountMinor(),
  /** Default: today in the tenant's time zone. */
  bookedOn: z.optional(calendarDay()),
  /** The day from which it counts for interest. */
  valuedOn: z.optional(z.nullable(calendarDay())),
  description: text(500, 1),
  merchant: z.optional(z.nullable(text(200))),
  counterparty: z.optional(z.nullable(text(200))),
  /** Default: what rules and the categoriser say. `null`: none, and nobody is asked. */
  categoryId: z.optional(z.nullable(ownId('cat'))),
  state: z._default(z.enum(['pending', 'posted']), 'posted'),
  source: z._default(z.enum(['manual', 'bank', 'receipt']), 'manual'),
  /** What the caller knows it by, once in an account: sending the same again changes nothing. */
  externalId: z.optional(foreignId()),
  note: z.optional(z.nullable(text(2_000))),
  /** Ids of documents that belong to it. */
  attachments: z.optional(attachments()),
})
export type TransactionInput = z.output<typeof TransactionInput>

export const TransactionChange = z.object({
  amountMinor: z.optional(amountMinor()),
  bookedOn: z.optional(calendarDay()),
  valuedOn: z.optional(z.nullable(calendarDay())),
  description: z.optional(text(500, 1)),
  merchant: z.optional(z.nullable(text(200))),
  counterparty: z.optional(z.nullable(text(200))),
  /** Settles the question, where one was asked; the categoriser learns from it. */
  categoryId: z.optional(z.nullable(ownId('cat'))),
  state: z.optional(z.enum(TRANSACTION_STATES)),
  note: z.optional(z.nullable(text(2_000))),
  attachments: z.optional(attachments()),
})
export type TransactionChange = z.output<typeof TransactionChange>

export const TransactionSplit = z.object({
  categoryId: z.nullable(ownId('cat')),
  amountMinor: amountMinor(),
  note: z.optional(z.nullable(text(500))),
})
export type TransactionSplit = z.output<typeof TransactionSplit>

export const Transaction = z.object({
  id: ownId('txn'),
  accountId: ownId('acc'),
  bookedOn: calendarDay(),
  valuedOn: z.nullable(calendarDay()),
  amount: Money,
  description: z.string(),
  merchant: z.nullable(z.string()),
  counterparty: z.nullable(z.string()),
  categoryId: z.nullable(z.string()),
  /** Who chose the category: a person, a rule, or the categoriser (`model`). */
  categorisedBy: z.nullable(z.enum(['person', 'rule', 'model'])),
  /** How sure the categoriser was, from 0 to 1. */
  confidence: z.nullable(z.number()),
  /** Whether somebody should say which of `suggestions` it is. */
  needsReview: z.boolean(),
  suggestions: z.array(z.object({ categoryId: z.string(), confidence: z.number() })),
  state: z.enum(TRANSACTION_STATES),
  source: z.enum(TRANSACTION_SOURCES),
  externalId: z.nullable(z.string()),
  note: z.nullable(z.string()),
  attachments: z.array(z.string()),
  /** Parts that belong to different categories; none where it is whole. */
  splits: z.array(z.object({ categoryId: z.nullable(z.string()), amountMinor: z.int(), note: z.nullable(z.string()) })),
  /** What both sides of a transfer share. */
  transferId: z.nullable(z.string()),
  statementId: z.nullable(z.string()),
  createdAt: instant(),
  updatedAt: instant(),
})
export type Transaction = z.output<typeof Transaction>

/** What narrows lists, exports and summaries. Days are included on both ends. */
export const transactionFilter = {
  from: z.optional(calendarDay()),
  to: z.optional(calendarDay()),
  /** Of the size, whatever its sign. */
  minMinor: z.optional(sizeMinor()),
  maxMinor: z.optional(sizeMinor()),
  direction: z.optional(z.enum(['in', 'out'])),
  accountId: z.optional(ownId('acc')),
  /** Of the category or one below it; `none`: of no category. */
  categoryId: z.optional(z.union([ownId('cat'), z.literal('none')])),
  /** The merchant, whatever number or place stands behind the name. */
  merchant: z.optional(text(200, 1)),
  /** In description, merchant, counterparty or note. */
  search: z.optional(text(200, 1)),
  currency: z.optional(currency()),
  source: z.optional(z.enum(TRANSACTION_SOURCES)),
  /** Default: all but `void`. */
  state: z.optional(z.enum(TRANSACTION_STATES)),
  needsReview: z.optional(z.boolean()),
  statementId: z.optional(ownId('stm')),
  ownerId: z.optional(z.union([ownId('usr'), z.literal('shop')])),
}
export const TransactionFilter = z.object(transactionFilter)
export type TransactionFilter = z.output<typeof TransactionFilter>

export const SUMMARY_KEYS = ['category', 'merchant', 'month', 'account'] as const

const Totals = z.object({
  /** Minor units that came in, and that went out; neither is negative. */
  inMinor: z.int(),
  outMinor: z.int(),
  count: z.int(),
})

export const TransactionSummary = z.object({
  by: z.enum(SUMMARY_KEYS),
  from: calendarDay(),
  to: calendarDay(),
  /** As many days, right before. */
  previous: z.object({ from: calendarDay(), to: calendarDay() }),
  /** Largest sizes first, each currency for itself: amounts of different currencies are never added. */
  items: z.array(
    z.object({
      /** Id of the category or account, name of the merchant, month; `null`: of none. */
      key: z.nullable(z.string()),
      /** For people. */
      label: z.string(),
      currency: currency(),
      ...Totals.shape,
      previous: Totals,
    }),
  ),
  totals: z.array(z.object({ currency: currency(), ...Totals.shape, previous: Totals })),
})
export type TransactionSummary = z.output<typeof TransactionSummary>

export const TransferInput = z.object({
  fromAccountId: ownId('acc'),
  toAccountId: ownId('acc'),
  /** What leaves the first account, in minor units of its currency. */
  amountMinor: sizeMinor(1),
  /** What arrives, in minor units of the other's currency; needed where the currencies differ, and only then. */
  toAmountMinor: z.optional(sizeMinor(1)),
  bookedOn: z.optional(calendarDay()),
  description: z.optional(text(500, 1)),
  note: z.optional(z.nullable(text(2_000))),
  /** What the caller knows it by: sending the same again changes nothing. */
  externalId: z.optional(foreignId()),
})
export type TransferInput = z.output<typeof TransferInput>

export const Transfer = z.object({ id: ownId('trf'), from: Transaction, to: Transaction })
export type Transfer = z.output<typeof Transfer>

export const SavedFilter = z.object({ id: ownId('flt'), name: z.string(), filter: TransactionFilter })
export type SavedFilter = z.output<typeof SavedFilter>

const transactionId = z.object({ transactionId: ownId('txn') })
const MAX_EXPORT_BYTES = 1 << 30

export const transactions = {
  /** Newest first. */
  list: route({
    method: 'GET',
    path: '/api/transactions',
    access: ownOr('ledger:read'),
    query: z.object({ ...pageQuery, ...transactionFilter }),
    output: page(Transaction),
    paged: true,
    errors: ['not_found'],
  }),
  create: route({
    method: 'POST',
    path: '/api/transactions',
    access: ownOr('ledger:write'),
    body: TransactionInput,
    output: Transaction,
    status: 201,
    errors: ['not_found', 'conflict'],
  }),
  /** What `list` gives, as a table. No cell is run as a formula. */
  export: route({
    method: 'GET',
    path: '/api/transactions/export',
    access: ownOr('ledger:read'),
    query: z.object(transactionFilter),
    output: file(['text/csv'], MAX_EXPORT_BYTES),
    timeoutMs: 5 * 60_000,
    errors: ['not_found'],
  }),
  summary: route({
    method: 'GET',
    path: '/api/transactions/summary',
    access: ownOr('ledger:read'),
    query: z.object({
      by: z._default(z.enum(SUMMARY_KEYS), 'category'),
      /** Whether money that was moved between accounts counts. */
      transfers: z._default(z.boolean(), false),
      /** Without `from` and `to`: this month so far. */
      ...transactionFilter,
    }),
    output: TransactionSummary,
    errors: ['not_found'],
  }),
  /** Moves money between two accounts: two transactions, made and undone as one. */
  transfer: route({
    method: 'POST',
    path: '/api/transactions/transfer',
    access: ownOr('ledger:write'),
    body: TransferInput,
    output: Transfer,
    status: 201,
    errors: ['not_found', 'conflict'],
  }),
  get: route({
    method: 'GET',
    path: '/api/transactions/{transaction_id}',
    access: ownOr('ledger:read'),
    params: transactionId,
    output: Transaction,
    errors: ['not_found'],
  }),
  update: route({
    method: 'PATCH',
    path: '/api/transactions/{transaction_id}',
    access: ownOr('ledger:write'),
    params: transactionId,
    body: TransactionChange,
    output: Transaction,
    errors: ['not_found', 'conflict'],
  }),
  /** Both sides of a transfer. What an import brought becomes `void`, so that it does not come again. */
  remove: route({
    method: 'DELETE',
    path: '/api/transactions/{transaction_id}',
    access: ownOr('ledger:write'),
    params: transactionId,
    output: null,
    errors: ['not_found', 'conflict'],
  }),
  /** Puts parts of a transaction into categories; the parts add up to it. An empty list makes it whole again. */
  split: route({
    method: 'PUT',
    path: '/api/transactions/{transaction_id}/splits',
    access: ownOr('ledger:write'),
    params: transactionId,
    body: z.object({ splits: z.array(TransactionSplit).check(z.maxLength(MAX_SPLITS)) }),
    output: Transaction,
    errors: ['not_found', 'conflict'],
  }),
  /** Filters that the caller has put aside. */
  filters: route({
    method: 'GET',
    path: '/api/transaction-filters',
    access: ownOr('ledger:read'),
    output: z.object({ items: z.array(SavedFilter) }),
  }),
  saveFilter: route({
    method: 'POST',
    path: '/api/transaction-filters',
    access: ownOr('ledger:read'),
    body: z.object({ name: text(100, 1), filter: TransactionFilter }),
    output: SavedFilter,
    status: 201,
    errors: ['conflict'],
  }),
  removeFilter: route({
    method: 'DELETE',
    path: '/api/transaction-filters/{filter_id}',
    access: ownOr('ledger:read'),
    params: z.object({ filterId: ownId('flt') }),
    output: null,
    errors: ['not_found'],
  }),
}
