import { type Decision, decide } from '../intent/decide.ts'
import type { Heard } from './hear.ts'
import type { Session } from './session.ts'

/** Surer than this it must be to turn away from a goal under way. */
const TURN_AWAY_FROM = 0.6
/** Less likely than this nothing is acted on. */
const LEAST_LIKELY = 0.2

/** What to do with an utterance as a request of its own. Intents that the pack does not know do not count. */
export function decideIntent(session: Session, heard: Heard, mayClarify: boolean): Decision {
  const { classification } = heard
  const isKnown = (intent: string) => Object.hasOwn(session.pack.intents, intent)
  const alternatives = classification.alternatives.filter(({ intent }) => isKnown(intent))
  const intent = classification.intent !== null && isKnown(classification.intent) ? classification.intent : null
  const { answerFrom, askFrom } = session
  const rules = { answerFrom, mayClarify, ...(askFrom !== undefined && { askFrom }) }
  const likely = classification.confidence < LEAST_LIKELY ? null : intent
  session.memory.heard = { confidence: classification.confidence, ...(likely !== null && { intent: likely }) }
  // What is unlikely is neither asked about nor answered at a guess.
  return decide({ ...classification, intent: likely, alternatives }, rules)
}

/** The intent that is surely meant, as something else than an answer. */
export function sureIntent(session: Session, heard: Heard, least = TURN_AWAY_FROM): string | undefined {
  const decision = decideIntent(session, heard, false)
  return decision.kind === 'answer' && heard.classification.confidence >= Math.max(least, session.answerFrom)
    ? decision.intent
    : undefined
}

/** The flow that an intent starts; `undefined` for what is answered at once. */
export function flowOf(session: Session, intent: string): string | undefined {
  const { flow, say, act } = session.pack.intents[intent]!
  return say === undefined && act === undefined ? (flow ?? intent) : undefined
}
