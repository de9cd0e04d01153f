import type { IntentModel } from '../intent/types.ts'
import { boundState } from './bound-state.ts'
import { checkPack } from './check-pack.ts'
import { greet } from './do-act.ts'
import { ENGLISH } from './english.ts'
import { createHearing, type EntityFinder } from './hear.ts'
import { type DialogueLanguage, phrasesIn } from './language.ts'
import { type Memory, newMemory, readMemory } from './memory.ts'
import type { Engine, Session } from './session.ts'
import { takeResult } from './take-result.ts'
import { takeInput } from './take-turn.ts'
import type { Dialogue, DialogueContext, DialoguePack, DialogueTurn } from './types.ts'

export interface DialogueOptions {
  readonly pack: DialoguePack
  /** Trained on `intentExamplesOf(pack)`, loaded with `intentAliasesOf(pack)`. */
  readonly intents: Pick<IntentModel, 'classify'> & {
    readonly thresholds?: { readonly answerFrom: number; readonly askFrom?: number }
  }
  /** What the engine knows of the pack's language. Default: English. */
  readonly language?: DialogueLanguage
  /** Default: `findEntities`. */
  readonly entities?: EntityFinder
}

/** Below this nothing is sure, whatever the model says. */
const LEAST_SURE = 0.3

/**
 * A dialogue as a pure state machine: state and what came in give the next state and effects. The host keeps the state between turns,
 * shows effects, and runs skills, whose results it passes to `resume`. Throws `TypeError` for a pack that is not in order.
 *
 * A turn takes O(length of the utterance · names in the context); a state has at most `MAX_STATE_BYTES`.
 */
export function createDialogue({ pack, intents, language = ENGLISH, entities }: DialogueOptions): Dialogue {
  const problems = checkPack(pack)
  if (problems.length > 0) {
    const shown = problems.slice(0, 5).map(({ path, message }) => `${path}: ${message}`)
    throw new TypeError(`The pack ${JSON.stringify(pack?.name)} is not in order. ${shown.join('; ')}`)
  }
  const engine: Engine = {
    pack,
    language,
    intents,
    answerFrom: pack.settings?.answerFrom ?? Math.max(LEAST_SURE, intents.thresholds?.answerFrom ?? 0),
    askFrom: pack.settings?.answerFrom === undefined ? intents.thresholds?.askFrom : undefined,
    hear: createHearing(pack, language, intents, entities),
    words: {
      filler: new Set(phrasesIn(language.filler)),
      not: new Set(phrasesIn(language.not)),
      affirming: new Set(phrasesIn(language.affirming)),
      changing: new Set(phrasesIn(language.changing)),
    },
  }
  const sessionOf = (memory: Memory, context: DialogueContext): Session => ({
    ...engine,
    context,
    memory,
    effects: [],
    text: '',
    offered: memory.offered,
    spoken: memory.spoken,
    tries: undefined,
    confirmTries: 0,
    cards: new Map(),
    steps: 0,
  })
  const done = ({ memory, effects }: Session): DialogueTurn => ({ state: boundState(memory), effects })

  return {
    pack,
    start(context) {
      const session = sessionOf(newMemory(pack), context)
      greet(session)
      return done(session)
    },
    turn(state, input, context) {
      const session = sessionOf(readMemory(state, pack) ?? newMemory(pack), context)
      takeInput(session, input)
      return done(session)
    },
    resume(state, result, context) {
      const memory = readMemory(state, pack)
      const { pending } = memory ?? {}
      if (!memory || pending?.wait !== 'call' || pending.callId !== result.callId) return { state, effects: [] }
      const session = sessionOf(memory, context)
      session.text = memory.lastText
      takeResult(session, pending, result)
      return done(session)
    },
  }
}
