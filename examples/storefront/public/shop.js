// The shop tells Tillwright what happens on its pages. Calls made before the loader is there wait in its queue.
window.tillwright ||= (...call) => {
  window.tillwright.q ||= []
  window.tillwright.q.push(call)
}

const product = document.querySelector('[data-product]')?.dataset.product
if (product) window.tillwright('track', { type: 'product_viewed', productId: product })

const order = document.querySelector('[data-order]')
if (order) {
  const { order: orderId, products } = order.dataset
  window.tillwright('track', { type: 'purchased', orderId, productIds: products.split(',') })
}

for (const form of document.querySelectorAll('form[action="/cart"]')) {
  const added = form.elements.add?.value
  if (!added) continue
  form.addEventListener('submit', () =>
    window.tillwright('track', { type: 'added_to_cart', productId: added, quantity: 1 }),
  )
}

// The account page shows the form or the account, as the widgets tell.
const [signIn, account] = ['tw-sign-in', 'tw-account'].map((tag) => document.querySelector(tag))
const showAccount = (isSignedIn) => {
  signIn.hidden = isSignedIn
  account.hidden = !isSignedIn
}
if (signIn && account) {
  addEventListener('tw-signed-in', () => showAccount(true))
  addEventListener('tw-signed-out', () => showAccount(false))
}

// The assistant asks the page to change the cart; the cart is the shop's own.
addEventListener('tw-chat-cart', async ({ detail: { change, productId } }) => {
  const body = new URLSearchParams({ [change === 'add' ? 'add' : 'remove']: productId })
  await fetch('/cart', { method: 'POST', body, redirect: 'manual' })
  const count = document.querySelector('.cart span')
  if (change === 'add') count.textContent = Number(count.textContent) + 1
})
