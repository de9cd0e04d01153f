import type { DialogueAct, PackTemplate } from './types.ts'

/** Phrases or words, with `|` between them. */
export type Phrases = string

/** What the engine itself must know of a language. Phrases are compared as the intent model reads words: no case, no accents. */
export interface DialogueLanguage {
  /** Phrases that are the whole of an utterance, politeness aside. */
  readonly acts: Readonly<Record<DialogueAct, Phrases>>
  /** Words around a request that say nothing: "please", "could you". */
  readonly polite: Phrases
  /** Words beside a value that say nothing of their own: "it is", "make it", "the". */
  readonly filler: Phrases
  /** Words that may stand beside a yes and leave it one: "send it", "go ahead". */
  readonly affirming: Phrases
  /** Beginnings of a correction: "I meant", "actually". */
  readonly correcting: Phrases
  /** Words that end one: "savings instead". */
  readonly correctingAfter: Phrases
  /** "change the amount", "the date is wrong": words that say that something named is to be changed. */
  readonly changing: Phrases
  /** Beginnings that carry the last goal on: "and", "what about". */
  readonly continuing: Phrases
  /** Words that begin a question. */
  readonly asking: Phrases
  /** Words that mean what was last spoken of: "it", "that one". */
  readonly pronouns: Phrases
  /** The word before what is not meant: "not current". */
  readonly not: Phrases
  readonly templates: Readonly<Record<string, PackTemplate>>
}

export function phrasesIn(phrases: Phrases): string[] {
  return phrases
    .split('|')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
