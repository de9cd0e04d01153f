import { bare } from './fold.ts'

/** Merchants' names by their letters and digits, with how often each was seen; those of the tenant are marked. */
export interface NameBook {
  readonly names: ReadonlyMap<string, BookEntry>
  /** Names by each run of three of their letters. */
  readonly byRun: ReadonlyMap<string, readonly string[]>
}

export interface BookEntry {
  readonly name: string
  readonly count: number
  readonly isTenants: boolean
}

export interface BookReading {
  readonly name: string
  readonly features: readonly string[]
}

/** Wrong letters per letter up to which a text is taken for a name of the book. */
const MAX_ERROR_SHARE = 0.15
const LEAST_LETTERS = 6
const MAX_KNOWN = 5_000

export function nameBook(learnt: Iterable<readonly [string, number]>, known: readonly string[] = []): NameBook {
  const names = new Map<string, BookEntry>()
  for (const [name, count] of learnt) {
    const key = bare(name)
    const old = names.get(key)
    if (!old || old.count < count) names.set(key, { name, count: count + (old?.count ?? 0), isTenants: false })
  }
  for (const name of known.slice(0, MAX_KNOWN)) {
    const key = typeof name === 'string' ? bare(name) : ''
    if (key !== '') names.set(key, { name, count: names.get(key)?.count ?? 1, isTenants: true })
  }
  const byRun = new Map<string, string[]>()
  for (const key of names.keys()) {
    for (const run of runsOf(key)) {
      const others = byRun.get(run)
      if (others) others.push(key)
      else byRun.set(run, [key])
    }
  }
  return { names, byRun }
}

/** A text as the book writes it, where it can hardly mean anything else; else as it is. The features say which. */
export function readByBook(text: string, { names, byRun }: NameBook): BookReading {
  const key = bare(text)
  const exact = names.get(key)
  if (exact) return { name: exact.isTenants ? exact.name : text, features: featuresOf(exact, 'known') }
  if (key.length < LEAST_LETTERS) return { name: text, features: [] }
  const most = Math.floor(key.length * MAX_ERROR_SHARE)
  // Each wrong letter spoils three runs at most, so that a name with fewer in common cannot be near enough.
  const shared = new Map<string, number>()
  for (const run of runsOf(key))
    for (const other of byRun.get(run) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1)
  let least = most + 1
  let nearest: BookEntry | undefined
  for (const [other, count] of shared) {
    if (Math.abs(other.length - key.length) > most || count < key.length - 2 - RUN * most - RUN) continue
    const errors = distance(key, other, most + 1)
    const entry = names.get(other)!
    if (errors < least || (errors === least && nearest && entry.count > nearest.count)) {
      least = errors
      nearest = entry
    }
  }
  return nearest ? { name: nearest.name, features: featuresOf(nearest, 'near') } : { name: text, features: [] }
}

const RUN = 3

function runsOf(key: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, key.length - RUN + 1) }, (_, i) => key.slice(i, i + RUN)))
}

function featuresOf({ count, isTenants }: BookEntry, how: string): string[] {
  return isTenants ? [how, `${how}:tenants`] : [how, `${how}:${count > 4 ? 'often' : count > 1 ? 'again' : 'once'}`]
}

/** Letters to change, add or leave out, or `limit` where there are as many or more. Source: Levenshtein 1966, banded. */
function distance(a: string, b: string, limit: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = new Array<number>(b.length + 1).fill(limit)
    next[0] = i
    let lowest = i
    for (let j = Math.max(1, i - limit); j <= Math.min(b.length, i + limit); j++) {
      const swap = row[j - 1]! + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1)
      next[j] = Math.min(swap, row[j]! + 1, next[j - 1]! + 1)
      lowest = Math.min(lowest, next[j]!)
    }
    if (lowest >= limit) return limit
    row = next
  }
  return Math.min(limit, row[b.length]!)
}
