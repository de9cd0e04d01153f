import { describe } from 'vitest'
import type { Engine } from '../db/dialect.ts'
import { describeOnService } from './describe-on-service.ts'
import { postgresProblem } from './postgres.ts'

/** Runs one suite on SQLite and on PostgreSQL. */
export function describeOnDatabases(title: string, suite: (engine: Engine) => void): void {
  describe(`${title} (sqlite)`, () => suite('sqlite'))
  describeOnPostgres(`${title} (postgres)`, () => suite('postgres'))
}

/** Runs a suite where PostgreSQL answers. */
export function describeOnPostgres(title: string, suite: () => void): void {
  describeOnService({ name: 'PostgreSQL', id: 'postgres', problem: postgresProblem }, title, suite)
}
