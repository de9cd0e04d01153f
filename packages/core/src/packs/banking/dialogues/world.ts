import type { DialogueContext, DialogueScript } from '../../../brain/dialogue/types.ts'
import { gbp } from '../../tell.ts'

/** Whom and what the bank of the scripted dialogues knows. */
export const BANKING_CONTEXT: Partial<DialogueContext> = {
  currency: 'GBP',
  lists: {
    accounts: [
      { id: 'acc_current', name: 'Current account' },
      { id: 'acc_savings', name: 'Savings account' },
      { id: 'acc_joint', name: 'Joint account' },
    ],
    payees: [
      { id: 'pay_anna', name: 'Anna Berg' },
      { id: 'pay_ben', name: 'Ben Cole' },
      { id: 'pay_carla', name: 'Carla Diaz' },
      { id: 'pay_northwind', name: 'Northwind Energy' },
      { id: 'pay_water', name: 'Clearwater' },
      { id: 'pay_fit', name: 'FitClub' },
      { id: 'pay_stream', name: 'Streamly' },
    ],
    cards: [
      { id: 'crd_debit', name: 'Debit card' },
      { id: 'crd_credit', name: 'Credit card' },
    ],
    merchants: [
      { id: 'mer_cafe', name: 'Harbour Café' },
      { id: 'mer_blue', name: 'Bluefin' },
      { id: 'mer_green', name: 'Greenleaf' },
    ],
    categories: [
      { id: 'cat_food', name: 'Groceries' },
      { id: 'cat_out', name: 'Eating out' },
      { id: 'cat_transport', name: 'Transport' },
      { id: 'cat_clothes', name: 'Clothes' },
    ],
    currencies: [
      { id: 'GBP', name: 'pounds' },
      { id: 'EUR', name: 'euros' },
      { id: 'USD', name: 'dollars' },
      { id: 'CHF', name: 'Swiss francs' },
    ],
  },
}

/** What its skills answer, unless a dialogue says otherwise. */
export const BANKING_WORLD: NonNullable<DialogueScript['skills']> = {
  answer: { data: { text: 'Here is what our pages say about it.' } },
  balance: { data: { account: 'Current account', amount: gbp(812.4) } },
  transactions: { data: { count: 5, total: gbp(143.2) } },
  spending: { data: { count: 9, total: gbp(231.5) } },
  'pending-payments': { data: { count: 2, total: gbp(58) } },
  transfer: { data: { reference: 'T-100' } },
  'pay-bill': { data: { reference: 'B-200' } },
  'upcoming-bills': { data: { count: 3, total: gbp(188.4) } },
  'card-status': { data: { state: 'declined', reason: 'the daily limit was reached' } },
  'card-freeze': { data: {} },
  'card-unfreeze': { data: {} },
  'card-replace': { data: {} },
  'card-activate': { data: {} },
  'pin-reminder': { data: { url: 'https://bank.example/cards/pin' } },
  fees: { data: { count: 1, total: gbp(5) } },
  'exchange-rate': { data: { from: 'GBP', to: 'EUR', rate: 1.18 } },
  'fraud-report': { data: { reference: 'F-300' } },
  limits: { data: { daily: gbp(1000) } },
  'limit-change': { data: {} },
  statement: { data: { count: 1, url: 'https://bank.example/statements/1.pdf' } },
  'direct-debits': { data: { count: 2, total: gbp(44) } },
  'direct-debit-cancel': { data: {} },
  'standing-orders': { data: { count: 1, total: gbp(700) } },
  'standing-order-set': { data: {} },
  'standing-order-cancel': { data: {} },
  'budget-view': { data: { count: 1, limit: gbp(300), spent: gbp(210), left: gbp(90) } },
  'budget-set': { data: {} },
  interest: { data: { count: 1, account: 'Savings account', rate: 3.1 } },
  'savings-move': { data: { balance: gbp(1100) } },
  'top-up': { data: { balance: gbp(862.4) } },
  'refund-check': { data: { count: 1, merchant: 'Greenleaf', amount: gbp(45), state: 'paid' } },
  'address-update': { data: {} },
  'receipt-find': {
    data: { count: 1, receipt: 'rcp_1', merchant: 'Greenleaf', total: gbp(45), on: '2026-11-13' },
    cards: [{ kind: 'receipt', id: 'rcp_1', title: 'Greenleaf, 13 November', list: 'receipts' }],
  },
  'receipt-pdf': { data: { url: 'https://bank.example/receipts/rcp_1.pdf' } },
  'receipt-mail': { data: {} },
  'complaint-open': { data: { reference: 'C-9' } },
  'password-reset': { data: {} },
  'data-export': { data: {} },
  'account-delete': { data: {} },
}
