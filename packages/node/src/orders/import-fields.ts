import type { ImportField } from '../imports/columns.ts'

/** One row is one order line. The order of this list is the order of a row's values. */
export const ORDER_IMPORT_FIELDS = [
  {
    name: 'id',
    required: true,
    aliases: [
      'order_id',
      'order',
      'order_number',
      'order_no',
      'invoice',
      'invoice_no',
      'invoice_number',
      'transaction_id',
    ],
  },
  {
    name: 'placedAt',
    required: true,
    aliases: [
      'placed_at',
      'order_date',
      'date',
      'invoice_date',
      'created_at',
      'date_created',
      'timestamp',
      'time',
      'at',
    ],
  },
  {
    name: 'customerId',
    aliases: ['customer_id', 'customer', 'customer_no', 'user_id', 'user', 'client_id', 'buyer_id'],
  },
  {
    name: 'productId',
    required: true,
    aliases: ['product_id', 'product', 'sku', 'item_id', 'item', 'stock_code', 'article', 'article_no', 'variant_id'],
  },
  { name: 'name', aliases: ['product_name', 'description', 'item_name', 'title', 'lineitem_name', 'article_name'] },
  { name: 'quantity', required: true, aliases: ['qty', 'units', 'count', 'lineitem_quantity', 'pieces'] },
  { name: 'unitPrice', required: true, aliases: ['unit_price', 'price', 'price_each', 'item_price', 'lineitem_price'] },
  { name: 'currency', aliases: ['currency_code'] },
  { name: 'country', aliases: ['customer_country', 'billing_country', 'shipping_country'] },
] as const satisfies readonly ImportField[]
