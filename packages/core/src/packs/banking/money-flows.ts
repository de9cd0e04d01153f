import type { FlowFailure, PackFlow } from '../../brain/dialogue/types.ts'
import { call, cards, end, foundNone, from, goTo, named, needsChoice, say, slot, when } from '../steps.ts'

const UNKNOWN_PAYEE: FlowFailure = { say: 'payee.unknown', clear: ['payee'], go: 'payee' }
const NOT_ENOUGH: FlowFailure = { say: 'amount.not_enough', clear: ['amount'], go: 'amount' }
const OVER_LIMIT: FlowFailure = { say: 'amount.over_limit', clear: ['amount'], go: 'amount' }

/** Money that is looked at, and money that moves. */
export const MONEY_FLOWS: Readonly<Record<string, PackFlow>> = {
  balance: {
    version: 1,
    label: 'your balance',
    slots: ['account'],
    steps: [
      named(
        'look',
        call(
          'balance',
          { account: from('slots.account.id') },
          { as: 'balance', failures: { not_found: { say: 'account.unknown', clear: ['account'], go: 'which' } } },
        ),
      ),
      when(needsChoice('balance'), goTo('which')),
      say('balance.is'),
      cards('balance'),
      end(),
      named('which', slot('account')),
      goTo('look'),
    ],
    next: ['transactions', 'spending', 'transfer'],
  },
  transactions: {
    version: 1,
    label: 'your payments',
    slots: ['account', 'dates', 'merchant', 'category', 'sought'],
    steps: [
      call(
        'transactions',
        {
          account: from('slots.account.id'),
          dates: from('slots.dates'),
          merchant: from('slots.merchant.id'),
          category: from('slots.category.id'),
          amount: from('slots.sought'),
        },
        { as: 'found', failures: { not_found: { say: 'transactions.none' } } },
      ),
      when(foundNone('found'), say('transactions.none')),
      when(foundNone('found'), end()),
      say('transactions.found'),
      cards('found'),
    ],
    next: ['spending', 'fraud_report'],
  },
  spending: {
    version: 1,
    label: 'what you spent',
    slots: ['category', 'merchant'],
    steps: [
      slot('dates'),
      call(
        'spending',
        {
          dates: from('slots.dates'),
          category: from('slots.category.id'),
          merchant: from('slots.merchant.id'),
        },
        { as: 'spent', failures: { not_found: { say: 'spending.none' } } },
      ),
      when(foundNone('spent'), say('spending.none')),
      when(foundNone('spent'), end()),
      say('spending.is'),
      cards('spent'),
    ],
    next: ['transactions', 'set_budget'],
  },
  pending_payments: listFlow('the pending payments', 'pending-payments', 'pending.none', 'pending.found'),
  upcoming_bills: {
    ...listFlow('the bills', 'upcoming-bills', 'bills.none', 'bills.found', { dates: from('slots.due') }),
    slots: ['due'],
    next: ['pay_bill'],
  },
  transfer: {
    version: 1,
    label: 'the transfer',
    slots: ['account'],
    steps: [
      named('amount', slot('amount')),
      named('payee', slot('payee')),
      call(
        'transfer',
        { amount: from('slots.amount'), payee: from('slots.payee.id'), account: from('slots.account.id') },
        {
          as: 'transfer',
          confirm: 'transfer.confirm',
          failures: { insufficient_funds: NOT_ENOUGH, over_limit: OVER_LIMIT, not_found: UNKNOWN_PAYEE },
        },
      ),
      say('transfer.done'),
    ],
    next: ['balance'],
  },
  pay_bill: {
    version: 1,
    label: 'the bill',
    slots: ['account'],
    steps: [
      named('bill', slot('bill')),
      named('amount', slot('amount')),
      call(
        'pay-bill',
        { bill: from('slots.bill.id'), amount: from('slots.amount') },
        {
          as: 'paid',
          confirm: 'bill.confirm',
          failures: {
            insufficient_funds: NOT_ENOUGH,
            over_limit: OVER_LIMIT,
            not_found: { say: 'bill.unknown', clear: ['bill'], go: 'bill' },
          },
        },
      ),
      say('bill.paid'),
    ],
    next: ['upcoming_bills', 'balance'],
  },
  savings: {
    version: 1,
    label: 'your savings',
    steps: [
      named('amount', slot('amount')),
      call(
        'savings-move',
        { amount: from('slots.amount') },
        { as: 'saved', confirm: 'savings.confirm', failures: { insufficient_funds: NOT_ENOUGH } },
      ),
      say('savings.done'),
    ],
    next: ['balance'],
  },
  top_up: {
    version: 1,
    label: 'the top-up',
    steps: [
      named('amount', slot('amount')),
      call(
        'top-up',
        { amount: from('slots.amount') },
        { as: 'topped', confirm: 'top_up.confirm', failures: { over_limit: OVER_LIMIT } },
      ),
      say('top_up.done'),
    ],
    next: ['balance'],
  },
  fees: {
    ...listFlow('the fees', 'fees', 'fees.none', 'fees.found', { dates: from('slots.dates') }),
    slots: ['dates'],
  },
  interest: {
    version: 1,
    label: 'the interest',
    slots: ['account'],
    steps: [
      named(
        'look',
        call(
          'interest',
          { account: from('slots.account.id') },
          { as: 'interest', failures: { not_found: { say: 'interest.none' } } },
        ),
      ),
      when(foundNone('interest'), say('interest.none')),
      when(foundNone('interest'), end()),
      when(needsChoice('interest'), goTo('which')),
      say('interest.is'),
      end(),
      named('which', slot('account')),
      goTo('look'),
    ],
  },
  exchange_rate: {
    version: 1,
    label: 'the exchange rate',
    slots: ['sought'],
    steps: [
      named('from', slot('from_currency')),
      slot('to_currency'),
      call(
        'exchange-rate',
        { from: from('slots.from_currency.id'), to: from('slots.to_currency.id'), amount: from('slots.sought') },
        {
          as: 'rate',
          failures: { not_found: { say: 'rate.unknown', clear: ['from_currency', 'to_currency'], go: 'from' } },
        },
      ),
      say('rate.is'),
    ],
  },
  statement: {
    version: 1,
    label: 'the statement',
    steps: [
      slot('dates'),
      call(
        'statement',
        { dates: from('slots.dates') },
        { as: 'statement', failures: { not_found: { say: 'statement.none' } } },
      ),
      when(foundNone('statement'), say('statement.none')),
      when(foundNone('statement'), end()),
      say('statement.done'),
    ],
  },
  refund_check: {
    version: 1,
    label: 'the refund',
    slots: ['merchant', 'sought'],
    steps: [
      call(
        'refund-check',
        { merchant: from('slots.merchant.id'), amount: from('slots.sought') },
        { as: 'refund', failures: { not_found: { say: 'refund.none' } } },
      ),
      when(foundNone('refund'), say('refund.none')),
      when(foundNone('refund'), end()),
      say('refund.is'),
    ],
  },
}

/** Looks something up that is a list: says that there is none, or how many, and shows them. */
function listFlow(
  label: string,
  skill: string,
  none: string,
  found: string,
  args: Parameters<typeof call>[1] = {},
): PackFlow {
  return {
    version: 1,
    label,
    steps: [
      call(skill, args, { as: 'found', failures: { not_found: { say: none } } }),
      when(foundNone('found'), say(none)),
      when(foundNone('found'), end()),
      say(found),
      cards('found'),
    ],
  }
}
