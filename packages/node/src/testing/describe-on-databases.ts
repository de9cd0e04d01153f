import { describe, it } from 'vitest'
import type { Engine } from '../db/dialect.ts'
import { postgresProblem } from './postgres.ts'

/** Services that must be there, comma-separated: what needs them then fails instead of being skipped. */
const REQUIRED = (process.env.TILLWRIGHT_REQUIRE ?? '').split(',').map((name) => name.trim())

/** Runs one suite on SQLite and on PostgreSQL. */
export function describeOnDatabases(title: string, suite: (engine: Engine) => void): void {
  describe(`${title} (sqlite)`, () => suite('sqlite'))
  describeOnPostgres(`${title} (postgres)`, () => suite('postgres'))
}

/** Runs a suite where PostgreSQL answers; elsewhere it is skipped, and says so, or fails where it is required. */
export function describeOnPostgres(title: string, suite: () => void): void {
  if (postgresProblem === null) {
    describe(title, suite)
  } else if (REQUIRED.includes('postgres')) {
    describe(title, () => {
      it('finds PostgreSQL, which TILLWRIGHT_REQUIRE names', () => {
        throw new Error(`PostgreSQL does not answer: ${postgresProblem}`)
      })
    })
  } else {
    console.warn(`SKIPPED ${title}: PostgreSQL does not answer (${postgresProblem})`)
    describe.skip(title, suite)
  }
}
