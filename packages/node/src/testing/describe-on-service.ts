import { describe, it } from 'vitest'

/** Services that must be there, comma-separated: what needs them then fails instead of being skipped. */
const REQUIRED = (process.env.TILLWRIGHT_REQUIRE ?? '').split(',').map((name) => name.trim())

export interface Service {
  /** As people call it. */
  readonly name: string
  /** As `TILLWRIGHT_REQUIRE` calls it. */
  readonly id: string
  /** Why it cannot be used; `null` where it answers. */
  readonly problem: string | null
}

/** Runs a suite where a service answers; elsewhere it is skipped, and says so, or fails where it is required. */
export function describeOnService({ name, id, problem }: Service, title: string, suite: () => void): void {
  if (problem === null) {
    describe(title, suite)
  } else if (REQUIRED.includes(id)) {
    describe(title, () => {
      it(`finds ${name}, which TILLWRIGHT_REQUIRE names`, () => {
        throw new Error(`${name} does not answer: ${problem}`)
      })
    })
  } else {
    console.warn(`SKIPPED ${title}: ${name} does not answer (${problem})`)
    describe.skip(title, suite)
  }
}
