import type { CategoryExample, CategoryInput } from '@tillwright/core/brain'
import type { ExampleRow } from './categoriser-store.ts'

type Row = Pick<ExampleRow, 'account_id' | 'amount_minor' | 'description' | 'merchant' | 'counterparty'>

/** What the categoriser is told of a transaction. */
export function inputOf({ account_id, amount_minor, description, merchant, counterparty }: Row): CategoryInput {
  return { text: merchant || counterparty || description, amount: amount_minor, account: account_id }
}

/** The same with the category that somebody chose. */
export function exampleOf(row: ExampleRow): CategoryExample {
  return { ...inputOf(row), category: row.category_id!, at: Date.parse(`${row.booked_on}T00:00:00Z`) }
}
