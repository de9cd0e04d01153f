import type { IntentModel } from '../intent/types.ts'
import type { Hearing } from './hear.ts'
import type { DialogueLanguage } from './language.ts'
import type { Frame, Memory, OfferedChip } from './memory.ts'
import type { DialogueCard, DialogueContext, DialogueEffect, DialoguePack } from './types.ts'

/** What a dialogue is made with, once. */
export interface Engine {
  readonly pack: DialoguePack
  readonly language: DialogueLanguage
  readonly intents: Pick<IntentModel, 'classify'>
  readonly answerFrom: number
  /** Where asking back may win this much, it does; `undefined`: below `answerFrom`. */
  readonly askFrom: number | undefined
  readonly hear: Hearing
  readonly words: {
    readonly filler: ReadonlySet<string>
    readonly not: ReadonlySet<string>
    readonly affirming: ReadonlySet<string>
    readonly changing: ReadonlySet<string>
  }
}

/** One turn at work: the memory that it changes and the effects that it makes. */
export interface Session extends Engine {
  readonly context: DialogueContext
  readonly memory: Memory
  readonly effects: DialogueEffect[]
  /** What was just said. */
  text: string
  /** Buttons of the turn before. */
  readonly offered: readonly OfferedChip[]
  /** What was said in the turn before. */
  readonly spoken: readonly DialogueEffect[]
  /** The slot that was asked for when this came in, and how often already. */
  tries: { readonly slot: string; readonly tries: number } | undefined
  /** How often a yes or no was asked for already. */
  confirmTries: number
  /** Cards by the name of their result, for this turn. */
  readonly cards: Map<string, readonly DialogueCard[]>
  steps: number
}

export function topOf(session: Session): Frame | undefined {
  return session.memory.stack.at(-1)
}
