import type { GetRates } from './identity-get.ts'
import type { PeopleImportTimes } from './identity-import.ts'
import type { IdentityTimes } from './identity-ours.ts'
import { type Figure, runAlone } from './round.ts'

/** Signing in: whether its time tells who has an account, and what it costs beside the hashing that it is there for. */
export function identityFigures(): Promise<Figure[]> {
  const { unknown, wrong, locked, signIns, bareHashes, refreshes, refreshesAlone } =
    runAlone<IdentityTimes>('identity-ours.ts')
  const people = runAlone<PeopleImportTimes>('identity-import.ts', 'sqlite')
  const onPostgres = runAlone<PeopleImportTimes>('identity-import.ts', 'postgres')
  const gets = runAlone<GetRates>('identity-get.ts')
  const medians = [unknown, wrong, locked]
  const spread = Math.max(...medians) / Math.min(...medians) - 1
  return Promise.resolve([
    {
      what: 'sign-in refused: slowest median over fastest',
      value: spread * 100,
      unit: '%',
      bar: { sense: '<=', value: 10 },
      note: `unknown ${unknown.toFixed(1)} ms, wrong ${wrong.toFixed(1)} ms, locked ${locked.toFixed(1)} ms; 200 tries of each`,
    },
    {
      what: 'sign-ins beside bare argon2id',
      value: signIns / bareHashes,
      unit: '×',
      bar: { sense: '>=', value: 0.7 },
      note: `${signIns.toFixed(0)} and ${bareHashes.toFixed(0)} a second of CPU`,
    },
    {
      what: 'refreshes',
      value: refreshes,
      unit: '/CPU-s',
      bar: { sense: '>=', value: 2_000 },
      note: `16 people at a time; one person alone, who waits for the disk each time: ${refreshesAlone.toFixed(0)}`,
    },
    {
      what: 'import of 1,000 people',
      value: people.cpu,
      unit: 'ms',
      bar: { sense: '<=', value: 500 },
      note: `CPU, to the last queued mail; ${people.wall.toFixed(0)} ms by the clock; PostgreSQL ${onPostgres.cpu.toFixed(0)} and ${onPostgres.wall.toFixed(0)} ms`,
    },
    {
      what: 'signed-in GET beside bare Hono with one ES256 check',
      value: gets.ours / gets.bare,
      unit: '×',
      bar: { sense: '>=', value: 0.55 },
      note: `${gets.ours.toFixed(0)} and ${gets.bare.toFixed(0)} a second of CPU; /auth/validate, 64 sessions`,
    },
  ])
}
