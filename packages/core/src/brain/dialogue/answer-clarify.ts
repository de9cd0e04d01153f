import { findNames } from '../intent/entities/find-names.ts'
import { startRequest } from './answer-slot.ts'
import { doAct } from './do-act.ts'
import { freeText } from './free-text.ts'
import type { Heard } from './hear.ts'
import type { Expectation } from './memory.ts'
import { runFlow } from './run-flow.ts'
import { say } from './say.ts'
import type { Session } from './session.ts'

type Asked = Expectation & { kind: 'clarify' }

/** Takes an answer to "did you mean": one of them, none of them, or something new altogether. It is not asked again. */
export function answerClarify(session: Session, heard: Heard, expect: Asked): void {
  if (heard.act === 'no') {
    somethingElse(session)
    return
  }
  const chosen = chosenOf(session, heard, expect)
  if (chosen !== undefined) {
    choose(session, chosen, expect.text)
    return
  }
  if (heard.act) {
    doAct(session, heard.act, expect)
    return
  }
  freeText(session, heard)
}

/** Starts what was chosen, with what was said before it was asked about. */
export function choose(session: Session, intent: string, text: string): void {
  startRequest(session, intent, session.hear(text, { context: session.context, shown: session.memory.shown }), null)
}

export function somethingElse(session: Session): void {
  const { memory, pack } = session
  const topics = pack.help.topics
  say(session, 'core.rephrase', { example: topics[memory.turn % Math.max(1, topics.length)]?.example ?? '' })
  memory.hasClarified = true
  runFlow(session)
}

function chosenOf({ pack }: Session, heard: Heard, { intents }: Asked): string | undefined {
  if (heard.act === 'yes') return intents[0]
  const ordinal = heard.entities.find(({ kind }) => kind === 'ordinal')
  if (ordinal?.kind === 'ordinal') return intents.at(ordinal.value < 0 ? ordinal.value : ordinal.value - 1)
  const labels = intents.map((id) => ({ id, name: pack.intents[id]!.label }))
  const named = findNames(heard.text, { labels }).toSorted((a, b) => b.score - a.score)[0]
  if (named) return named.id
  const { intent } = heard.classification
  return intent !== null && intents.includes(intent) ? intent : undefined
}
