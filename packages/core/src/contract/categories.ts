import * as z from 'zod/mini'
import { ownOr, route, secretKeyOr } from './define.ts'
import { calendarMonth, sizeMinor } from './ledger.ts'
import { currency, instant, ownId, text } from './schema.ts'

export const MAX_CATEGORIES = 1_000
export const MAX_CATEGORY_DEPTH = 5
export const MAX_CATEGORY_RULES = 500

export const CategoryInput = z.object({
  name: text(100, 1),
  /** A name of an icon, or an emoji. */
  icon: z.optional(z.nullable(text(40))),
  parentId: z.optional(z.nullable(ownId('cat'))),
})
export type CategoryInput = z.output<typeof CategoryInput>

export const Category = z.object({
  id: ownId('cat'),
  /** `null`: the tenant's, which everybody sees; else one's own. */
  ownerId: z.nullable(z.string()),
  parentId: z.nullable(z.string()),
  name: z.string(),
  icon: z.nullable(z.string()),
  createdAt: instant(),
  updatedAt: instant(),
})
export type Category = z.output<typeof Category>

/** What a budget allows in a month, and what of it is gone; of the category and those below it. */
export const CategoryBudget = z.object({
  categoryId: ownId('cat'),
  name: z.string(),
  currency: currency(),
  /** The month for which it was set; `null`: every month that has none of its own. */
  month: z.nullable(calendarMonth()),
  budgetMinor: z.int(),
  spentMinor: z.int(),
  /** Negative where more is gone than the budget allows. */
  leftMinor: z.int(),
})
export type CategoryBudget = z.output<typeof CategoryBudget>

const categoryId = z.object({ categoryId: ownId('cat') })

export const categories = {
  /** The tenant's and one's own, by name. */
  list: route({
    method: 'GET',
    path: '/api/categories',
    access: ownOr('ledger:read'),
    output: z.object({ items: z.array(Category) }),
  }),
  create: route({
    method: 'POST',
    path: '/api/categories',
    access: ownOr('ledger:write'),
    body: CategoryInput,
    output: Category,
    status: 201,
    errors: ['not_found', 'conflict'],
  }),
  budgets: route({
    method: 'GET',
    path: '/api/categories/budgets',
    access: ownOr('ledger:read'),
    /** Default: this month. */
    query: z.object({ month: z.optional(calendarMonth()) }),
    output: z.object({ month: calendarMonth(), items: z.array(CategoryBudget) }),
  }),
  update: route({
    method: 'PATCH',
    path: '/api/categories/{category_id}',
    access: ownOr('ledger:write'),
    params: categoryId,
    body: z.partial(CategoryInput),
    output: Category,
    errors: ['not_found', 'conflict'],
  }),
  /** What is below it moves up; its transactions go to `moveTo`, or to none. */
  remove: route({
    method: 'DELETE',
    path: '/api/categories/{category_id}',
    access: ownOr('ledger:write'),
    params: categoryId,
    query: z.object({ moveTo: z.optional(ownId('cat')) }),
    output: null,
    errors: ['not_found', 'conflict'],
  }),
  setBudget: route({
    method: 'PUT',
    path: '/api/categories/{category_id}/budget',
    access: ownOr('ledger:write'),
    params: categoryId,
    body: z.object({
      amountMinor: sizeMinor(1),
      currency: currency(),
      /** Default: every month. */
      month: z.optional(calendarMonth()),
    }),
    output: CategoryBudget,
    errors: ['not_found'],
  }),
  removeBudget: route({
    method: 'DELETE',
    path: '/api/categories/{category_id}/budget',
    access: ownOr('ledger:write'),
    params: categoryId,
    /** Default: the tenant's currency, and the budget of every month. */
    query: z.object({ currency: z.optional(currency()), month: z.optional(calendarMonth()) }),
    output: null,
    errors: ['not_found'],
  }),
}

/** Which transactions a rule is about: those that fit every line that is given; at least one is. */
export const CategoryMatch = z.object({
  /** Within description, merchant or counterparty; case does not count. */
  text: z.optional(text(200, 1)),
  /** The merchant, whatever number or place stands behind the name. */
  merchant: z.optional(text(200, 1)),
  /** Of the size, whatever its sign. Bounds included. */
  minMinor: z.optional(sizeMinor()),
  maxMinor: z.optional(sizeMinor()),
  direction: z.optional(z.enum(['in', 'out'])),
  accountId: z.optional(ownId('acc')),
  currency: z.optional(currency()),
})
export type CategoryMatch = z.output<typeof CategoryMatch>

const ruleFields = {
  match: CategoryMatch,
  categoryId: ownId('cat'),
  /** Rules with a lower number are asked first; one's own before the tenant's. */
  position: z._default(z.int().check(z.gte(0), z.lte(10_000)), 100),
  enabled: z._default(z.boolean(), true),
}
export const CategoryRuleInput = z.object(ruleFields)
export type CategoryRuleInput = z.output<typeof CategoryRuleInput>

export const CategoryRule = z.object({
  id: ownId('crl'),
  ownerId: z.nullable(z.string()),
  ...ruleFields,
  updatedAt: instant(),
})
export type CategoryRule = z.output<typeof CategoryRule>

/** What the categoriser was trained on and how well it did on the newest tenth, which was held out. */
export const CategoriserState = z.object({
  modelVersion: z.nullable(z.string()),
  trainedAt: z.nullable(instant()),
  examples: z.int(),
  /** From this confidence on a category applies itself; `null` where none was sure enough. */
  applyFrom: z.nullable(z.number()),
  metrics: z.record(z.string(), z.number()),
})
export type CategoriserState = z.output<typeof CategoriserState>

const categoryRuleId = z.object({ categoryRuleId: ownId('crl') })

export const categoryRules = {
  list: route({
    method: 'GET',
    path: '/api/category-rules',
    access: ownOr('ledger:read'),
    output: z.object({ items: z.array(CategoryRule) }),
  }),
  create: route({
    method: 'POST',
    path: '/api/category-rules',
    access: ownOr('ledger:write'),
    body: CategoryRuleInput,
    output: CategoryRule,
    status: 201,
    errors: ['not_found', 'conflict'],
  }),
  replace: route({
    method: 'PUT',
    path: '/api/category-rules/{category_rule_id}',
    access: ownOr('ledger:write'),
    params: categoryRuleId,
    body: CategoryRuleInput,
    output: CategoryRule,
    errors: ['not_found'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/api/category-rules/{category_rule_id}',
    access: ownOr('ledger:write'),
    params: categoryRuleId,
    output: null,
    errors: ['not_found'],
  }),
  /** Asks rules and categoriser again about what no person has put into a category. */
  apply: route({
    method: 'POST',
    path: '/api/category-rules/apply',
    access: ownOr('ledger:write'),
    output: z.object({ looked: z.int(), changed: z.int() }),
    timeoutMs: 5 * 60_000,
  }),
  /** How good the tenant's categoriser is. */
  categoriser: route({
    method: 'GET',
    path: '/api/category-rules/categoriser',
    access: secretKeyOr('ledger:read'),
    output: CategoriserState,
  }),
}
