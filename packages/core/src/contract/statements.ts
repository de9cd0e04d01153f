import * as z from 'zod/mini'
import { file, ownOr, route } from './define.ts'
import { calendarDay } from './ledger.ts'
import { currency, instant, Money, ownId, page, pageQuery, text } from './schema.ts'

export const MAX_STATEMENT_BYTES = 10 * 2 ** 20
/** Entries of one file; what has more is to be split. */
export const MAX_STATEMENT_ROWS = 20_000
export const STATEMENT_TYPES = [
  'application/octet-stream',
  'text/csv',
  'text/plain',
  'text/xml',
  'application/xml',
  'application/x-ofx',
  'application/vnd.intu.qfx',
  'application/x-qif',
  'application/vnd.ms-excel',
] as const

export const STATEMENT_FORMATS = ['ofx', 'qif', 'camt', 'mt940', 'csv'] as const
/** `needs_input`: the file can be read in two ways, and `questions` says what to tell. */
export const STATEMENT_STATES = ['needs_input', 'preview', 'committed', 'undone'] as const

const COLUMN_ROLES = [
  'bookedAt',
  'valuedAt',
  'amount',
  'debit',
  'credit',
  'direction',
  'currency',
  'counterparty',
  'text',
  'reference',
  'bankId',
  'balance',
  'account',
  'status',
] as const
export type StatementColumnRole = (typeof COLUMN_ROLES)[number]

const columnPlace = () => z.optional(z.union([z.int().check(z.gte(0), z.lte(200)), text(100, 1)]))

/** Which column of a CSV is what: its number from 0, or its header. */
export const StatementColumns = z.object({
  bookedAt: columnPlace(),
  valuedAt: columnPlace(),
  amount: columnPlace(),
  debit: columnPlace(),
  credit: columnPlace(),
  direction: columnPlace(),
  currency: columnPlace(),
  counterparty: columnPlace(),
  text: columnPlace(),
  reference: columnPlace(),
  bankId: columnPlace(),
  balance: columnPlace(),
  account: columnPlace(),
  status: columnPlace(),
})
export type StatementColumns = z.output<typeof StatementColumns>

/** How a file is to be read, where it does not say by itself. */
export const StatementReading = z.object({
  /** The account for a file of one; default: that whose number the file names. */
  accountId: z.optional(ownId('acc')),
  /** For files that name none. Default: that of the account. */
  currency: z.optional(currency()),
  dateOrder: z.optional(z.enum(['dmy', 'mdy', 'ymd'])),
  decimalMark: z.optional(z.enum(['.', ','])),
  columns: z.optional(StatementColumns),
})
export type StatementReading = z.output<typeof StatementReading>

export const StatementRow = z.object({
  /** Where it stands in the file, from 1. */
  line: z.int(),
  /** Place in `accounts`. */
  account: z.int(),
  bookedOn: calendarDay(),
  amount: Money,
  description: z.string(),
  counterparty: z.nullable(z.string()),
  /**
   * `new`: commit adds it. `duplicate`: it is in the account already. `similar`: it is new, and the account has another of that day and amount.
   * `pending`: the bank has not booked it yet; it comes with a later file. `refused`: it does not fit the account.
   */
  status: z.enum(['new', 'duplicate', 'similar', 'pending', 'refused']),
})
export type StatementRow = z.output<typeof StatementRow>

export const Statement = z.object({
  id: ownId('stm'),
  state: z.enum(STATEMENT_STATES),
  name: z.nullable(z.string()),
  format: z.nullable(z.enum(STATEMENT_FORMATS)),
  bytes: z.int(),
  reading: StatementReading,
  /** What to say with an update before the file can be read. */
  questions: z.array(z.object({ option: z.enum(['dateOrder', 'decimalMark', 'columns']), message: z.string() })),
  accounts: z.array(
    z.object({
      /** As the file writes it; empty where it names none. */
      number: z.string(),
      currency: currency(),
      /** Where its entries go; `null`: an account is to be named, or made. */
      accountId: z.nullable(z.string()),
      rows: z.int(),
      new: z.int(),
      duplicate: z.int(),
      similar: z.int(),
      pending: z.int(),
      refused: z.int(),
      from: z.nullable(calendarDay()),
      to: z.nullable(calendarDay()),
      closingBalance: z.nullable(Money),
    }),
  ),
  /** Of a CSV: its columns, by their headers or first cells, and what each was taken for. */
  columns: z.array(z.object({ header: z.string(), role: z.nullable(z.enum(COLUMN_ROLES)) })),
  /** Entries that cannot be taken, with the line they stand on. The first 200. */
  problems: z.array(z.object({ line: z.int(), reason: z.string() })),
  problemCount: z.int(),
  warnings: z.array(z.string()),
  /** What commit added. */
  added: z.int(),
  createdAt: instant(),
  committedAt: z.nullable(instant()),
})
export type Statement = z.output<typeof Statement>

const statementId = z.object({ statementId: ownId('stm') })

export const statements = {
  list: route({
    method: 'GET',
    path: '/api/statements',
    access: ownOr('ledger:read'),
    query: z.object(pageQuery),
    output: page(Statement),
    paged: true,
  }),
  /** Reads a file of a bank and shows what it would add. Nothing is added before `commit`. */
  upload: route({
    method: 'POST',
    path: '/api/statements',
    access: ownOr('ledger:write'),
    query: z.object({
      name: z.optional(text(200, 1)),
      accountId: z.optional(ownId('acc')),
      currency: z.optional(currency()),
      dateOrder: z.optional(z.enum(['dmy', 'mdy', 'ymd'])),
      decimalMark: z.optional(z.enum(['.', ','])),
    }),
    body: file(STATEMENT_TYPES, MAX_STATEMENT_BYTES),
    output: Statement,
    status: 201,
    timeoutMs: 2 * 60_000,
    errors: ['not_found', 'conflict'],
  }),
  get: route({
    method: 'GET',
    path: '/api/statements/{statement_id}',
    access: ownOr('ledger:read'),
    params: statementId,
    output: Statement,
    errors: ['not_found'],
  }),
  /** Entries of a preview in the order of the file, each with what commit does with it. */
  rows: route({
    method: 'GET',
    path: '/api/statements/{statement_id}/rows',
    access: ownOr('ledger:read'),
    params: statementId,
    query: z.object(pageQuery),
    output: page(StatementRow),
    paged: true,
    errors: ['not_found', 'conflict'],
  }),
  /** Reads the file once more, in another way. */
  update: route({
    method: 'PATCH',
    path: '/api/statements/{statement_id}',
    access: ownOr('ledger:write'),
    params: statementId,
    body: StatementReading,
    output: Statement,
    errors: ['not_found', 'conflict'],
  }),
  /** Adds what is new, all of it or nothing. Doing it again adds nothing. */
  commit: route({
    method: 'POST',
    path: '/api/statements/{statement_id}/commit',
    access: ownOr('ledger:write'),
    params: statementId,
    body: z.object({
      /** Makes an account for each of the file's that has none. */
      createAccounts: z._default(z.boolean(), false),
      /** Leaves out what is `similar` to what the account has. */
      skipSimilar: z._default(z.boolean(), false),
    }),
    output: Statement,
    timeoutMs: 2 * 60_000,
    errors: ['not_found', 'conflict'],
  }),
  /** Takes back what commit added. */
  undo: route({
    method: 'POST',
    path: '/api/statements/{statement_id}/undo',
    access: ownOr('ledger:write'),
    params: statementId,
    output: Statement,
    errors: ['not_found', 'conflict'],
  }),
}
