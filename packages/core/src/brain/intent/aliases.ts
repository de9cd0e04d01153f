import { fail } from './check-input.ts'
import { tokens } from './tokens.ts'

/** Ways of asking that a tenant adds to an intent: its name → phrases. */
export type IntentAliases = Readonly<Record<string, readonly string[]>>
/** Other words for a word that the model knows: that word → what people say instead. */
export type IntentSynonyms = Readonly<Record<string, readonly string[]>>

export interface AliasMatch {
  readonly intent: number
  /** The share of the utterance's words that the phrase makes up, in (0, 1]. */
  readonly share: number
}

/** Finds the longest phrase that an utterance holds word for word. Throws `TypeError` for an intent that is not in `intents`. */
export function createAliasFinder(
  aliases: IntentAliases,
  intents: readonly string[],
): (words: readonly string[]) => AliasMatch | undefined {
  const phrases = Object.entries(aliases)
    .flatMap(([intent, texts]) => {
      const index = intents.indexOf(intent)
      if (index < 0) fail('aliases must be of intents that the model knows', intent)
      return texts.map((text) => ({ intent: index, words: tokens(text).filter((word) => word !== '?') }))
    })
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => b.words.length - a.words.length)
  return (words) => {
    const spoken = words.filter((word) => word !== '?')
    const found = phrases.find((phrase) => holds(spoken, phrase.words))
    return found && { intent: found.intent, share: found.words.length / spoken.length }
  }
}

/** Puts the word that the model knows in place of what stands for it. Longer phrases go first. */
export function createSynonyms(synonyms: IntentSynonyms): (words: readonly string[]) => readonly string[] {
  const swaps = Object.entries(synonyms)
    .flatMap(([word, others]) => others.map((other) => ({ from: tokens(other), to: tokens(word) })))
    .filter(({ from, to }) => from.length > 0 && to.length > 0)
    .sort((a, b) => b.from.length - a.from.length)
  if (swaps.length === 0) return (words) => words
  return (words) => {
    const out: string[] = []
    for (let at = 0; at < words.length; ) {
      const swap = swaps.find(({ from }) => from.every((word, i) => words[at + i] === word))
      out.push(...(swap ? swap.to : [words[at]!]))
      at += swap ? swap.from.length : 1
    }
    return out
  }
}

function holds(words: readonly string[], phrase: readonly string[]): boolean {
  return words.some((_, at) => phrase.every((word, i) => words[at + i] === word))
}
