import type { IdentityTimes } from './identity-ours.ts'
import { type Figure, runAlone } from './round.ts'

/** Signing in: whether its time tells who has an account, and what it costs beside the hashing that it is there for. */
export function identityFigures(): Promise<Figure[]> {
  const { unknown, wrong, locked, signIns, bareHashes, refreshes } = runAlone<IdentityTimes>('identity-ours.ts')
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
      note: `${signIns.toFixed(0)} and ${bareHashes.toFixed(0)} a second`,
    },
    {
      what: 'refreshes',
      value: refreshes,
      unit: '/CPU-s',
      bar: { sense: '>=', value: 2_000 },
      note: 'one after another, each with the token of the one before',
    },
  ])
}
