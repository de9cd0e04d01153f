import { parseAmount } from '@tillwright/core/brain'
import { ProductInput } from '@tillwright/core/contract'
import * as z from 'zod/mini'
import type { ImportField } from '../imports/columns.ts'
import { importFile } from '../imports/import-file.ts'
import type { Row } from '../imports/read-rows.ts'
import type { ImportReport } from '../imports/report.ts'
import { type ImportTask, openFile } from '../imports/service.ts'
import type { ProductsService } from './service.ts'

const FIELDS = [
  { name: 'id', required: true, aliases: ['product_id', 'sku', 'stock_code', 'article', 'article_no', 'handle'] },
  { name: 'name', required: true, aliases: ['product_name', 'title', 'description_short'] },
  { name: 'description', aliases: ['long_description', 'body', 'details'] },
  { name: 'url', aliases: ['link', 'permalink', 'product_url'] },
  { name: 'imageUrl', aliases: ['image_url', 'image', 'image_link', 'picture'] },
  { name: 'price', aliases: ['regular_price', 'unit_price', 'sale_price'] },
  { name: 'cost', aliases: ['cost_price', 'purchase_price', 'wholesale_price', 'cost_of_goods'] },
  { name: 'currency', aliases: ['currency_code'] },
  { name: 'categories', aliases: ['category', 'product_type', 'tags'] },
  { name: 'brand', aliases: ['vendor', 'manufacturer'] },
  { name: 'inStock', aliases: ['in_stock', 'stock_status', 'available', 'availability'] },
  { name: 'visible', aliases: ['published', 'active', 'status'] },
] as const satisfies readonly ImportField[]

type FieldName = (typeof FIELDS)[number]['name']

const YES = /^(|1|true|yes|y|in ?stock|instock|available|published|active|publish)$/i
const NO = /^(0|false|no|n|out ?of ?stock|outofstock|unavailable|unpublished|inactive|draft|private|hidden)$/i

/** Imports a file of products, one a row. Categories are separated by `|` or `>`. */
export function importProducts(service: ProductsService, task: ImportTask): Promise<ImportReport> {
  const defaultCurrency = task.payload.currency ?? task.context.tenant.currency
  return importFile(openFile(task), {
    fields: FIELDS,
    parse: (row) => parseProduct(row, defaultCurrency),
    write: (products) => service.upsert(task.context.db, products),
  })
}

function parseProduct(row: Row, defaultCurrency: string): ProductInput | string {
  const value = (name: FieldName) => row.value(FIELDS.findIndex((field) => field.name === name))
  const currency = value('currency') || defaultCurrency
  const price = parseMoney('price', value('price'), currency)
  if (typeof price === 'string') return price
  const cost = parseMoney('cost', value('cost'), currency)
  if (typeof cost === 'string') return cost
  const inStock = parseFlag('inStock', value('inStock'))
  const visible = parseFlag('visible', value('visible'))
  if (typeof inStock === 'string') return inStock
  if (typeof visible === 'string') return visible
  const categories = value('categories')
    .split(/[|>]/)
    .map((name) => name.trim())
    .filter(Boolean)
  const optional = {
    description: value('description'),
    url: value('url'),
    imageUrl: value('imageUrl'),
    brand: value('brand'),
  }
  const result = z.safeParse(ProductInput, {
    id: value('id'),
    name: value('name'),
    ...Object.fromEntries(Object.entries(optional).filter(([, text]) => text !== '')),
    ...(price ? { price } : {}),
    ...(cost ? { costMinor: cost.amount } : {}),
    ...(categories.length > 0 ? { categories } : {}),
    inStock,
    visible,
  })
  if (result.success) return result.data
  return result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
}

function parseMoney(
  name: string,
  text: string,
  currency: string,
): { amount: number; currency: string } | undefined | string {
  if (text === '') return undefined
  const amount = parseAmount(text, currency)
  return typeof amount === 'string' ? `${name} ${amount}` : { amount, currency }
}

function parseFlag(name: string, text: string): boolean | string {
  if (YES.test(text)) return true
  return NO.test(text) ? false : `${name} "${text.slice(0, 40)}" is neither yes nor no`
}
