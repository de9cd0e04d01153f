import type { FlowFailure, PackFlow } from '../../brain/dialogue/types.ts'
import {
  call,
  cards,
  end,
  foundNone,
  from,
  goTo,
  is,
  isMissing,
  isSet,
  named,
  needsChoice,
  say,
  slot,
  when,
} from '../steps.ts'

const UNKNOWN_ORDER: Readonly<Record<string, FlowFailure>> = {
  not_found: { say: 'order.not_found', clear: ['order'], go: 'order' },
}
const TOO_LATE: FlowFailure = { say: 'order.too_late' }

/** What happens to orders: where they are, and everything that changes one. */
export const ORDER_FLOWS: Readonly<Record<string, PackFlow>> = {
  order_status: {
    version: 1,
    label: 'your order',
    slots: ['order'],
    steps: [
      named(
        'look',
        call(
          'order-status',
          { order: from('slots.order') },
          { as: 'order', failures: { not_found: { say: 'order.not_found', clear: ['order'], go: 'which' } } },
        ),
      ),
      when(foundNone('order'), say('order.none')),
      when(foundNone('order'), end()),
      when(needsChoice('order'), say('order.several')),
      when(needsChoice('order'), goTo('which')),
      say('order.status'),
      when(isSet('results.order.expectedOn'), say('order.expected')),
      when(isSet('results.order.trackingUrl'), say('order.tracking')),
      cards('order'),
      end(),
      named('which', slot('order')),
      goTo('look'),
    ],
    next: ['return_item', 'change_address', 'cancel_order'],
  },
  missing_parcel: {
    version: 1,
    label: 'the missing parcel',
    steps: [
      say('missing.sorry'),
      named('order', slot('order')),
      call('order-status', { order: from('slots.order') }, { as: 'order', failures: UNKNOWN_ORDER }),
      when({ not: is('results.order.state', 'delivered') }, say('missing.on_its_way')),
      when({ not: is('results.order.state', 'delivered') }, cards('order')),
      when({ not: is('results.order.state', 'delivered') }, end()),
      say('missing.hand_off'),
      { kind: 'hand-off', reason: 'missing_parcel' },
    ],
  },
  cancel_order: {
    version: 1,
    label: 'cancelling the order',
    steps: [
      named('order', slot('order')),
      call(
        'cancel-order',
        { order: from('slots.order') },
        {
          as: 'cancelled',
          confirm: 'order.cancel_confirm',
          failures: { ...UNKNOWN_ORDER, too_late: { say: 'order.cancel_too_late' } },
        },
      ),
      say('order.cancelled'),
    ],
    next: ['refund_status'],
  },
  change_address: {
    version: 1,
    label: 'the change of address',
    steps: [
      named('order', slot('order')),
      slot('address'),
      call(
        'change-address',
        { order: from('slots.order'), address: from('slots.address') },
        { as: 'changed', confirm: 'address.confirm', failures: { ...UNKNOWN_ORDER, too_late: TOO_LATE } },
      ),
      say('address.changed'),
    ],
  },
  return_item: {
    version: 1,
    label: 'the return',
    steps: [
      named('order', slot('order')),
      slot('item'),
      slot('reason', { isOptional: true }),
      call(
        'return-start',
        { order: from('slots.order'), item: from('slots.item'), reason: from('slots.reason') },
        {
          as: 'return',
          confirm: 'return.confirm',
          failures: { ...UNKNOWN_ORDER, too_late: { say: 'return.too_late' } },
        },
      ),
      say('return.done'),
    ],
    next: ['refund_status'],
  },
  refund_status: {
    version: 1,
    label: 'your refund',
    slots: ['order'],
    steps: [
      named(
        'look',
        call(
          'refund-status',
          { order: from('slots.order') },
          { as: 'refund', failures: { not_found: { say: 'order.not_found', clear: ['order'], go: 'which' } } },
        ),
      ),
      when(foundNone('refund'), say('refund.none')),
      when(foundNone('refund'), end()),
      when(needsChoice('refund'), say('refund.several')),
      when(needsChoice('refund'), goTo('which')),
      say('refund.status'),
      end(),
      named('which', slot('order')),
      goTo('look'),
    ],
    next: ['hand_off'],
  },
  exchange_item: {
    version: 1,
    label: 'the exchange',
    steps: [
      named('order', slot('order')),
      slot('item'),
      slot('wanted'),
      call(
        'exchange-item',
        { order: from('slots.order'), item: from('slots.item'), wanted: from('slots.wanted') },
        {
          as: 'exchange',
          confirm: 'exchange.confirm',
          failures: { ...UNKNOWN_ORDER, too_late: { say: 'return.too_late' } },
        },
      ),
      say('exchange.done'),
    ],
  },
  damaged_item: reportFlow('the damaged item', 'damage.sorry'),
  wrong_item: reportFlow('what is wrong with the parcel', 'wrong.sorry'),
}

function reportFlow(label: string, sorry: string): PackFlow {
  return {
    version: 1,
    label,
    steps: [
      when(isMissing('slots.order'), say(sorry)),
      named('order', slot('order')),
      slot('problem'),
      call(
        'damage-report',
        { order: from('slots.order'), problem: from('slots.problem') },
        { as: 'report', confirm: 'damage.confirm', failures: UNKNOWN_ORDER },
      ),
      say('damage.done'),
    ],
    next: ['return_item', 'exchange_item', 'hand_off'],
  }
}
