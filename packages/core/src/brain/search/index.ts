export { productsNamed, type SearchableProduct, searchProducts, type Wanted } from './search-products.ts'
