import { checkTime, fail } from '../intent/check-input.ts'
import type { CategoryCorrection, CategoryExample } from './types.ts'

/** Throws `TypeError` with a sentence about the first thing in the examples that training cannot use. */
export function checkExamples(examples: readonly CategoryExample[]): void {
  if (!Array.isArray(examples)) fail('examples must be a list of { text, category }', examples)
  examples.forEach((example, index) => {
    checkExample(example, `examples[${index}]`)
  })
}

export function checkExample(example: CategoryExample | CategoryCorrection, name: string): void {
  if (typeof example !== 'object' || example === null) fail(`${name} must be { text, category }`, example)
  const { text, category, amount, account, facts } = example
  if (typeof text !== 'string') fail(`${name}.text must be a string`, text)
  if (typeof category !== 'string' || category === '') fail(`${name}.category must be a name`, category)
  if (amount !== undefined && !Number.isFinite(amount)) fail(`${name}.amount must be a number of minor units`, amount)
  if (account !== undefined && typeof account !== 'string') fail(`${name}.account must be a string`, account)
  if (facts !== undefined && !(Array.isArray(facts) && facts.every((fact) => typeof fact === 'string'))) {
    fail(`${name}.facts must be a list of strings`, facts)
  }
  if ('at' in example && example.at !== undefined) checkTime(`${name}.at`, example.at)
}
