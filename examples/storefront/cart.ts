/** A cart in a cookie: `85123A.2~22423.1`. Nothing else is known of the visitor. */
export type Cart = ReadonlyMap<string, number>

const COOKIE = 'cart'
const MAX_LINES = 50
const MAX_QUANTITY = 99
const ID = /^[\w-]{1,64}$/

export function readCart(cookies: string | undefined): Cart {
  const [, value = ''] = new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(cookies ?? '') ?? []
  const cart = new Map<string, number>()
  for (const line of value.split('~').slice(0, MAX_LINES)) {
    const [id = '', count = ''] = line.split('.')
    const quantity = Number(count)
    if (ID.test(id) && Number.isInteger(quantity) && quantity > 0) cart.set(id, Math.min(quantity, MAX_QUANTITY))
  }
  return cart
}

export function cartCookie(cart: Cart): string {
  const value = [...cart].map(([id, quantity]) => `${id}.${quantity}`).join('~')
  return `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000`
}

export function withAdded(cart: Cart, id: string): Cart {
  if (!ID.test(id)) return cart
  return new Map([...cart, [id, Math.min(MAX_QUANTITY, (cart.get(id) ?? 0) + 1)]])
}

export function withoutItem(cart: Cart, id: string): Cart {
  return new Map([...cart].filter(([other]) => other !== id))
}
