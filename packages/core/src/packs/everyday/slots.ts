import type { PackSlot } from '../../brain/dialogue/types.ts'

export const EVERYDAY_SLOTS: Readonly<Record<string, PackSlot>> = {
  receipt: {
    kind: 'name',
    label: 'the receipt',
    ask: 'receipt.which',
    example: 'the first one',
    list: 'receipts',
    words: ['receipt', 'invoice', 'bill'],
    chips: 'list',
  },
  receipt_dates: {
    kind: 'dates',
    label: 'the time',
    ask: 'receipt.when',
    example: 'last week',
    words: ['date', 'day', 'month', 'week'],
  },
  receipt_amount: { kind: 'money', label: 'the amount', ask: 'receipt.how_much', example: '£24.99' },
  receipt_merchant: {
    kind: 'name',
    label: 'the shop',
    ask: 'receipt.from_whom',
    example: 'Harbour Books',
    list: 'merchants',
  },
  receipt_order: {
    kind: 'order-id',
    label: 'the order',
    ask: 'receipt.which_order',
    example: '#1043',
    list: 'orders',
  },
  email: {
    kind: 'email',
    label: 'the e-mail address',
    ask: 'email.ask',
    example: 'anna@example.com',
    words: ['email', 'e-mail', 'mail', 'address'],
    isSensitive: true,
  },
  subject: {
    kind: 'text',
    label: 'what happened',
    ask: 'complaint.what',
    example: 'nobody answered my e-mail',
    check: { minLength: 3, maxLength: 1000 },
    isSensitive: true,
  },
}
