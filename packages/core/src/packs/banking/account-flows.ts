import type { FlowFailure, FlowStep, PackFlow } from '../../brain/dialogue/types.ts'
import { call, cards, end, foundNone, from, goTo, is, named, needsChoice, say, slot, when } from '../steps.ts'

const UNKNOWN_PAYEE: Readonly<Record<string, FlowFailure>> = {
  not_found: { say: 'payee.unknown', clear: ['payee'], go: 'payee' },
}

/** Cards, limits, orders to pay again and again, budgets. */
export const ACCOUNT_FLOWS: Readonly<Record<string, PackFlow>> = {
  card_declined: {
    version: 1,
    label: 'the card',
    slots: ['card', 'merchant'],
    steps: [
      ...aboutCard(
        call('card-status', { card: from('slots.card.id'), merchant: from('slots.merchant.id') }, { as: 'card' }),
      ),
      when(is('results.card.state', 'declined'), say('card.declined')),
      when(is('results.card.state', 'frozen'), say('card.frozen_now')),
      when(is('results.card.state', 'fine'), say('card.fine')),
    ],
    next: ['unfreeze_card', 'limits', 'hand_off'],
  },
  card_lost: {
    version: 1,
    label: 'the lost card',
    steps: [
      slot('how_lost'),
      slot('card'),
      say('card.lost_sorry'),
      call(
        'card-freeze',
        { card: from('slots.card.id') },
        {
          as: 'frozen',
          confirm: 'card.freeze_confirm',
          failures: { already: { say: 'card.is_frozen', go: 'replace' } },
        },
      ),
      say('card.frozen'),
      named(
        'replace',
        call(
          'card-replace',
          { card: from('slots.card.id'), reason: from('slots.how_lost') },
          { as: 'replaced', confirm: 'card.replace_confirm' },
        ),
      ),
      say('card.replaced'),
    ],
    next: ['fraud_report', 'transactions'],
  },
  freeze_card: {
    version: 1,
    label: 'freezing the card',
    steps: [
      slot('card'),
      call(
        'card-freeze',
        { card: from('slots.card.id') },
        { as: 'frozen', confirm: 'card.freeze_confirm', failures: { already: { say: 'card.is_frozen' } } },
      ),
      say('card.frozen'),
    ],
    next: ['unfreeze_card', 'new_card'],
  },
  unfreeze_card: {
    version: 1,
    label: 'unfreezing the card',
    steps: [
      slot('card'),
      call(
        'card-unfreeze',
        { card: from('slots.card.id') },
        { as: 'thawed', confirm: 'card.unfreeze_confirm', failures: { already: { say: 'card.not_frozen' } } },
      ),
      say('card.unfrozen'),
    ],
  },
  card_pin: {
    version: 1,
    label: 'your PIN',
    steps: [slot('card'), call('pin-reminder', { card: from('slots.card.id') }, { as: 'pin' }), say('card.pin')],
  },
  new_card: {
    version: 1,
    label: 'the new card',
    steps: [
      slot('card'),
      slot('replace_reason'),
      call(
        'card-replace',
        { card: from('slots.card.id'), reason: from('slots.replace_reason') },
        { as: 'replaced', confirm: 'card.replace_confirm' },
      ),
      say('card.replaced'),
    ],
    next: ['freeze_card'],
  },
  activate_card: {
    version: 1,
    label: 'activating the card',
    steps: [
      slot('card'),
      call(
        'card-activate',
        { card: from('slots.card.id') },
        { as: 'activated', confirm: 'card.activate_confirm', failures: { already: { say: 'card.is_active' } } },
      ),
      say('card.activated'),
    ],
    next: ['card_pin'],
  },
  fraud_report: {
    version: 1,
    label: 'the report',
    steps: [
      say('fraud.sorry'),
      slot('payment'),
      call('fraud-report', { transaction: from('slots.payment') }, { as: 'fraud', confirm: 'fraud.confirm' }),
      say('fraud.done'),
    ],
    next: ['freeze_card', 'hand_off'],
  },
  limits: {
    version: 1,
    label: 'your limits',
    steps: [call('limits', {}, { as: 'limits' }), say('limit.is')],
    next: ['change_limit'],
  },
  change_limit: {
    version: 1,
    label: 'the new limit',
    steps: [
      named('limit', slot('limit')),
      call(
        'limit-change',
        { amount: from('slots.limit') },
        {
          as: 'changed',
          confirm: 'limit.confirm',
          failures: { over_limit: { say: 'limit.too_high', clear: ['limit'], go: 'limit' } },
        },
      ),
      say('limit.changed'),
    ],
  },
  direct_debits: listFlow('the direct debits', 'direct-debits', 'debits.none', 'debits.found', 'cancel_direct_debit'),
  standing_orders: listFlow(
    'the standing orders',
    'standing-orders',
    'standing.none',
    'standing.found',
    'set_standing_order',
  ),
  cancel_direct_debit: {
    version: 1,
    label: 'stopping the direct debit',
    steps: [
      named('payee', slot('payee', { ask: 'debits.which' })),
      call(
        'direct-debit-cancel',
        { payee: from('slots.payee.id') },
        { as: 'stopped', confirm: 'debits.confirm', failures: UNKNOWN_PAYEE },
      ),
      say('debits.cancelled'),
    ],
    next: ['direct_debits'],
  },
  set_standing_order: {
    version: 1,
    label: 'the standing order',
    steps: [
      slot('amount'),
      named('payee', slot('payee')),
      slot('frequency'),
      call(
        'standing-order-set',
        { amount: from('slots.amount'), payee: from('slots.payee.id'), frequency: from('slots.frequency') },
        { as: 'standing', confirm: 'standing.confirm', failures: UNKNOWN_PAYEE },
      ),
      say('standing.set'),
    ],
    next: ['standing_orders'],
  },
  cancel_standing_order: {
    version: 1,
    label: 'stopping the standing order',
    steps: [
      named('payee', slot('payee', { ask: 'standing.which' })),
      call(
        'standing-order-cancel',
        { payee: from('slots.payee.id') },
        { as: 'stopped', confirm: 'standing.cancel_confirm', failures: UNKNOWN_PAYEE },
      ),
      say('standing.cancelled'),
    ],
    next: ['standing_orders'],
  },
  budget_view: {
    version: 1,
    label: 'your budget',
    slots: ['category'],
    steps: [
      call(
        'budget-view',
        { category: from('slots.category.id') },
        { as: 'budget', failures: { not_found: { say: 'budget.none' } } },
      ),
      when(foundNone('budget'), say('budget.none')),
      when(foundNone('budget'), end()),
      say('budget.is'),
      cards('budget'),
    ],
    next: ['set_budget', 'spending'],
  },
  set_budget: {
    version: 1,
    label: 'the budget',
    steps: [
      slot('category'),
      slot('amount'),
      call(
        'budget-set',
        { category: from('slots.category.id'), amount: from('slots.amount') },
        { as: 'budget', confirm: 'budget.confirm' },
      ),
      say('budget.set'),
    ],
    next: ['budget_view'],
  },
  change_address: {
    version: 1,
    label: 'the new address',
    steps: [
      slot('home_address'),
      call('address-update', { address: from('slots.home_address') }, { as: 'address', confirm: 'address.confirm' }),
      say('address.changed'),
    ],
  },
}

/** Asks the skill first, which knows whether there is one card only; if there are several it asks which. */
function aboutCard(look: FlowStep): readonly FlowStep[] {
  return [
    named('look', look),
    when({ not: needsChoice('card') }, goTo('known')),
    named('which', slot('card')),
    goTo('look'),
    named('known', say('card.checked')),
  ]
}

function listFlow(label: string, skill: string, none: string, found: string, next: string): PackFlow {
  return {
    version: 1,
    label,
    steps: [
      call(skill, {}, { as: 'found' }),
      when(foundNone('found'), say(none)),
      when(foundNone('found'), end()),
      say(found),
      cards('found'),
    ],
    next: [next],
  }
}
