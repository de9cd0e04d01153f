import type { DialogueScript } from '../../../brain/dialogue/types.ts'
import { did, ended, fails, gbp, press, teller } from '../../tell.ts'
import { SHOP_CONTEXT, SHOP_WORLD, TWO_ORDERS } from './world.ts'

const told = teller({ pack: 'shop', split: 'build', context: SHOP_CONTEXT, skills: SHOP_WORLD })

/** Dialogues to build with. */
export const SHOP_BUILD: readonly DialogueScript[] = [
  told('an order is found by its number', ['hello', 'where is order 1043', 'thank you', 'bye'], {
    calls: [did('order-status', { order: '1043' })],
    ends: [ended('order_status')],
  }),
  told('the last order is found without a number', ['hi', 'where is my order', 'great, thanks', 'goodbye'], {
    calls: [did('order-status')],
    ends: [ended('order_status')],
  }),
  told(
    'of two orders the second is chosen',
    ['hi there', 'track my order', 'the second one', 'thanks'],
    { calls: [did('order-status'), did('order-status', { order: '1051' })], ends: [ended('order_status')] },
    { skills: { 'order-status': [TWO_ORDERS, { data: { count: 1, order: '1051', state: 'packed' } }] } },
  ),
  told(
    'a wrong order number is asked for again',
    ['where is order 9999', '1043', 'thanks', 'bye'],
    {
      calls: [did('order-status', { order: '9999' }), did('order-status', { order: '1043' })],
      ends: [ended('order_status')],
    },
    { skills: { 'order-status': [fails('not_found'), { data: { count: 1, order: '1043', state: 'shipped' } }] } },
  ),
  told('an order is cancelled after a yes', ['hello', 'cancel order 1043', 'yes', 'thanks'], {
    calls: [did('cancel-order', { order: '1043' })],
    ends: [ended('cancel_order')],
  }),
  told('an order is not cancelled after a no', ['hello', 'I want to cancel order 1043', 'no', 'cancel', 'bye'], {
    noCalls: ['cancel-order'],
    ends: [ended('cancel_order', 'cancelled')],
  }),
  told(
    'the order to cancel is asked for',
    ['I changed my mind about my order, cancel it', '1043', 'yes please', 'thanks'],
    {
      calls: [did('cancel-order', { order: '1043' })],
      ends: [ended('cancel_order')],
    },
  ),
  told('the number is corrected before the yes', ['cancel order 1043', 'no, 1051', 'yes', 'thanks'], {
    calls: [did('cancel-order', { order: '1051' })],
    ends: [ended('cancel_order')],
  }),
  told(
    'an order that has left is not cancelled',
    ['cancel order 1043', 'yes', 'ok', 'bye'],
    { calls: [did('cancel-order')], says: ['order.cancel_too_late'] },
    { skills: { 'cancel-order': fails('too_late', { order: '1043', state: 'shipped' }) } },
  ),
  told('an address is changed', ['change the delivery address', '1043', '12 Mill Lane, York YO1 7AB', 'yes'], {
    calls: [did('change-address', { order: '1043', address: '12 Mill Lane, York YO1 7AB' })],
    ends: [ended('change_address')],
  }),
  told(
    'an address is corrected before the yes',
    ['I gave the wrong address for order 1043', '12 Mill Lane, York YO1 7AB', 'no', 'goodbye'],
    { noCalls: ['change-address'] },
  ),
  told(
    'a return is started with a reason',
    ['I want to send something back', '1043', 'the trail shoes', 'they are too small', 'yes', 'thanks'],
    { calls: [did('return-start', { order: '1043' })], ends: [ended('return_item')] },
  ),
  told(
    'the reason of a return is skipped',
    ['I need a return label for order 1043', 'the blue mug', 'skip', 'yes', 'bye'],
    { calls: [did('return-start', { order: '1043' })], ends: [ended('return_item')] },
  ),
  told(
    'a question in the middle of a return is answered, and the return goes on',
    ['start a return', 'what are your opening hours', '1043', 'the scarf', 'skip', 'yes'],
    {
      calls: [did('answer', { topic: 'opening_hours' }), did('return-start', { order: '1043' })],
      ends: [ended('return_item')],
    },
  ),
  told('a return is given up', ['I want to return something', 'never mind', 'thanks', 'bye'], {
    noCalls: ['return-start'],
    ends: [ended('return_item', 'cancelled')],
  }),
  told('a refund is looked up', ['hi', 'where is my refund', 'ok thanks', 'bye'], {
    calls: [did('refund-status')],
    ends: [ended('refund_status')],
  }),
  told('a refund of one order is looked up', ['hello', 'refund for order 1043', 'thanks', 'bye bye'], {
    calls: [did('refund-status', { order: '1043' })],
  }),
  told(
    'something is exchanged',
    ['I want to exchange something', '1043', 'the rain jacket', 'the same in large', 'yes', 'thanks'],
    { calls: [did('exchange-item', { order: '1043' })], ends: [ended('exchange_item')] },
  ),
  told(
    'something broken is reported',
    ['my item arrived damaged', '1043', 'the handle of the mug is broken', 'yes', 'thank you'],
    { calls: [did('damage-report', { order: '1043' })], ends: [ended('damaged_item')] },
  ),
  told(
    'a wrong item is reported',
    ['you sent me the wrong item', 'order 1043', 'I ordered a blue mug and got a green one', 'yes', 'bye'],
    { calls: [did('damage-report', { order: '1043' })], ends: [ended('wrong_item')] },
  ),
  told(
    'a parcel that was delivered to nobody goes to a person',
    ['hello', 'my parcel says delivered but it is not here', '1043', 'ok'],
    { calls: [did('order-status', { order: '1043' })], handOff: true },
    { skills: { 'order-status': { data: { count: 1, order: '1043', state: 'delivered' } } } },
  ),
  told('products are found by need', ['hi', "I'm looking for running shoes under £80", 'thanks', 'bye'], {
    calls: [did('product-search', { max: gbp(80) })],
    ends: [ended('product_search')],
  }),
  told(
    'what was found goes into the basket',
    ['show me shoes', 'add the second one to my cart', 'show my cart', 'thanks'],
    { calls: [did('product-search'), did('cart-add', { product: 'prd_city' }), did('cart-view')] },
  ),
  told('a gift is found under a price', ['hello', 'a gift under £20 for a coffee drinker', 'thanks a lot', 'bye'], {
    calls: [did('product-search', { max: gbp(20) })],
  }),
  told('the price is lowered afterwards', ['hello', 'I need running shoes under £80', 'under £70', 'thanks'], {
    calls: [did('product-search', { max: gbp(80) }), did('product-search', { max: gbp(70) })],
  }),
  told(
    'nothing is found and a recommendation helps',
    ['do you sell garden chairs', 'what do you recommend', 'the first one, put it in my basket', 'thanks'],
    { calls: [did('product-search'), did('recommendations'), did('cart-add', { product: 'prd_grinder' })] },
    { skills: { 'product-search': { data: { count: 0 } } } },
  ),
  told('stock is looked up by name', ['hi', 'are the trail shoes in stock', 'add them to my basket', 'thanks'], {
    calls: [did('product-stock', { product: 'prd_trail' }), did('cart-add', { product: 'prd_trail' })],
  }),
  told(
    'something is sold out',
    ['hello', 'is the desk lamp in stock', 'ok', 'bye'],
    { calls: [did('product-stock', { product: 'prd_lamp' })], says: ['stock.no'] },
    { skills: { 'product-stock': { data: { isInStock: false } } } },
  ),
  told('two products are compared', ['hi', 'compare the trail shoes with the city shoes', 'thanks', 'bye'], {
    calls: [did('product-compare', { product: 'prd_trail', other: 'prd_city' })],
    ends: [ended('compare_products')],
  }),
  told('the products to compare are asked for', ['compare products', 'trail shoes', 'city shoes', 'thanks'], {
    calls: [did('product-compare', { product: 'prd_trail', other: 'prd_city' })],
  }),
  told('best sellers are shown', ['hi', 'show me your best sellers', 'nice, thank you', 'bye'], {
    calls: [did('recommendations')],
    ends: [ended('recommendations')],
  }),
  told('what goes with a product is shown', ['hello', 'what goes with the coffee grinder', 'thanks', 'bye'], {
    calls: [did('bought-together', { product: 'prd_grinder' })],
    ends: [ended('bought_together')],
  }),
  told('two mugs go into the basket', ['hi', 'add two of the blue mug to my cart', "what's in my basket", 'thanks'], {
    calls: [did('cart-add', { product: 'prd_mug', quantity: 2 }), did('cart-view')],
  }),
  told('something is taken out of the basket', ['show my cart', 'remove the teapot from my cart', 'thanks', 'bye'], {
    calls: [did('cart-view'), did('cart-remove', { product: 'prd_teapot' })],
  }),
  told('a discount code is checked', ['hello', 'my coupon does not work', 'WELCOME5', 'thanks'], {
    calls: [did('discount-check', { code: 'WELCOME5' })],
    ends: [ended('discount_code')],
  }),
  told('without a code the offers are told', ['hello', 'do you have a discount code', 'skip', 'thanks'], {
    calls: [did('answer', { topic: 'discount_code' })],
  }),
  told('delivery times are told', ['hi', 'how long does delivery take', 'and what does it cost', 'thanks'], {
    calls: [did('answer', { topic: 'delivery_time' })],
    ends: [ended('delivery_time')],
  }),
  told(
    'a question without an answer offers a person',
    ['hello', 'do you deliver to France', 'I want to talk to a person', 'thanks'],
    { says: ['answer.none'], handOff: true },
    { skills: { answer: fails('not_found') } },
  ),
  told('a receipt is found', ['hi', 'find my receipt from last week', 'thanks', 'bye'], {
    calls: [did('receipt-find')],
    ends: [ended('find_receipt')],
  }),
  told('a receipt goes out by mail', ['hello', 'email me the receipt', 'ann@example.com', 'yes', 'thanks'], {
    calls: [did('receipt-find'), did('receipt-mail', { email: 'ann@example.com' })],
    ends: [ended('mail_receipt')],
  }),
  told(
    'the address for the receipt is corrected',
    ['email me the receipt', 'ann@example.com', 'no, bob@example.com', 'yes', 'thanks'],
    { calls: [did('receipt-mail', { email: 'bob@example.com' })], ends: [ended('mail_receipt')] },
  ),
  told('a receipt is downloaded', ['hi', 'download the receipt as PDF', 'thanks', 'bye'], {
    calls: [did('receipt-find'), did('receipt-pdf', { receipt: 'rcp_1' })],
    ends: [ended('receipt_pdf')],
  }),
  told(
    'a complaint is passed on',
    ['I want to make a complaint', 'nobody has answered my e-mails for three weeks', 'thanks', 'bye'],
    { calls: [did('complaint-open')], ends: [ended('complaint')] },
  ),
  told('a person is fetched', ['hi', 'can I talk to an agent', 'ok', 'thanks'], { handOff: true }),
  told('the newsletter is stopped', ['unsubscribe me from your emails', 'ann@example.com', 'yes', 'bye'], {
    calls: [did('newsletter', { email: 'ann@example.com', wish: 'unsubscribe' })],
  }),
  told('a password is reset', ['hi', 'I forgot my password', 'ann@example.com', 'thanks'], {
    calls: [did('password-reset', { email: 'ann@example.com' })],
    ends: [ended('password_reset')],
  }),
  told('an account is closed only after a yes', ['hello', 'delete my account', 'no', 'thanks', 'bye'], {
    noCalls: ['account-delete'],
  }),
  told(
    'sign-in comes in the way, and the order is found afterwards',
    ['hi', 'where is order 1043', { user: { kind: 'signed-in' }, context: { isSignedIn: true } }, 'thanks'],
    { calls: [did('order-status', { order: '1043' })], ends: [ended('order_status')] },
    { context: { isSignedIn: false } },
  ),
  told('small talk stays small talk', ['hello', 'how are you', 'tell me a joke', 'what can you do', 'bye'], {
    says: ['talk.how_are_you', 'talk.joke'],
  }),
  told('a button is pressed in place of a yes', ['hello', 'cancel order 1043', press('Yes'), 'thanks'], {
    calls: [did('cancel-order', { order: '1043' })],
    ends: [ended('cancel_order')],
  }),
]
