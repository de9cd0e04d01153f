import type { DialogueCard, DialogueContext, DialogueScript } from '../../../brain/dialogue/types.ts'
import { gbp } from '../../tell.ts'

const product = (id: string, title: string, pounds: number): DialogueCard => ({
  kind: 'product',
  id,
  title,
  price: gbp(pounds),
  list: 'products',
})

const TRAIL_SHOES = product('prd_trail', 'Trail Shoes', 79)
const CITY_SHOES = product('prd_city', 'City Shoes', 65)
const GRINDER = product('prd_grinder', 'Coffee Grinder', 39)
const BLUE_MUG = product('prd_mug', 'Blue Mug', 9)

/** What the shop of the scripted dialogues sells. */
export const SHOP_CONTEXT: Partial<DialogueContext> = {
  currency: 'GBP',
  lists: {
    products: [
      { id: 'prd_trail', name: 'Trail Shoes' },
      { id: 'prd_city', name: 'City Shoes' },
      { id: 'prd_mug', name: 'Blue Mug' },
      { id: 'prd_green', name: 'Green Mug' },
      { id: 'prd_grinder', name: 'Coffee Grinder' },
      { id: 'prd_lamp', name: 'Desk Lamp' },
      { id: 'prd_jacket', name: 'Rain Jacket' },
      { id: 'prd_scarf', name: 'Wool Scarf' },
      { id: 'prd_tent', name: 'Travel Tent' },
      { id: 'prd_teapot', name: 'Teapot' },
    ],
    categories: [
      { id: 'cat_shoes', name: 'Shoes' },
      { id: 'cat_kitchen', name: 'Kitchen' },
      { id: 'cat_lamps', name: 'Lamps' },
    ],
    merchants: [{ id: 'mer_books', name: 'Harbour Books' }],
  },
}

/** What its skills answer, unless a dialogue says otherwise. */
export const SHOP_WORLD: NonNullable<DialogueScript['skills']> = {
  answer: { data: { text: 'Here is what our pages say about it.' } },
  'order-status': {
    data: { count: 1, order: '1043', state: 'shipped', placedOn: '2026-11-16', expectedOn: '2026-11-23' },
    cards: [{ kind: 'order', id: '1043', title: 'Order 1043', list: 'orders' }],
  },
  'cancel-order': { data: { order: '1043' } },
  'change-address': { data: { order: '1043' } },
  'return-start': { data: { order: '1043', reference: 'R-77' } },
  'refund-status': { data: { count: 1, order: '1043', amount: gbp(24.99), state: 'received' } },
  'exchange-item': { data: { order: '1043', reference: 'X-12' } },
  'damage-report': { data: { order: '1043', reference: 'D-31' } },
  'product-search': { data: { count: 2 }, cards: [TRAIL_SHOES, CITY_SHOES] },
  'product-stock': { data: { isInStock: true, quantity: 7 } },
  'product-compare': { data: { price: gbp(79), otherPrice: gbp(65) }, cards: [TRAIL_SHOES, CITY_SHOES] },
  recommendations: { data: { count: 2 }, cards: [GRINDER, BLUE_MUG] },
  'bought-together': { data: { count: 1 }, cards: [BLUE_MUG] },
  'cart-add': { data: { quantity: 1 } },
  'cart-remove': { data: {} },
  'cart-view': { data: { count: 2, total: gbp(48) } },
  'discount-check': { data: { code: 'WELCOME5' } },
  newsletter: { data: {} },
  'receipt-find': {
    data: { count: 1, receipt: 'rcp_1', merchant: 'Harbour Books', total: gbp(24.99), on: '2026-11-13' },
    cards: [{ kind: 'receipt', id: 'rcp_1', title: 'Harbour Books, 13 November', list: 'receipts' }],
  },
  'receipt-pdf': { data: { url: 'https://shop.example/receipts/rcp_1.pdf' } },
  'receipt-mail': { data: {} },
  'complaint-open': { data: { reference: 'C-9' } },
  'password-reset': { data: {} },
  'data-export': { data: {} },
  'account-delete': { data: {} },
}

/** Two orders, one of which must be chosen. */
export const TWO_ORDERS = {
  data: { outcome: 'many:order', count: 2 },
  items: [
    { list: 'orders', id: '1043', name: 'Order 1043' },
    { list: 'orders', id: '1051', name: 'Order 1051' },
  ],
} as const
