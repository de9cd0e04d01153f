// The same on the server and on the device, so that both find the same products.
export { productsNamed, searchProducts, type Wanted } from '@tillwright/core/brain'
