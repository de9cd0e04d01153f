import type { DialogueScript } from '../../../brain/dialogue/types.ts'
import { did, ended, fails, gbp, teller } from '../../tell.ts'
import { SHOP_CONTEXT, SHOP_WORLD, TWO_ORDERS } from './world.ts'

const told = teller({ pack: 'shop', split: 'test', context: SHOP_CONTEXT, skills: SHOP_WORLD })

/** Dialogues to test with: written before anything was seen of how they go, and not built on. */
export const SHOP_TEST: readonly DialogueScript[] = [
  told('a parcel is followed', ['good morning', 'has my parcel been sent yet', 'lovely, thanks', 'see you'], {
    calls: [did('order-status')],
    ends: [ended('order_status')],
  }),
  told('an order is followed by its number', ['hey', 'can you check order #2231', 'thanks a lot', 'bye now'], {
    calls: [did('order-status', { order: '2231' })],
  }),
  told(
    'of two orders the first is chosen',
    ['hello', 'when will my package arrive', 'the first one', 'cheers'],
    { calls: [did('order-status'), did('order-status', { order: '1043' })], ends: [ended('order_status')] },
    { skills: { 'order-status': [TWO_ORDERS, { data: { count: 1, order: '1043', state: 'placed' } }] } },
  ),
  told(
    'of two orders one is named by its number',
    ['I am waiting for my delivery', '1051', 'thanks', 'bye'],
    { calls: [did('order-status', { order: '1051' })] },
    { skills: { 'order-status': [TWO_ORDERS, { data: { count: 1, order: '1051', state: 'packed' } }] } },
  ),
  told(
    'there is no order at all',
    ['hello', 'track my order', 'ok', 'goodbye'],
    { says: ['order.none'] },
    { skills: { 'order-status': { data: { count: 0 } } } },
  ),
  told('an order is stopped', ['hi', 'please stop order 5120, I no longer need it', 'yes', 'thank you'], {
    calls: [did('cancel-order', { order: '5120' })],
    ends: [ended('cancel_order')],
  }),
  told('cancelling is given up half-way', ['can I still cancel my order', 'forget it', 'thanks', 'bye'], {
    noCalls: ['cancel-order'],
  }),
  told(
    'the status is asked for in the middle of cancelling',
    ['I would like to cancel my order', 'where is order 1043', 'order 1043', 'yes', 'thanks'],
    { calls: [did('order-status', { order: '1043' }), did('cancel-order', { order: '1043' })] },
  ),
  told(
    'an unknown order is given again before it is cancelled',
    ['cancel order 4040', 'yes', '1043', 'yes', 'thanks'],
    { calls: [did('cancel-order', { order: '4040' }), did('cancel-order', { order: '1043' })] },
    { skills: { 'cancel-order': [fails('not_found'), { data: { order: '1043' } }] } },
  ),
  told(
    'a parcel is sent to the office',
    ['deliver order 1043 to a different address please', '5 Station Road, Leeds LS1 4DY', 'yes', 'great, bye'],
    { calls: [did('change-address', { order: '1043', address: '5 Station Road, Leeds LS1 4DY' })] },
  ),
  told(
    'it is too late for another address',
    ['my address is wrong on order 1043', '5 Station Road, Leeds LS1 4DY', 'yes', 'oh well'],
    { says: ['order.too_late'] },
    { skills: { 'change-address': fails('too_late', { order: '1043' }) } },
  ),
  told(
    'shoes go back',
    ['these shoes do not fit, I want to return them', 'order 1043', 'the city shoes', 'too tight', 'yes'],
    { calls: [did('return-start', { order: '1043' })], ends: [ended('return_item')] },
  ),
  told(
    'a return comes too late',
    ['I would like to return the desk lamp', '1043', 'the desk lamp', 'skip', 'yes', 'ok'],
    { says: ['return.too_late'] },
    { skills: { 'return-start': fails('too_late', { order: '1043' }) } },
  ),
  told(
    'a shopper asks who they talk to in the middle of a return',
    ['how do I return an item', 'are you a robot', '1043', 'the wool scarf', 'skip', 'yes'],
    { says: ['talk.who_are_you'], calls: [did('return-start', { order: '1043' })] },
  ),
  told('the return is refused by its owner', ['return order 1043', 'the teapot', 'skip', 'no', 'bye'], {
    noCalls: ['return-start'],
  }),
  told('money is waited for', ['hello', 'I sent it back two weeks ago, where is my money', 'ok', 'thanks'], {
    calls: [did('refund-status')],
  }),
  told(
    'no refund is under way',
    ['hi', 'has my refund been processed', 'I want to speak to a person', 'thanks'],
    { says: ['refund.none'], handOff: true },
    { skills: { 'refund-status': { data: { count: 0 } } } },
  ),
  told(
    'a jacket is swapped',
    ['can I swap my jacket for a bigger size', '1043', 'rain jacket', 'size large', 'yes please'],
    { calls: [did('exchange-item', { order: '1043' })], ends: [ended('exchange_item')] },
  ),
  told(
    'a broken lamp is reported',
    ['hello', 'my lamp came broken', '1043', 'the shade has a crack', 'yes', 'thanks'],
    { calls: [did('damage-report', { order: '1043' })], ends: [ended('damaged_item')] },
  ),
  told(
    'something is missing from the parcel',
    ['part of my order is missing', '1043', 'only one of two mugs was in the box', 'yes'],
    { calls: [did('damage-report', { order: '1043' })], ends: [ended('wrong_item')] },
  ),
  told('a parcel that seems lost is still on its way', ['I think my parcel got lost', '1043', 'ok then', 'bye'], {
    calls: [did('order-status', { order: '1043' })],
    says: ['missing.on_its_way'],
  }),
  told('a lamp is searched for', ['hi', 'I need a desk lamp for less than 50 pounds', 'thanks', 'bye'], {
    calls: [did('product-search', { max: gbp(50) })],
  }),
  told('something between two prices is found', ['hello', 'show me tents over £100', 'nice', 'bye'], {
    calls: [did('product-search', { min: gbp(100) })],
  }),
  told(
    'the first thing found is bought',
    ['do you have any trail shoes', 'put the first one in my basket', 'how much is my basket', 'bye'],
    { calls: [did('product-search'), did('cart-add', { product: 'prd_trail' }), did('cart-view')] },
  ),
  told(
    'two things found are compared',
    ['show me some shoes', 'compare the trail shoes and the city shoes', 'add the city shoes to my cart', 'thanks'],
    {
      calls: [
        did('product-search'),
        did('product-compare', { product: 'prd_trail', other: 'prd_city' }),
        did('cart-add', { product: 'prd_city' }),
      ],
    },
  ),
  told('a present is found', ['hello', 'what can I give my mother for her birthday, under £30', 'thanks', 'bye'], {
    calls: [did('product-search', { max: gbp(30) })],
  }),
  told(
    'nothing is found',
    ['hi', 'I am looking for a purple umbrella', 'ok', 'bye'],
    { says: ['search.none'] },
    { skills: { 'product-search': { data: { count: 0 } } } },
  ),
  told('stock is asked for without a name', ['is it in stock', 'the wool scarf', 'put it in my basket', 'thanks'], {
    calls: [did('product-stock', { product: 'prd_scarf' }), did('cart-add', { product: 'prd_scarf' })],
  }),
  told('a name is misspelt', ['hello', 'do you have the coffe grindr in stock', 'good', 'bye'], {
    calls: [did('product-stock', { product: 'prd_grinder' })],
  }),
  told(
    'something sold out cannot go into the basket',
    ['add the travel tent to my cart', 'ok', 'what else do you recommend', 'thanks'],
    { says: ['cart.sold_out'], calls: [did('cart-add'), did('recommendations')] },
    { skills: { 'cart-add': fails('out_of_stock') } },
  ),
  told(
    'a recommendation goes into the basket',
    ['surprise me', 'add the first one to my basket', 'what goes with it', 'thanks'],
    { calls: [did('recommendations'), did('cart-add', { product: 'prd_grinder' })] },
  ),
  told('accessories are shown', ['hello', 'what goes with the teapot', 'thank you', 'bye'], {
    calls: [did('bought-together', { product: 'prd_teapot' })],
  }),
  told('the basket is changed', ['put the teapot in my basket', 'remove it from my cart', 'show my basket', 'ok'], {
    calls: [
      did('cart-add', { product: 'prd_teapot' }),
      did('cart-remove', { product: 'prd_teapot' }),
      did('cart-view'),
    ],
  }),
  told(
    'the basket is empty',
    ['hi', "what's in my basket", 'ok', 'bye'],
    { says: ['cart.empty'] },
    { skills: { 'cart-view': { data: { count: 0 } } } },
  ),
  told(
    'a code has expired',
    ['hello', 'my voucher code is not accepted', 'SPRING20', 'too bad, bye'],
    { calls: [did('discount-check', { code: 'SPRING20' })], says: ['discount.expired'] },
    { skills: { 'discount-check': fails('expired') } },
  ),
  told('costs and methods are told', ['hi', 'is delivery free', 'how can I pay', 'thanks'], {
    calls: [did('answer', { topic: 'delivery_cost' }), did('answer', { topic: 'payment_methods' })],
  }),
  told('the rules for returns are told', ['hello', 'how long do I have to return something', 'ok', 'bye'], {
    calls: [did('answer', { topic: 'return_policy' })],
  }),
  told('opening hours are told', ['good evening', 'are you open on Sunday', 'thanks', 'good night'], {
    calls: [did('answer', { topic: 'opening_hours' })],
  }),
  told('a size is asked for', ['hi', 'which size do I need', 'thanks', 'bye'], {
    calls: [did('answer', { topic: 'size_guide' })],
  }),
  told('a receipt is found and mailed', ['show me my receipt', 'email it to me', 'ann@example.com', 'yes', 'bye'], {
    calls: [did('receipt-find'), did('receipt-mail', { email: 'ann@example.com' })],
  }),
  told('an invoice is downloaded', ['hello', 'I need the invoice as a PDF', 'thanks', 'bye'], {
    calls: [did('receipt-pdf', { receipt: 'rcp_1' })],
  }),
  told(
    'there is no such receipt',
    ['hi', 'I need the receipt from 3 March', 'ok', 'bye'],
    { says: ['receipt.none'] },
    { skills: { 'receipt-find': { data: { count: 0 } } } },
  ),
  told(
    'a shopper complains and gets a person',
    ['this is unacceptable', 'the driver was rude to me', 'get me a real person', 'ok'],
    { calls: [did('complaint-open')], handOff: true },
  ),
  told('a person is asked for at once', ['human please', 'ok', 'thanks', 'hello?'], { handOff: true }),
  told('the newsletter is ordered', ['sign me up for the newsletter', 'bob@example.com', 'yes', 'thanks'], {
    calls: [did('newsletter', { email: 'bob@example.com', wish: 'subscribe' })],
  }),
  told('a copy of the data is made', ['hi', 'I want a copy of my data', 'yes', 'thanks'], {
    calls: [did('data-export')],
    ends: [ended('export_data')],
  }),
  told('an account is closed after a yes', ['hello', 'please delete my account', 'yes', 'bye'], {
    calls: [did('account-delete')],
    ends: [ended('delete_account')],
  }),
  told(
    'sign-in comes in the way of cancelling',
    ['hi', 'cancel order 1043', { user: { kind: 'signed-in' }, context: { isSignedIn: true } }, 'yes', 'thanks'],
    { calls: [did('cancel-order', { order: '1043' })] },
    { context: { isSignedIn: false } },
  ),
  told(
    'what is no question for a shop is not answered',
    ['hello', 'what is the capital of Mongolia', 'ok then, where is order 1043', 'thanks'],
    { calls: [did('order-status', { order: '1043' })] },
  ),
  told('a shopper starts over', ['cancel order 1043', 'start over', 'where is my order', 'thanks'], {
    calls: [did('order-status')],
    noCalls: ['cancel-order'],
  }),
]
