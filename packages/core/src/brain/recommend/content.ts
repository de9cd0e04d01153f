import { type Lists, listBuilder } from './lists.ts'
import { topIndexes } from './top.ts'
import type { ItemInfo } from './types.ts'

/** A word on more than this share of the items tells nothing about any of them. */
const COMMON_SHARE = 0.1
const MIN_WORD_LENGTH = 2

export interface ContentLists extends Lists {
  readonly words: readonly string[]
  /** Words of each item: `wordOffsets` has one entry more than there are items; ids point into `words`. */
  readonly wordOffsets: Uint32Array
  readonly wordIds: Uint32Array
}

/**
 * Items alike by what is written on them: TF-IDF over the words of name, brand and categories, unit length, cosine. For
 * each item the `listLength` most alike. Cost: O(Σ df²) over words carried by at most a tenth of the items.
 */
export function contentLists(items: readonly ItemInfo[], options: { listLength: number }): ContentLists {
  const wordsOf = items.map((item) => [...new Set(wordsIn(item))])
  const { words, ids, holders } = indexWords(wordsOf)
  const rarity = holders.map((list) => (tooCommon(list, items.length) ? 0 : Math.log(1 + items.length / list.length)))
  const norms = wordsOf.map((list) => Math.hypot(...list.map((word) => rarity[ids.get(word)!]!)) || 1)

  const lists = listBuilder(items.length)
  const scores = new Float64Array(items.length)
  for (const [item, list] of wordsOf.entries()) {
    const touched = new Set<number>()
    for (const word of list) {
      const id = ids.get(word)!
      const weight = rarity[id]! ** 2
      if (weight === 0) continue
      for (const other of holders[id]!) {
        if (other === item) continue
        if (!touched.has(other)) scores[other] = 0
        touched.add(other)
        scores[other]! += weight / (norms[item]! * norms[other]!)
      }
    }
    lists.add(topIndexes([...touched], scores, options.listLength), scores)
  }
  const wordOffsets = new Uint32Array(items.length + 1)
  for (const [item, list] of wordsOf.entries()) wordOffsets[item + 1] = wordOffsets[item]! + list.length
  const wordIds = Uint32Array.from(wordsOf.flatMap((list) => list.map((word) => ids.get(word)!)))
  return { ...lists.build(), words, wordOffsets, wordIds }
}

function wordsIn({ name = '', brand = '', categories = [] }: ItemInfo): string[] {
  const text = [name, brand, ...categories].join(' ').toLowerCase().normalize('NFKC')
  return text.match(/[\p{L}\p{N}]+/gu)?.filter((word) => word.length >= MIN_WORD_LENGTH && !/^\d+$/.test(word)) ?? []
}

function indexWords(wordsOf: readonly (readonly string[])[]) {
  const words: string[] = []
  const ids = new Map<string, number>()
  const holders: number[][] = []
  for (const [item, list] of wordsOf.entries()) {
    for (const word of list) {
      let id = ids.get(word)
      if (id === undefined) {
        id = words.push(word) - 1
        ids.set(word, id)
        holders.push([])
      }
      holders[id]!.push(item)
    }
  }
  return { words, ids, holders }
}

function tooCommon(holders: readonly number[], itemCount: number): boolean {
  return holders.length > Math.max(20, itemCount * COMMON_SHARE)
}
