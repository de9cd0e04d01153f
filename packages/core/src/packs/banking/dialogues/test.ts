import type { DialogueScript } from '../../../brain/dialogue/types.ts'
import { did, ended, fails, gbp, teller } from '../../tell.ts'
import { BANKING_CONTEXT, BANKING_WORLD } from './world.ts'

const told = teller({ pack: 'banking', split: 'test', context: BANKING_CONTEXT, skills: BANKING_WORLD })

/** Dialogues to test with: written before anything was seen of how they go, and not built on. */
export const BANKING_TEST: readonly DialogueScript[] = [
  told('somebody wants to know what is left', ['good morning', 'how much money do I have', 'cheers', 'bye'], {
    calls: [did('balance')],
    ends: [ended('balance')],
  }),
  told('the joint account is looked at', ['hey', "what's in the joint account", 'thanks', 'see you'], {
    calls: [did('balance', { account: 'acc_joint' })],
  }),
  told('last payments are listed', ['hi', 'list my last payments', 'thank you', 'goodbye'], {
    calls: [did('transactions')],
    ends: [ended('transactions')],
  }),
  told(
    'payments of last week, then of this week',
    ['hi', 'show my payments from last week', 'and this week', 'thanks'],
    {
      calls: [did('transactions'), did('transactions')],
    },
  ),
  told(
    'no such payment is found',
    ['hello', 'show payments to Greenleaf', 'ok', 'bye'],
    { calls: [did('transactions', { merchant: 'mer_green' })], says: ['transactions.none'] },
    { skills: { transactions: { data: { count: 0 } } } },
  ),
  told('eating out is added up', ['hello', 'what did I spend on eating out last month', 'ok', 'bye'], {
    calls: [did('spending', { category: 'cat_out', dates: { first: '2026-10-01', last: '2026-10-31' } })],
    ends: [ended('spending')],
  }),
  told(
    'spending by category, then another category',
    ['hi', 'how much did I spend on clothes in October', 'and on transport', 'thanks'],
    { calls: [did('spending', { category: 'cat_clothes' }), did('spending', { category: 'cat_transport' })] },
  ),
  told('the time is told when it is asked for', ['where does my money go', 'this month', 'thanks', 'bye'], {
    calls: [did('spending')],
  }),
  told('a payment hangs', ['hello', 'why is my payment still pending', 'ok', 'bye'], {
    calls: [did('pending-payments')],
  }),
  told('money goes to a friend', ['good evening', 'please pay Ben 20 pounds', 'yes please', 'thanks, bye'], {
    calls: [did('transfer', { amount: gbp(20), payee: 'pay_ben' })],
    ends: [ended('transfer')],
  }),
  told('first the person, then the sum', ['send some money to Carla', '£12.50', 'yes', 'cheers'], {
    calls: [did('transfer', { amount: gbp(12.5), payee: 'pay_carla' })],
  }),
  told('the mind is changed', ['I want to send £40 to Anna', 'actually, £45', 'yes', 'thanks'], {
    calls: [did('transfer', { amount: gbp(45), payee: 'pay_anna' })],
  }),
  told('the transfer is called off', ['transfer £75 to Ben Cole', 'cancel', 'ok', 'bye'], {
    noCalls: ['transfer'],
    ends: [ended('transfer', 'cancelled')],
  }),
  told('the recipient is not known at first', ['send £10', 'Anna', 'yes', 'thanks'], {
    calls: [did('transfer', { amount: gbp(10), payee: 'pay_anna' })],
  }),
  told(
    'the limit stands in the way',
    ['transfer £4000 to Carla', 'yes', '£800', 'yes', 'thank you'],
    { calls: [did('transfer', { amount: gbp(4000) }), did('transfer', { amount: gbp(800) })] },
    { skills: { transfer: [fails('over_limit', { limit: gbp(1000) }), { data: { reference: 'T-5' } }] } },
  ),
  told(
    'a large sum needs a second proof',
    ['send £700 to Ben', 'yes', { user: { kind: 'stepped-up' } }, 'great'],
    { calls: [did('transfer', { amount: gbp(700), payee: 'pay_ben' })], ends: [ended('transfer')] },
    { skills: { transfer: [fails('step_up'), { data: { reference: 'T-6' } }] } },
  ),
  told('small talk in the middle of a transfer', ['send £30 to Anna', 'how are you', 'yes', 'thanks'], {
    says: ['talk.how_are_you'],
    calls: [did('transfer', { amount: gbp(30), payee: 'pay_anna' })],
  }),
  told('the energy bill is paid', ['hi', 'I want to pay a bill', 'Northwind Energy', '£64.20', 'yes'], {
    calls: [did('pay-bill', { bill: 'pay_northwind', amount: gbp(64.2) })],
  }),
  told('a bill is not paid after all', ['pay the bill from Clearwater', '£20', 'no', 'bye'], {
    noCalls: ['pay-bill'],
  }),
  told(
    'nothing is due',
    ['good morning', 'do I have any bills due next week', 'great', 'bye'],
    { calls: [did('upcoming-bills')], says: ['bills.none'] },
    { skills: { 'upcoming-bills': { data: { count: 0 } } } },
  ),
  told('a card was refused in a shop', ['hello', 'the shop refused my card', 'I see, thanks', 'bye'], {
    calls: [did('card-status')],
    says: ['card.declined'],
  }),
  told(
    'a frozen card is used again',
    ['why was my card declined', 'unfreeze my debit card', 'yes', 'thanks'],
    { says: ['card.frozen_now'], calls: [did('card-status'), did('card-unfreeze', { card: 'crd_debit' })] },
    { skills: { 'card-status': { data: { state: 'frozen' } } } },
  ),
  told('a wallet is stolen', ['my wallet has been stolen', 'debit card', 'yes', 'yes', 'thank you'], {
    calls: [did('card-freeze', { card: 'crd_debit' }), did('card-replace', { reason: 'stolen' })],
  }),
  told('a card was left somewhere', ["I can't find my credit card", 'yes', 'yes', 'thanks'], {
    calls: [did('card-freeze', { card: 'crd_credit' }), did('card-replace', { card: 'crd_credit', reason: 'lost' })],
  }),
  told('a card is put on hold', ['hi', 'please lock my credit card', 'yes', 'thanks'], {
    calls: [did('card-freeze', { card: 'crd_credit' })],
    ends: [ended('freeze_card')],
  }),
  told('the card to unfreeze is asked for', ['I found my card, make it work again', 'debit card', 'yes', 'thanks'], {
    calls: [did('card-unfreeze', { card: 'crd_debit' })],
  }),
  told('a PIN is forgotten', ['hey', "I can't remember my PIN for the credit card", 'thanks', 'bye'], {
    calls: [did('pin-reminder', { card: 'crd_credit' })],
  }),
  told('a card runs out', ['my debit card expires next month, I need a new one', 'expired', 'yes', 'bye'], {
    calls: [did('card-replace', { card: 'crd_debit', reason: 'expired' })],
  }),
  told('a card came by post', ['my new debit card arrived, please activate it', 'yes', 'thanks', 'bye'], {
    calls: [did('card-activate', { card: 'crd_debit' })],
  }),
  told('a fee is asked about', ['hello', 'why was I charged a fee', 'hm, ok', 'bye'], { calls: [did('fees')] }),
  told('euros into dollars', ['hi', 'convert euros to dollars please', 'thanks', 'bye'], {
    calls: [did('exchange-rate', { from: 'EUR', to: 'USD' })],
  }),
  told('somebody was scammed', ['I think I have been scammed', 'a caller made me send £200', 'yes', 'thanks'], {
    calls: [did('fraud-report')],
    ends: [ended('fraud_report')],
  }),
  told(
    'a scam is reported and a person fetched',
    ['report fraud', '£99 to a shop I never heard of', 'yes', 'can I speak to someone'],
    { calls: [did('fraud-report')], handOff: true },
  ),
  told('the limit is asked for', ['hello', 'how much can I withdraw a day', 'thanks', 'bye'], {
    calls: [did('limits')],
  }),
  told('the limit is lowered', ['hi', 'set my daily limit to £300', 'yes', 'thanks'], {
    calls: [did('limit-change', { amount: gbp(300) })],
    ends: [ended('change_limit')],
  }),
  told('a statement of two months', ['I need a statement from 1 September to 31 October', 'thanks', 'ok', 'bye'], {
    calls: [did('statement', { dates: { first: '2026-09-01', last: '2026-10-31' } })],
  }),
  told('subscriptions are listed', ['hi', 'which direct debits do I have', 'thanks', 'bye'], {
    calls: [did('direct-debits')],
  }),
  told('a subscription is stopped', ['hello', 'cancel my Streamly subscription', 'yes', 'thanks'], {
    calls: [did('direct-debit-cancel', { payee: 'pay_stream' })],
  }),
  told('the direct debit to stop is asked for', ['cancel a direct debit', 'FitClub', 'yes', 'bye'], {
    calls: [did('direct-debit-cancel', { payee: 'pay_fit' })],
  }),
  told('rent goes out by itself', ['pay Carla £400 every month', 'yes', 'show my standing orders', 'thanks'], {
    calls: [
      did('standing-order-set', { amount: gbp(400), payee: 'pay_carla', frequency: 'monthly' }),
      did('standing-orders'),
    ],
  }),
  told('a standing order is not needed any more', ['stop my standing order', 'Ben', 'yes', 'thanks'], {
    calls: [did('standing-order-cancel', { payee: 'pay_ben' })],
  }),
  told('the food budget is looked at', ['hi', 'how much is left in my groceries budget', 'ok', 'bye'], {
    calls: [did('budget-view', { category: 'cat_food' })],
  }),
  told('a budget is made step by step', ['set a budget', 'eating out', '£80', 'yes', 'thanks'], {
    calls: [did('budget-set', { category: 'cat_out', amount: gbp(80) })],
    ends: [ended('set_budget')],
  }),
  told('interest is asked for', ['hello', 'how much interest do I get on my savings', 'thanks', 'bye'], {
    calls: [did('interest')],
  }),
  told('something is put aside', ['I want to save some money', '£60', 'yes', 'thanks'], {
    calls: [did('savings-move', { amount: gbp(60) })],
  }),
  told('an account is filled', ['good evening', 'top up my account by £35', 'yes', 'bye'], {
    calls: [did('top-up', { amount: gbp(35) })],
  }),
  told(
    'a refund has not come',
    ['hi', 'did I get my refund from Bluefin', 'ok', 'bye'],
    { calls: [did('refund-check', { merchant: 'mer_blue' })], says: ['refund.none'] },
    { skills: { 'refund-check': { data: { count: 0 } } } },
  ),
  told('somebody moves', ['hello', 'update my home address', '5 Station Road, Leeds LS1 4DY', 'yes', 'thanks'], {
    calls: [did('address-update', { address: '5 Station Road, Leeds LS1 4DY' })],
  }),
  told(
    'what is no question for a bank is not answered',
    ['hi', 'how do I grow tomatoes', 'what is my balance', 'bye'],
    {
      calls: [did('balance')],
    },
  ),
  told(
    'an angry customer gets a person',
    ['your service is terrible', 'nobody called me back', 'a human please', 'ok'],
    {
      calls: [did('complaint-open')],
      handOff: true,
    },
  ),
]
