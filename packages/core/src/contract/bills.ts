import * as z from 'zod/mini'
import { ownOr, route } from './define.ts'
import { calendarDay, sizeMinor } from './ledger.ts'
import { currency, instant, Money, ownId, text } from './schema.ts'

export const BILL_INTERVALS = ['once', 'week', 'two-weeks', 'month', 'quarter', 'year'] as const
export type BillInterval = (typeof BILL_INTERVALS)[number]
/** `suggested`: found in transactions, and nobody has said yet that it is one. */
export const BILL_STATES = ['suggested', 'active', 'paused', 'ended'] as const

const billFields = {
  /** Who is paid; transactions are matched by it. */
  name: text(200, 1),
  /** What is paid, in minor units. */
  amountMinor: sizeMinor(1),
  currency: currency(),
  /** How far an amount may be from this and still be the bill's, in hundredths of it. */
  tolerancePercent: z._default(z.int().check(z.gte(0), z.lte(100)), 10),
  every: z.enum(BILL_INTERVALS),
  nextDueOn: calendarDay(),
  accountId: z.optional(z.nullable(ownId('acc'))),
  categoryId: z.optional(z.nullable(ownId('cat'))),
  /** Days before the due day on which a mail reminds; `null`: never. */
  remindDaysBefore: z._default(z.nullable(z.int().check(z.gte(0), z.lte(60))), 3),
}
export const BillInput = z.object(billFields)
export type BillInput = z.output<typeof BillInput>

export const BillChange = z.object({
  name: z.optional(text(200, 1)),
  amountMinor: z.optional(sizeMinor(1)),
  tolerancePercent: z.optional(z.int().check(z.gte(0), z.lte(100))),
  every: z.optional(z.enum(BILL_INTERVALS)),
  nextDueOn: z.optional(calendarDay()),
  accountId: z.optional(z.nullable(ownId('acc'))),
  categoryId: z.optional(z.nullable(ownId('cat'))),
  remindDaysBefore: z.optional(z.nullable(z.int().check(z.gte(0), z.lte(60)))),
  state: z.optional(z.enum(['active', 'paused', 'ended'])),
})
export type BillChange = z.output<typeof BillChange>

export const Bill = z.object({
  id: ownId('bil'),
  ownerId: z.nullable(z.string()),
  name: z.string(),
  amount: Money,
  tolerancePercent: z.int(),
  every: z.enum(BILL_INTERVALS),
  /** `null` once nothing is due any more. */
  nextDueOn: z.nullable(calendarDay()),
  accountId: z.nullable(z.string()),
  categoryId: z.nullable(z.string()),
  remindDaysBefore: z.nullable(z.int()),
  state: z.enum(BILL_STATES),
  source: z.enum(['entered', 'detected']),
  /** The latest payments, newest first. */
  payments: z.array(z.object({ dueOn: calendarDay(), paidOn: calendarDay(), transactionId: z.nullable(z.string()) })),
  createdAt: instant(),
  updatedAt: instant(),
})
export type Bill = z.output<typeof Bill>

const billId = z.object({ billId: ownId('bil') })

export const bills = {
  /** What is due first comes first. */
  list: route({
    method: 'GET',
    path: '/api/bills',
    access: ownOr('ledger:read'),
    query: z.object({
      state: z.optional(z.enum(BILL_STATES)),
      /** Due on this day or before. */
      dueBy: z.optional(calendarDay()),
    }),
    output: z.object({ items: z.array(Bill) }),
  }),
  create: route({
    method: 'POST',
    path: '/api/bills',
    access: ownOr('ledger:write'),
    body: BillInput,
    output: Bill,
    status: 201,
    errors: ['not_found', 'conflict'],
  }),
  /** Looks for payments that come back: the same merchant, steady days and amounts. What is found is `suggested`. */
  detect: route({
    method: 'POST',
    path: '/api/bills/detect',
    access: ownOr('ledger:write'),
    output: z.object({ items: z.array(Bill) }),
  }),
  get: route({
    method: 'GET',
    path: '/api/bills/{bill_id}',
    access: ownOr('ledger:read'),
    params: billId,
    output: Bill,
    errors: ['not_found'],
  }),
  update: route({
    method: 'PATCH',
    path: '/api/bills/{bill_id}',
    access: ownOr('ledger:write'),
    params: billId,
    body: BillChange,
    output: Bill,
    errors: ['not_found'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/api/bills/{bill_id}',
    access: ownOr('ledger:write'),
    params: billId,
    output: null,
    errors: ['not_found'],
  }),
  /** Marks what is due as paid, by a transaction or without one. */
  pay: route({
    method: 'POST',
    path: '/api/bills/{bill_id}/pay',
    access: ownOr('ledger:write'),
    params: billId,
    body: z.object({ transactionId: z.optional(ownId('txn')), paidOn: z.optional(calendarDay()) }),
    output: Bill,
    errors: ['not_found', 'conflict'],
  }),
}
