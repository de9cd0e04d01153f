import type { FlowStep, PackFlow } from '../../brain/dialogue/types.ts'
import { call, cards, end, foundNone, from, isMissing, isSet, named, needsChoice, say, slot, when } from '../steps.ts'

const RECEIPT_HINTS = ['receipt', 'receipt_order', 'receipt_dates', 'receipt_amount', 'receipt_merchant']

/** Finds one receipt: afterwards it is `slots.receipt.id`, if it was chosen, or else `results.found.receipt`. */
const findOne: readonly FlowStep[] = [
  when(
    isMissing('slots.receipt'),
    call(
      'receipt-find',
      {
        order: from('slots.receipt_order'),
        dates: from('slots.receipt_dates'),
        amount: from('slots.receipt_amount'),
        merchant: from('slots.receipt_merchant.id'),
      },
      { as: 'found', failures: { not_found: { say: 'receipt.none' } } },
    ),
  ),
  when(foundNone('found'), say('receipt.none')),
  when(foundNone('found'), end('failed')),
  when(needsChoice('found'), say('receipt.several')),
  when(needsChoice('found'), cards('found')),
  when(needsChoice('found'), slot('receipt')),
]

export const EVERYDAY_FLOWS: Readonly<Record<string, PackFlow>> = {
  find_receipt: {
    version: 1,
    label: 'the receipt',
    slots: RECEIPT_HINTS,
    steps: [
      ...findOne,
      when(isSet('slots.receipt'), say('receipt.chosen')),
      when(isMissing('slots.receipt'), say('receipt.found')),
      when(isMissing('slots.receipt'), cards('found')),
    ],
    next: ['receipt_pdf', 'mail_receipt'],
  },
  receipt_pdf: {
    version: 1,
    label: 'the receipt as PDF',
    slots: RECEIPT_HINTS,
    steps: [
      ...findOne,
      when(
        isSet('slots.receipt'),
        call('receipt-pdf', { receipt: from('slots.receipt.id') }, { as: 'pdf', failures: notFound('receipt.none') }),
      ),
      when(
        isMissing('slots.receipt'),
        call(
          'receipt-pdf',
          { receipt: from('results.found.receipt') },
          { as: 'pdf', failures: notFound('receipt.none') },
        ),
      ),
      say('receipt.pdf'),
    ],
    next: ['mail_receipt'],
  },
  mail_receipt: {
    version: 1,
    label: 'the receipt by e-mail',
    slots: RECEIPT_HINTS,
    steps: [
      ...findOne,
      slot('email'),
      when(
        isSet('slots.receipt'),
        call(
          'receipt-mail',
          { receipt: from('slots.receipt.id'), email: from('slots.email') },
          { as: 'mail', confirm: 'receipt.mail_confirm', failures: notFound('receipt.none') },
        ),
      ),
      when(
        isMissing('slots.receipt'),
        call(
          'receipt-mail',
          { receipt: from('results.found.receipt'), email: from('slots.email') },
          { as: 'mail', confirm: 'receipt.mail_confirm', failures: notFound('receipt.none') },
        ),
      ),
      say('receipt.mailed'),
    ],
  },
  complaint: {
    version: 1,
    label: 'the complaint',
    steps: [
      say('complaint.sorry'),
      slot('subject'),
      call('complaint-open', { subject: from('slots.subject') }, { as: 'complaint' }),
      say('complaint.done'),
    ],
    next: ['hand_off'],
  },
  password_reset: {
    version: 1,
    label: 'the new password',
    steps: [slot('email'), call('password-reset', { email: from('slots.email') }), say('password.sent')],
  },
  export_data: {
    version: 1,
    label: 'the copy of your data',
    steps: [call('data-export', {}, { confirm: 'data.export_confirm' }), say('data.export_done')],
  },
  delete_account: {
    version: 1,
    label: 'closing your account',
    steps: [
      call(
        'account-delete',
        {},
        { confirm: 'data.delete_confirm', failures: { refused: { say: 'data.delete_refused' } } },
      ),
      say('data.delete_done'),
    ],
  },
}

function notFound(template: string) {
  return { not_found: { say: template } }
}

/** A frequent question, answered with what the tenant wrote on the topic; the pack knows nobody's policies. */
export function questionFlow(topic: string, label: string): PackFlow {
  return {
    version: 1,
    label,
    steps: [
      named(
        'look',
        call(
          'answer',
          { topic, text: from('text') },
          { as: 'answer', failures: { not_found: { say: 'answer.none' }, any: { say: 'answer.none' } } },
        ),
      ),
      say('answer.text'),
    ],
    next: ['hand_off'],
  }
}
