import type { DialogueScript } from '../../../brain/dialogue/types.ts'
import { did, ended, fails, gbp, press, teller } from '../../tell.ts'
import { BANKING_CONTEXT, BANKING_WORLD } from './world.ts'

const told = teller({ pack: 'banking', split: 'build', context: BANKING_CONTEXT, skills: BANKING_WORLD })

/** Dialogues to build with. */
export const BANKING_BUILD: readonly DialogueScript[] = [
  told('a balance is told', ['hello', 'what is my balance', 'thanks', 'bye'], {
    calls: [did('balance')],
    ends: [ended('balance')],
  }),
  told('the balance of one account is told', ['hi', 'how much is in my savings account', 'thank you', 'bye'], {
    calls: [did('balance', { account: 'acc_savings' })],
  }),
  told('another account follows', ['hi', 'balance of my current account', 'and the joint account', 'thanks'], {
    calls: [did('balance', { account: 'acc_current' }), did('balance', { account: 'acc_joint' })],
  }),
  told('payments to a shop are shown', ['hello', 'show me payments to Harbour Café', 'thanks', 'bye'], {
    calls: [did('transactions', { merchant: 'mer_cafe' })],
    ends: [ended('transactions')],
  }),
  told('payments of a time are shown', ['hi', 'show my transactions between 3 and 5 November', 'ok', 'bye'], {
    calls: [did('transactions', { dates: { first: '2026-11-03', last: '2026-11-05' } })],
  }),
  told(
    'spending of two months is told',
    ['hi', 'what did I spend on groceries in October', 'and in September', 'thanks'],
    {
      calls: [
        did('spending', { category: 'cat_food', dates: { first: '2026-10-01', last: '2026-10-31' } }),
        did('spending', { category: 'cat_food', dates: { first: '2026-09-01', last: '2026-09-30' } }),
      ],
    },
  ),
  told('the time of spending is asked for', ['hello', 'how much did I spend on transport', 'last month', 'thanks'], {
    calls: [did('spending', { category: 'cat_transport', dates: { first: '2026-10-01', last: '2026-10-31' } })],
    ends: [ended('spending')],
  }),
  told('spending at a shop is told', ['hi', 'how much have I spent at Bluefin in October', 'ok thanks', 'bye'], {
    calls: [did('spending', { merchant: 'mer_blue' })],
  }),
  told('pending payments are shown', ['hello', 'show pending payments', 'thanks', 'bye'], {
    calls: [did('pending-payments')],
    ends: [ended('pending_payments')],
  }),
  told('money is sent after a yes', ['hi', 'send £50 to Anna', 'yes', 'thanks'], {
    calls: [did('transfer', { amount: gbp(50), payee: 'pay_anna' })],
    ends: [ended('transfer')],
  }),
  told('money is not sent after a no', ['hello', 'transfer £50 to Ben', 'no', 'cancel', 'bye'], {
    noCalls: ['transfer'],
    ends: [ended('transfer', 'cancelled')],
  }),
  told('amount and recipient are asked for', ['I want to make a transfer', '£20', 'Carla', 'yes', 'thanks'], {
    calls: [did('transfer', { amount: gbp(20), payee: 'pay_carla' })],
  }),
  told('the amount is corrected before the yes', ['send £500 to Anna', 'no, £50', 'yes', 'thank you'], {
    calls: [did('transfer', { amount: gbp(50), payee: 'pay_anna' })],
  }),
  told('the recipient is corrected before the yes', ['send £50 to Anna', 'no, to Ben', 'yes', 'thanks'], {
    calls: [did('transfer', { amount: gbp(50), payee: 'pay_ben' })],
  }),
  told(
    'the balance is asked for in the middle of a transfer',
    ['I want to send money to Ben', 'what is my balance', '£30', 'yes', 'thanks'],
    { calls: [did('balance'), did('transfer', { amount: gbp(30), payee: 'pay_ben' })] },
  ),
  told(
    'there is not enough for the first amount',
    ['send £5000 to Anna', 'yes', '£100', 'yes', 'thanks'],
    {
      calls: [did('transfer', { amount: gbp(5000) }), did('transfer', { amount: gbp(100) })],
      ends: [ended('transfer')],
    },
    { skills: { transfer: [fails('insufficient_funds', { available: gbp(812.4) }), { data: { reference: 'T-1' } }] } },
  ),
  told(
    'a second proof is asked for',
    ['hi', 'send £900 to Anna', 'yes', { user: { kind: 'stepped-up' } }, 'thanks'],
    { calls: [did('transfer', { amount: gbp(900) })], ends: [ended('transfer')] },
    { skills: { transfer: [fails('step_up'), { data: { reference: 'T-2' } }] } },
  ),
  told(
    'without the second proof nothing is sent',
    ['hi', 'send £900 to Anna', 'yes', { user: { kind: 'step-up-refused' } }, 'bye'],
    { ends: [ended('transfer', 'cancelled')] },
    { skills: { transfer: fails('step_up') } },
  ),
  told('a bill is paid', ['hello', 'pay my bill from Northwind Energy', '£86', 'yes', 'thanks'], {
    calls: [did('pay-bill', { bill: 'pay_northwind', amount: gbp(86) })],
    ends: [ended('pay_bill')],
  }),
  told(
    'due bills are shown and one is paid',
    ['which bills are due', 'pay the bill from Clearwater', '£32.40', 'yes'],
    {
      calls: [did('upcoming-bills'), did('pay-bill', { bill: 'pay_water', amount: gbp(32.4) })],
    },
  ),
  told('a declined card is explained', ['hi', 'why was my card declined', 'ok thanks', 'bye'], {
    calls: [did('card-status')],
    ends: [ended('card_declined')],
  }),
  told(
    'of two cards one is chosen',
    ['my card does not work', 'the credit card', 'thanks', 'bye'],
    { calls: [did('card-status'), did('card-status', { card: 'crd_credit' })] },
    {
      skills: {
        'card-status': [
          {
            data: { outcome: 'many:card', count: 2 },
            items: [
              { list: 'cards', id: 'crd_debit', name: 'Debit card' },
              { list: 'cards', id: 'crd_credit', name: 'Credit card' },
            ],
          },
          { data: { state: 'fine' } },
        ],
      },
    },
  ),
  told('a lost card is frozen and replaced', ['I lost my card', 'debit card', 'yes', 'yes', 'thanks'], {
    calls: [did('card-freeze', { card: 'crd_debit' }), did('card-replace', { card: 'crd_debit', reason: 'lost' })],
    ends: [ended('card_lost')],
  }),
  told('a stolen card is frozen but not replaced', ['my card was stolen', 'the credit card', 'yes', 'no', 'bye'], {
    calls: [did('card-freeze', { card: 'crd_credit' })],
    noCalls: ['card-replace'],
  }),
  told('a card is frozen', ['hello', 'freeze my debit card', 'yes', 'thanks'], {
    calls: [did('card-freeze', { card: 'crd_debit' })],
    ends: [ended('freeze_card')],
  }),
  told('a card is frozen and used again', ['block my credit card', 'yes', 'unfreeze my credit card', 'yes', 'thanks'], {
    calls: [did('card-freeze', { card: 'crd_credit' }), did('card-unfreeze', { card: 'crd_credit' })],
  }),
  told(
    'a card that is frozen stays so',
    ['hi', 'freeze my debit card', 'yes', 'ok'],
    { says: ['card.is_frozen'] },
    { skills: { 'card-freeze': fails('already') } },
  ),
  told('a PIN is not told but where to see it', ['hello', 'I forgot my PIN', 'debit card', 'thanks'], {
    calls: [did('pin-reminder', { card: 'crd_debit' })],
    ends: [ended('card_pin')],
  }),
  told('a new card is ordered', ['I need a new card', 'the debit card', 'it is damaged', 'yes', 'thanks'], {
    calls: [did('card-replace', { card: 'crd_debit', reason: 'damaged' })],
    ends: [ended('new_card')],
  }),
  told('a card is activated', ['hi', 'activate my new card', 'credit card', 'yes', 'thanks'], {
    calls: [did('card-activate', { card: 'crd_credit' })],
    ends: [ended('activate_card')],
  }),
  told('fees are shown', ['hello', 'what fees did I pay', 'ok', 'bye'], {
    calls: [did('fees')],
    ends: [ended('fees')],
  }),
  told('a rate is told', ['hi', 'what is the exchange rate', 'from pounds', 'to euros', 'thanks'], {
    calls: [did('exchange-rate', { from: 'GBP', to: 'EUR' })],
    ends: [ended('exchange_rate')],
  }),
  told(
    'fraud is reported and the card frozen',
    ["there is a payment I don't recognise", '£40 to Bluefin on Monday', 'yes', 'freeze my debit card', 'yes'],
    { calls: [did('fraud-report'), did('card-freeze', { card: 'crd_debit' })] },
  ),
  told('limits are told and raised', ['what is my daily limit', 'raise my limit', '£2,000', 'yes', 'thanks'], {
    calls: [did('limits'), did('limit-change', { amount: gbp(2000) })],
  }),
  told(
    'a limit that is too high is asked for again',
    ['increase my limit to £90,000', 'yes', '£3,000', 'yes', 'bye'],
    { calls: [did('limit-change', { amount: gbp(90_000) }), did('limit-change', { amount: gbp(3000) })] },
    { skills: { 'limit-change': [fails('over_limit', { limit: gbp(5000) }), { data: {} }] } },
  ),
  told('a statement is made', ['hello', 'I need a bank statement', 'October', 'thanks'], {
    calls: [did('statement', { dates: { first: '2026-10-01', last: '2026-10-31' } })],
    ends: [ended('statement')],
  }),
  told(
    'direct debits are shown and one stopped',
    ['show my direct debits', 'stop the direct debit to FitClub', 'yes', 'bye'],
    {
      calls: [did('direct-debits'), did('direct-debit-cancel', { payee: 'pay_fit' })],
    },
  ),
  told('a standing order is set up', ['set up a standing order', '£25', 'Anna', 'every month', 'yes', 'thanks'], {
    calls: [did('standing-order-set', { amount: gbp(25), payee: 'pay_anna', frequency: 'monthly' })],
  }),
  told('a standing order is set up in one sentence', ['hi', 'send £10 to Ben every week', 'yes', 'thanks'], {
    calls: [did('standing-order-set', { amount: gbp(10), payee: 'pay_ben', frequency: 'weekly' })],
  }),
  told('a standing order is stopped', ['show my standing orders', 'cancel the standing order to Anna', 'yes', 'bye'], {
    calls: [did('standing-orders'), did('standing-order-cancel', { payee: 'pay_anna' })],
  }),
  told(
    'a budget is looked at and changed',
    ['how is my budget doing', 'set a budget of £250 for groceries', 'yes', 'ok'],
    {
      calls: [did('budget-view'), did('budget-set', { category: 'cat_food', amount: gbp(250) })],
    },
  ),
  told('interest is told', ['hi', 'what is my interest rate', 'thanks', 'bye'], {
    calls: [did('interest')],
    ends: [ended('interest')],
  }),
  told('money goes to savings', ['hello', 'put £100 into savings', 'yes', 'thanks'], {
    calls: [did('savings-move', { amount: gbp(100) })],
    ends: [ended('savings')],
  }),
  told('an account is topped up', ['I want to top up', '£50', 'yes', 'thanks'], {
    calls: [did('top-up', { amount: gbp(50) })],
    ends: [ended('top_up')],
  }),
  told('a refund is looked for', ['hello', 'has the refund from Greenleaf arrived', 'thanks', 'bye'], {
    calls: [did('refund-check', { merchant: 'mer_green' })],
  }),
  told('an address is changed', ['I moved house', '12 Mill Lane, York YO1 7AB', 'yes', 'thanks'], {
    calls: [did('address-update', { address: '12 Mill Lane, York YO1 7AB' })],
  }),
  told('frequent questions are answered', ['hi', 'can I use my card abroad', 'what is my IBAN', 'thanks'], {
    calls: [did('answer', { topic: 'card_abroad' }), did('answer', { topic: 'account_details' })],
  }),
  told('a person is fetched', ['hello', 'I want to talk to a person', 'ok', 'thanks'], { handOff: true }),
  told(
    'sign-in comes in the way',
    ['hi', 'what is my balance', { user: { kind: 'signed-in' }, context: { isSignedIn: true } }, 'thanks'],
    { calls: [did('balance')], ends: [ended('balance')] },
    { context: { isSignedIn: false } },
  ),
  told('a button sends the money', ['hello', 'send £15 to Carla', press('Yes'), 'thanks'], {
    calls: [did('transfer', { amount: gbp(15), payee: 'pay_carla' })],
  }),
]
