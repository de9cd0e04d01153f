import type { PackSkill } from '../../brain/dialogue/types.ts'

export const SHOP_SKILLS: Readonly<Record<string, PackSkill>> = {
  'order-status': { label: 'look up the order', signedIn: true },
  'cancel-order': { label: 'cancel the order', signedIn: true, confirm: true },
  'change-address': { label: 'change the address', signedIn: true, confirm: true },
  'return-start': { label: 'start the return', signedIn: true, confirm: true },
  'refund-status': { label: 'look up the refund', signedIn: true },
  'exchange-item': { label: 'start the exchange', signedIn: true, confirm: true },
  'damage-report': { label: 'report the damage', signedIn: true, confirm: true },
  'product-search': { label: 'search the shop', onDevice: true },
  'product-stock': { label: 'look whether it is in stock' },
  'product-compare': { label: 'compare the two', onDevice: true },
  recommendations: { label: 'look for something you may like', onDevice: true },
  'bought-together': { label: 'look what goes with it', onDevice: true },
  'cart-add': { label: 'put it in the basket', undo: 'remove_from_cart' },
  'cart-remove': { label: 'take it out of the basket', undo: 'add_to_cart' },
  'cart-view': { label: 'look into the basket' },
  'discount-check': { label: 'check the code' },
  newsletter: { label: 'change the newsletter', confirm: true },
}
