import { tokens } from '../tokens.ts'

export interface FoundName {
  readonly list: string
  readonly id: string
  readonly score: number
  readonly from: number
  readonly to: number
}

type Lists = Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>

/** Words shorter than this are compared letter by letter: too many others are one slip away. */
const SHORTEST_FUZZY = 4
/** The share of the name's words that must be found. */
const LEAST_SCORE = 0.6
const WORD = /[\p{L}\p{N}\p{M}'’]+/gu
const MAX_WORDS = 64
const MAX_RUN = 6

/**
 * Names of the lists that the text mentions, a slip of the fingers in a word and words left out forgiven; the best for each stretch of
 * the text. O(words of the text · words of all names).
 */
export function findNames(text: string, lists: Lists): FoundName[] {
  const words = [...text.matchAll(WORD)].slice(0, MAX_WORDS).map((match) => ({
    word: tokens(match[0]).join(''),
    from: match.index,
    to: match.index + match[0].length,
  }))
  const candidates: FoundName[] = []
  for (const [list, names] of Object.entries(lists)) {
    for (const { id, name } of names) {
      const wanted = tokens(name).slice(0, MAX_RUN)
      const match = wanted.length > 0 ? bestRun(words, wanted) : undefined
      if (match && match.score >= LEAST_SCORE) candidates.push({ list, id, ...match })
    }
  }
  candidates.sort((a, b) => b.score - a.score || b.to - b.from - (a.to - a.from) || a.from - b.from)
  const kept: FoundName[] = []
  for (const one of candidates) if (!kept.some(({ from, to }) => one.from < to && from < one.to)) kept.push(one)
  return kept.sort((a, b) => a.from - b.from)
}

interface Word {
  readonly word: string
  readonly from: number
  readonly to: number
}

function bestRun(
  words: readonly Word[],
  wanted: readonly string[],
): { score: number; from: number; to: number } | undefined {
  let best: { score: number; from: number; to: number } | undefined
  for (let start = 0; start < words.length; start++) {
    let at = start
    let score = 0
    let last = -1
    for (const name of wanted) {
      const likeness = at < words.length ? likenessOf(words[at]!.word, name) : 0
      if (likeness === 0) continue
      score += likeness / wanted.length
      last = at++
    }
    if (last >= 0 && score > (best?.score ?? 0)) best = { score, from: words[start]!.from, to: words[last]!.to }
  }
  return best
}

/** 1 for the same word or its plural, less for one slip (two in words of eight letters or more), else 0. */
function likenessOf(said: string, name: string): number {
  if (said === name) return 1
  if (said === `${name}s` || name === `${said}s`) return 0.98
  if (Math.min(said.length, name.length) < SHORTEST_FUZZY || said[0] !== name[0]) return 0
  const slips = distance(said, name, name.length >= 8 ? 2 : 1)
  return slips === undefined ? 0 : 1 - slips / name.length
}

/** Letters to add, drop, replace or swap with their neighbour (Damerau and Levenshtein, restricted); `undefined` beyond `most`. */
function distance(a: string, b: string, most: number): number | undefined {
  if (Math.abs(a.length - b.length) > most) return undefined
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(
        Math.min(changed, previous[j]! + 1, row[j - 1]! + 1, isSwap ? before[j - 2]! + 1 : Number.POSITIVE_INFINITY),
      )
    }
    before = previous
    previous = row
  }
  return previous[b.length]! <= most ? previous[b.length] : undefined
}
