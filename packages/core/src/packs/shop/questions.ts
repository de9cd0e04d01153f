import { EVERYDAY_QUESTIONS } from '../everyday/questions.ts'

/** Frequent questions that the shop's own words answer: intent → what it is about, for people. */
export const SHOP_QUESTIONS: Readonly<Record<string, string>> = {
  ...EVERYDAY_QUESTIONS,
  delivery_time: 'delivery times',
  delivery_cost: 'delivery costs',
  delivery_abroad: 'delivery abroad',
  return_policy: 'the rules for returns',
  warranty: 'the guarantee',
  size_guide: 'sizes',
  gift_wrap: 'gift wrapping',
  checkout_help: 'the checkout',
  payment_methods: 'ways to pay',
  payment_failed: 'your payment',
  opening_hours: 'opening hours',
  store_location: 'where to find us',
  sustainability: 'how our things are made',
}
