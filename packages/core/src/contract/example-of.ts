import * as z from 'zod/mini'

/** The end of our own ids: 26 characters that sort by time. */
const ID_BODY = '01jj6w2m8p0000000000000000'
/** The SHA-256 of `test`. */
const DIGEST = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

/** Examples for people, by the name of the field; used where they fit the field's schema. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  id: '85123A',
  name: 'Blue enamel teapot',
  description: 'Holds four cups.',
  url: 'https://shop.example.com/products/85123A',
  imageUrl: 'https://shop.example.com/images/85123A.jpg',
  brand: 'Hearth & Kettle',
  categories: ['Kitchen'],
  attributes: { colour: 'blue' },
  productId: '85123A',
  productIds: ['85123A'],
  items: ['85123A'],
  exclude: ['22423'],
  with: '22423',
  orderId: '536365',
  sessionId: `ses_${ID_BODY}`,
  visitorId: `vis_${ID_BODY}`,
  recommendationId: `rec_${ID_BODY}`,
  customerId: '17850',
  email: 'customer@example.com',
  country: 'United Kingdom',
  amount: 1299,
  currency: 'GBP',
  unitPriceMinor: 1299,
  total: { amount: 1299, currency: 'GBP' },
  quantity: 1,
  position: 0,
  limit: 10,
  language: 'en',
  search: 'teapot',
  category: 'Kitchen',
  query: 'teapot',
  path: '/products/85123A',
  map: 'id=invoice,productId=sku',
  reasonText: 'In 12 of 40 baskets with Regency cake stand',
  words: ['teapot'],
  modelVersion: DIGEST,
  strategies: ['bought-together'],
  notice: { code: 'few_candidates', message: 'Few products are bought together with this one' },
  baskets: 40,
  together: 12,
  of: 40,
  days: 30,
  version: '1.0.0',
  detail: 'Nothing to report',
  kind: 'orders.import',
  progress: { done: 1200, total: 5000, unit: 'rows' },
  result: null,
  error: null,
  finishedAt: null,
  // A list of examples ends, so that walking it does.
  nextCursor: null,
}

/** For strings of every other kind: the first that fits is taken. */
const STRINGS = [
  'text',
  '2026-01-31T09:30:00Z',
  '2026-01-31',
  '2026-01',
  'EUR',
  'customer@example.com',
  'https://shop.example.com/',
  'data:image/png;base64,iVBORw0KGgo=',
  `evt_${ID_BODY}`,
  DIGEST,
] as const

const NUMBERS = [1, 0, 2, 10, 100, 0.5] as const

interface Definition {
  readonly type: string
  readonly shape: Readonly<Record<string, z.ZodMiniType>>
  readonly innerType: z.ZodMiniType
  readonly element: z.ZodMiniType
  readonly keyType: z.ZodMiniType
  readonly valueType: z.ZodMiniType
  readonly defaultValue: unknown
  readonly entries: Readonly<Record<string, string | number>>
  readonly values: readonly unknown[]
  readonly options: readonly z.ZodMiniType[]
}

/**
 * A value that fits `schema`, the same one each time: optional fields are present, lists have one item or as many as they
 * need. `name` is the name of the field, if it has one. Throws for a schema that none of the examples above fits: add one.
 */
export function exampleOf<S extends z.ZodMiniType>(schema: S, name = ''): z.input<S> {
  const fitting = candidates(schema, name).find((value) => z.safeParse(schema, value).success)
  if (fitting === undefined) throw new TypeError(`There is no example for ${name || 'a schema'}: ${describe(schema)}`)
  return fitting as z.input<S>
}

/** Examples to be tried, best first. */
function candidates(schema: z.ZodMiniType, name: string): unknown[] {
  const def = schema._zod.def as unknown as Definition
  const named = Object.hasOwn(BY_NAME, name) ? [BY_NAME[name]] : []
  switch (def.type) {
    case 'optional':
      return [exampleOf(def.innerType, name)]
    case 'nullable':
      return [...named, exampleOf(def.innerType, name)]
    case 'default':
      return [def.defaultValue]
    case 'object':
      return [...named, exampleOfShape(def.shape)]
    case 'array':
      return [...named, ...arrays(def.element)]
    case 'record':
      return [...named, { [exampleOf(def.keyType) as string]: exampleOf(def.valueType) }]
    case 'union':
      return def.options.map((option) => exampleOf(option, name))
    case 'enum':
      return Object.values(def.entries)
    case 'literal':
      return [...def.values]
    case 'string':
      return [...named, ...strings(schema)]
    case 'number':
      return [...named, ...numbers(schema)]
    case 'boolean':
      return [true, false]
    default:
      return [...named, 'text']
  }
}

function exampleOfShape(shape: Definition['shape']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, exampleOf(field, key)]))
}

function arrays(element: z.ZodMiniType): unknown[] {
  const item = exampleOf(element)
  return [1, 2, 3, 0].map((length) => Array.from({ length }, () => item))
}

function strings(schema: z.ZodMiniType): string[] {
  const { pattern = '', minLength = 0 } = z.toJSONSchema(schema) as { pattern?: string; minLength?: number }
  const ownId = /^\^(\w+_)\[/.exec(pattern)?.[1]
  return [...(ownId ? [ownId + ID_BODY] : []), ...STRINGS, 'text'.padEnd(minLength, ' text')]
}

function numbers(schema: z.ZodMiniType): number[] {
  const { minimum, maximum } = z.toJSONSchema(schema) as { minimum?: number; maximum?: number }
  return [...NUMBERS, ...[minimum, maximum].filter((bound) => bound !== undefined)]
}

function describe(schema: z.ZodMiniType): string {
  return JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any' }))
}
