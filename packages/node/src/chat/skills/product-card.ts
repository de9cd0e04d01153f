import type { DialogueCard } from '@tillwright/core/brain'
import type { Product, RecommendedProduct } from '@tillwright/core/contract'

/** A product as a card that can be meant later: "the second one". */
export function productCard(product: Product | RecommendedProduct): DialogueCard {
  const { id, name, price, imageUrl, url } = product
  return {
    kind: 'product',
    id,
    title: name,
    list: 'products',
    ...(price ? { price } : {}),
    ...(imageUrl ? { imageUrl } : {}),
    ...(url ? { url } : {}),
    ...('reasonText' in product ? { detail: product.reasonText } : {}),
    ...('inStock' in product ? { data: { inStock: product.inStock } } : {}),
  }
}
