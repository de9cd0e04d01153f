import type { IntentExample } from './types.ts'

/** Throws `TypeError` with a sentence about the first thing in the examples that training cannot use. */
export function checkExamples(examples: readonly IntentExample[]): void {
  if (!Array.isArray(examples)) fail('examples must be a list of { text, intent }', examples)
  examples.forEach(({ text, intent }, index) => {
    if (typeof text !== 'string') fail(`examples[${index}].text must be a string`, text)
    if (intent !== null && typeof intent !== 'string') {
      fail(`examples[${index}].intent must be a name, or null for out of scope`, intent)
    }
    if (intent === '') fail(`examples[${index}].intent must be a name, or null for out of scope`, '""')
  })
}

export function checkShare(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) fail(`${name} must be a share from 0 to 1`, value)
}

/** Throws `TypeError` unless the number is whole and within the range. */
export function checkWhole(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    fail(`${name} must be a whole number from ${least} to ${most}`, value)
  }
}

export function checkTime(name: string, value: number): void {
  if (!Number.isFinite(value)) fail(`${name} must be a time in ms since 1970`, value)
}

export function fail(expected: string, value: unknown): never {
  throw new TypeError(`${expected}, got ${String(value)}`)
}
