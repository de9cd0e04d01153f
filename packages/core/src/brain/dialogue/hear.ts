import { findEntities } from '../intent/entities/find-entities.ts'
import type { Entity } from '../intent/entities/types.ts'
import { tokens } from '../intent/tokens.ts'
import type { Classification, IntentModel } from '../intent/types.ts'
import { type DialogueLanguage, phrasesIn } from './language.ts'
import type { DialogueAct, DialogueContext, DialogueItem, DialoguePack } from './types.ts'

export interface SpokenWord {
  readonly word: string
  readonly from: number
  readonly to: number
}

/** An utterance and what can be told of it without knowing what the conversation is about. */
export interface Heard {
  readonly text: string
  readonly words: readonly SpokenWord[]
  /** What the whole of it does, if it is one of the plain phrases. */
  readonly act: DialogueAct | undefined
  /** Begins with a yes or a no and goes on. */
  readonly lead: 'yes' | 'no' | undefined
  readonly isQuestion: boolean
  readonly isCorrection: boolean
  readonly isContinuation: boolean
  /** Says "it", "that one" outside of what was found. */
  readonly hasPronoun: boolean
  readonly entities: readonly Entity[]
  /** The same with days that lie ahead. */
  readonly ahead: readonly Entity[]
  readonly classification: Classification
}

export interface HearingContext {
  readonly context: DialogueContext
  /** Items that were shown: their names are known for now. */
  readonly shown: readonly DialogueItem[]
}

export type Hearing = (text: string, where: HearingContext) => Heard
export type EntityFinder = typeof findEntities

const WORD = /[\p{L}\p{N}\p{M}'’]+|\p{Extended_Pictographic}/gu
const MAX_WORDS = 64
const MAX_PHRASE = 12
const NO_CLASSIFICATION: Classification = { intent: null, confidence: 0, alternatives: [], scope: 0 }

/** Makes the ear of a dialogue: a pack's and a language's phrases, a model of intents, a finder of entities. */
export function createHearing(
  pack: DialoguePack,
  language: DialogueLanguage,
  intents: Pick<IntentModel, 'classify'>,
  entities: EntityFinder = findEntities,
): Hearing {
  const acts = actPhrases(pack, language)
  const polite = phrasesIn(language.polite).map(phraseOf)
  const longestPolite = Math.max(...polite.map((phrase) => phrase.split(' ').length))
  const politeSet = new Set(polite)
  const singles = (act: 'yes' | 'no') =>
    new Set(
      phrasesIn(language.acts[act])
        .map(phraseOf)
        .filter((phrase) => !phrase.includes(' ')),
    )
  const yes = singles('yes')
  const no = singles('no')
  const pronouns = new Set(phrasesIn(language.pronouns))
  const asking = new Set(phrasesIn(language.asking))
  const correcting = phrasesIn(language.correcting).map(phraseOf)
  const continuing = phrasesIn(language.continuing).map(phraseOf)
  const afterwards = new Set(phrasesIn(language.correctingAfter))

  const stripped = (words: readonly string[]): readonly string[] => {
    let [from, to] = [0, words.length]
    const isPolite = (start: number, end: number) => politeSet.has(words.slice(start, end).join(' '))
    for (let changed = true; changed; ) {
      changed = false
      for (let length = Math.min(longestPolite, to - from - 1); length > 0 && !changed; length--) {
        if (isPolite(from, from + length)) {
          from += length
          changed = true
        } else if (isPolite(to - length, to)) {
          to -= length
          changed = true
        }
      }
    }
    return words.slice(from, to)
  }

  return (text, { context, shown }) => {
    const words = spokenWords(text)
    const plain = words.map(({ word }) => word)
    const spoken = plain.join(' ')
    const act =
      plain.length === 0
        ? text.includes('?')
          ? 'help'
          : undefined
        : plain.length <= MAX_PHRASE
          ? (acts.get(spoken) ?? acts.get(stripped(plain).join(' ')))
          : undefined
    const find = (prefer: 'past' | 'future') =>
      entities(text, {
        now: context.now,
        timeZone: context.timeZone,
        language: context.language ?? pack.language,
        prefer,
        ...(context.currency !== undefined && { currency: context.currency }),
        ...(context.orderId && { orderId: context.orderId }),
        lists: namesOf(context, shown),
      })
    const found = find('past')
    const inEntity = ({ from, to }: SpokenWord) => found.some((one) => from < one.to && one.from < to)
    const startsWith = (phrase: string) => spoken === phrase || spoken.startsWith(`${phrase} `)
    let ahead: readonly Entity[] | undefined
    let classification: Classification | undefined
    return {
      text,
      words,
      act,
      lead: act || plain.length < 2 ? undefined : yes.has(plain[0]!) ? 'yes' : no.has(plain[0]!) ? 'no' : undefined,
      isQuestion: text.trimEnd().endsWith('?') || asking.has(stripped(plain)[0] ?? plain[0] ?? ''),
      isCorrection: correcting.some(startsWith) || afterwards.has(plain.at(-1) ?? ''),
      isContinuation: continuing.some((phrase) => spoken.startsWith(`${phrase} `)),
      hasPronoun: words.some((word) => pronouns.has(word.word) && !inEntity(word)),
      entities: found,
      get ahead() {
        ahead ??= find('future')
        return ahead
      },
      get classification() {
        classification ??= plain.length === 0 ? NO_CLASSIFICATION : intents.classify(text)
        return classification
      },
    }
  }
}

/** The words of a text and where they stand, as the intent model reads them. */
export function spokenWords(text: string): SpokenWord[] {
  const found: SpokenWord[] = []
  for (const match of text.matchAll(WORD)) {
    const word = tokens(match[0]).join('')
    if (word) found.push({ word, from: match.index, to: match.index + match[0].length })
    if (found.length >= MAX_WORDS) break
  }
  return found
}

/** A phrase as it is compared. */
export function phraseOf(text: string): string {
  return spokenWords(text)
    .map(({ word }) => word)
    .join(' ')
}

function actPhrases(pack: DialoguePack, language: DialogueLanguage): ReadonlyMap<string, DialogueAct> {
  const phrases = new Map<string, DialogueAct>()
  for (const [act, texts] of Object.entries(language.acts) as [DialogueAct, string][]) {
    for (const text of phrasesIn(texts)) phrases.set(phraseOf(text), act)
  }
  for (const intent of Object.values(pack.intents)) {
    // An alias of a pack's own goal wins over the engine's phrase: "next" may be an intent.
    for (const text of intent.aliases ?? []) {
      if (intent.act) phrases.set(phraseOf(text), intent.act)
      else phrases.delete(phraseOf(text))
    }
  }
  phrases.delete('')
  return phrases
}

function namesOf(
  { lists = {} }: DialogueContext,
  shown: readonly DialogueItem[],
): Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>> {
  if (shown.length === 0) return lists
  const merged: Record<string, readonly { readonly id: string; readonly name: string }[]> = { ...lists }
  for (const { list, id, name } of shown) {
    const known = merged[list] ?? []
    if (!known.some((one) => one.id === id)) merged[list] = [...known, { id, name }]
  }
  return merged
}
