import type { Product, ProductInput } from '@tillwright/core/contract'
import type { NewProductRow, ProductRow } from './store.ts'

/** A product as it is stored. */
export function productRow(product: ProductInput, now: number): NewProductRow {
  const { id, name, description, url, imageUrl, price, costMinor, categories = [], brand, attributes = {} } = product
  return {
    id,
    name,
    description: description ?? null,
    url: url ?? null,
    image_url: imageUrl ?? null,
    price_minor: price?.amount ?? null,
    cost_minor: costMinor ?? null,
    currency: price?.currency ?? null,
    categories: JSON.stringify(categories),
    brand: brand ?? null,
    attributes: JSON.stringify(attributes),
    in_stock: Number(product.inStock ?? true),
    visible: Number(product.visible ?? true),
    search: [name, brand, id].filter(Boolean).join(' ').toLowerCase(),
    updated_at: now,
  }
}

/** A product as shoppers see it: what it costs the shop is not for them. */
export function presentToShoppers(row: ProductRow): Product {
  return presentProduct({ ...row, cost_minor: null })
}

/** A product as those see it who run the shop. */
export function presentProduct(row: ProductRow): Product {
  const categories = JSON.parse(row.categories) as string[]
  const attributes = JSON.parse(row.attributes) as Record<string, string>
  return {
    id: row.id,
    name: row.name,
    ...(row.description === null ? {} : { description: row.description }),
    ...(row.url === null ? {} : { url: row.url }),
    ...(row.image_url === null ? {} : { imageUrl: row.image_url }),
    ...(row.price_minor === null || row.currency === null
      ? {}
      : { price: { amount: row.price_minor, currency: row.currency } }),
    ...(row.cost_minor === null ? {} : { costMinor: row.cost_minor }),
    ...(categories.length > 0 ? { categories } : {}),
    ...(row.brand === null ? {} : { brand: row.brand }),
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
    inStock: row.in_stock === 1,
    visible: row.visible === 1,
    updatedAt: new Date(row.updated_at).toISOString(),
  }
}

/** Whether two rows say the same, whenever they were written. */
export function isSameProduct(a: NewProductRow, b: NewProductRow): boolean {
  return (Object.keys(a) as (keyof NewProductRow)[]).every((name) => name === 'updated_at' || a[name] === b[name])
}
