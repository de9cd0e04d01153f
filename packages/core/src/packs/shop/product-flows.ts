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
  named,
  needsChoice,
  say,
  slot,
  when,
} from '../steps.ts'

const UNKNOWN_PRODUCT: Readonly<Record<string, FlowFailure>> = {
  not_found: { say: 'product.not_found', clear: ['product'], go: 'product' },
}

/** What happens with products: finding, comparing, the basket. */
export const PRODUCT_FLOWS: Readonly<Record<string, PackFlow>> = {
  product_search: {
    version: 1,
    label: 'the search',
    slots: ['search', 'price_max', 'price_min', 'category', 'product'],
    steps: [
      when(isMissing('slots.search'), { kind: 'set', slot: 'search', to: from('text') }),
      call(
        'product-search',
        {
          text: from('slots.search'),
          max: from('slots.price_max'),
          min: from('slots.price_min'),
          category: from('slots.category.id'),
          product: from('slots.product.id'),
        },
        { as: 'found', failures: { not_found: { say: 'search.none' } } },
      ),
      when(foundNone('found'), say('search.none')),
      when(foundNone('found'), end()),
      say('search.found'),
      cards('found'),
    ],
    next: ['add_to_cart', 'compare_products', 'recommendations'],
  },
  stock: {
    version: 1,
    label: 'whether it is in stock',
    steps: [
      named('product', slot('product')),
      call(
        'product-stock',
        { product: from('slots.product.id'), text: from('text') },
        { as: 'stock', failures: UNKNOWN_PRODUCT },
      ),
      when(needsChoice('stock'), say('product.several')),
      when(needsChoice('stock'), { kind: 'set', slot: 'product', to: null }),
      when(needsChoice('stock'), goTo('product')),
      when(is('results.stock.isInStock', true), say('stock.yes')),
      when(is('results.stock.isInStock', false), say('stock.no')),
    ],
    next: ['add_to_cart'],
  },
  compare_products: {
    version: 1,
    label: 'the comparison',
    steps: [
      named('product', slot('product')),
      slot('other'),
      call(
        'product-compare',
        { product: from('slots.product.id'), other: from('slots.other.id') },
        {
          as: 'both',
          failures: { not_found: { say: 'product.not_found', clear: ['product', 'other'], go: 'product' } },
        },
      ),
      say('compare.done'),
      cards('both'),
    ],
    next: ['add_to_cart'],
  },
  recommendations: {
    version: 1,
    label: 'the recommendations',
    steps: [
      call('recommendations', {}, { as: 'found' }),
      when(foundNone('found'), say('recommend.none')),
      when(foundNone('found'), end()),
      say('recommend.found'),
      cards('found'),
    ],
    next: ['add_to_cart'],
  },
  bought_together: {
    version: 1,
    label: 'what goes with it',
    steps: [
      named('product', slot('product')),
      call('bought-together', { product: from('slots.product.id') }, { as: 'found', failures: UNKNOWN_PRODUCT }),
      when(foundNone('found'), say('together.none')),
      when(foundNone('found'), end()),
      say('together.found'),
      cards('found'),
    ],
    next: ['add_to_cart'],
  },
  add_to_cart: {
    version: 1,
    label: 'the basket',
    slots: ['quantity'],
    steps: [
      named('product', slot('product')),
      call(
        'cart-add',
        { product: from('slots.product.id'), quantity: { from: 'slots.quantity', else: 1 } },
        { as: 'added', failures: { ...UNKNOWN_PRODUCT, out_of_stock: { say: 'cart.sold_out' } } },
      ),
      say('cart.added'),
    ],
    next: ['view_cart', 'bought_together'],
  },
  remove_from_cart: {
    version: 1,
    label: 'the basket',
    slots: ['quantity'],
    steps: [
      named('product', slot('product')),
      call(
        'cart-remove',
        { product: from('slots.product.id') },
        { as: 'removed', failures: { not_found: { say: 'cart.not_in_it' } } },
      ),
      say('cart.removed'),
    ],
    next: ['view_cart'],
  },
  view_cart: {
    version: 1,
    label: 'your basket',
    steps: [
      call('cart-view', {}, { as: 'cart' }),
      when(foundNone('cart'), say('cart.empty')),
      when(foundNone('cart'), end()),
      say('cart.content'),
      cards('cart'),
    ],
    next: ['checkout_help', 'discount_code'],
  },
  discount_code: {
    version: 1,
    label: 'the discount',
    steps: [
      slot('code', { isOptional: true }),
      when(
        isMissing('slots.code'),
        call(
          'answer',
          { topic: 'discount_code', text: from('text') },
          { as: 'answer', failures: { any: { say: 'answer.none' } } },
        ),
      ),
      when(isMissing('slots.code'), say('answer.text')),
      when(isMissing('slots.code'), end()),
      call(
        'discount-check',
        { code: from('slots.code') },
        {
          as: 'discount',
          failures: { invalid: { say: 'discount.invalid' }, expired: { say: 'discount.expired' } },
        },
      ),
      say('discount.valid'),
    ],
  },
  newsletter: {
    version: 1,
    label: 'the newsletter',
    steps: [
      slot('wish'),
      slot('email'),
      call('newsletter', { email: from('slots.email'), wish: from('slots.wish') }, { confirm: 'newsletter.confirm' }),
      say('newsletter.done'),
    ],
  },
}
