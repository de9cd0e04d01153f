/** Something that was said, with words to compare. */
export interface Said {
  readonly id: string
  readonly text: string
}

/** How alike two questions must be, as the share of their words that they have in common (Jaccard). */
const ALIKE = 0.45

/**
 * Puts texts together that share most of their words: each goes to the first group whose oldest member is like it. Order in, order out:
 * groups by size, the largest first. O(n · groups).
 */
export function clustersOf<T extends Said>(all: readonly T[]): T[][] {
  const groups: { words: Set<string>; members: T[] }[] = []
  for (const one of all) {
    const words = wordsOf(one.text)
    const group = groups.find((each) => alikeness(each.words, words) >= ALIKE)
    if (group) group.members.push(one)
    else groups.push({ words, members: [one] })
  }
  return groups.map(({ members }) => members).sort((a, b) => b.length - a.length)
}

/** Words that say little about what is asked. */
const FILLERS = new Set(
  'a an the is are am do does did can could would will i you my your me we it its of to for in on at please and or'.split(
    ' ',
  ),
)

function wordsOf(text: string): Set<string> {
  // What was masked says nothing.
  const words =
    text
      .replace(/\[[^\]]*\]/g, ' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  const telling = words.filter((word) => !FILLERS.has(word)).map(stem)
  return new Set(telling.length > 0 ? telling : words)
}

/** `wrapping` and `wrapped` are `wrap`. */
function stem(word: string): string {
  const short = word.replace(/(?<=\p{L}{3})(?:ing|ed|s)$/u, '')
  return short === word ? word : short.replace(/([bdgmnprt])\1$/, '$1')
}

function alikeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  let shared = 0
  for (const word of a) if (b.has(word)) shared++
  return shared / (a.size + b.size - shared)
}
