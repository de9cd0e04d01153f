import { askAgain, drop } from './ask-again.ts'
import { doAct } from './do-act.ts'
import { offerPerson } from './fall-back.ts'
import { isNamed } from './fill-slots.ts'
import { changeSlot, clipSaid, hearSlots, slotsOf, startGoal, takeValues } from './goals.ts'
import type { Heard } from './hear.ts'
import { flowOf, sureIntent } from './intent-of.ts'
import type { Expectation, Frame } from './memory.ts'
import { runFlow } from './run-flow.ts'
import { say } from './say.ts'
import { type Session, topOf } from './session.ts'
import { isSameValue } from './slot-value.ts'
import type { Json } from './types.ts'

type Asked = Expectation & { kind: 'slot' }

/** Surer than this it must be that a sentence is a request, where any sentence would be an answer. */
const REQUEST_FROM = 0.8
/** A value and this many words of their own may be another request. */
const REQUEST_WORDS = 2
const SMALL_TALK_WORDS = 6

/** Takes an answer to a question: a value, a correction, a request of its own, small talk, or nothing that helps. */
export function answerSlot(session: Session, heard: Heard, expect: Asked): void {
  const frame = topOf(session)!
  const slot = session.pack.slots[expect.slot]!
  session.tries = { slot: expect.slot, tries: expect.tries }
  const isHeld = frame.filled.length > 0
  const mode = isHeld && (heard.isCorrection || heard.lead === 'no') ? 'correct' : 'answer'
  const { held, filled } = { held: frame.slots, filled: frame.filled }
  const { values, residue } = hearSlots(session, heard, { flow: frame.flow, held, filled, expected: expect.slot, mode })
  if (slot.kind === 'text' && mode === 'answer') {
    answerText(session, heard, expect, frame, values)
    return
  }
  if (values.size > 0) {
    const other = otherRequest(session, heard, frame, residue, values.has(expect.slot) ? REQUEST_WORDS : 1)
    if (other) {
      startRequest(session, other, heard, expect)
      return
    }
    take(session, values)
    return
  }
  if (tryChange(session, heard, frame)) return
  if (heard.act === 'no') {
    refuse(session, expect)
    return
  }
  if (heard.act && heard.act !== 'yes') {
    doAct(session, heard.act, expect)
    return
  }
  const other = otherRequest(session, heard, frame, residue, 0)
  if (other) {
    startRequest(session, other, heard, expect)
    return
  }
  notUnderstood(session, heard, expect)
}

/** Any sentence would do: only questions that are surely something else, and small talk, are not taken for the answer. */
function answerText(
  session: Session,
  heard: Heard,
  expect: Asked,
  frame: Frame,
  values: ReadonlyMap<string, Json>,
): void {
  if (heard.act === 'no') {
    refuse(session, expect)
    return
  }
  if (heard.act === 'yes' || heard.words.length === 0) {
    notUnderstood(session, heard, expect)
    return
  }
  if (heard.act) {
    doAct(session, heard.act, expect)
    return
  }
  const sure = sureIntent(session, heard, REQUEST_FROM)
  const intent = sure === undefined ? undefined : session.pack.intents[sure]!
  const isSmallTalk = intent?.isSmallTalk && heard.words.length <= SMALL_TALK_WORDS
  const isRequest = intent && !intent.isSmallTalk && heard.isQuestion && flowOf(session, sure!) !== frame.flow
  if (isSmallTalk || isRequest) {
    startRequest(session, sure!, heard, expect)
    return
  }
  const others = [...values].filter(([name]) => name !== expect.slot && frame.slots[name] === undefined)
  const value = values.get(expect.slot) ?? heard.text
  take(session, new Map([...others, [expect.slot, value]]))
}

/** What the utterance asks for beside the goal under way, if it is sure enough. */
export function otherRequest(
  session: Session,
  heard: Heard,
  frame: Frame,
  residue: number,
  words: number,
): string | undefined {
  if (residue < words) return undefined
  const sure = sureIntent(session, heard)
  if (sure === undefined || flowOf(session, sure) === frame.flow) return undefined
  // What would do as an answer is another request only when it is worded as one.
  return words < REQUEST_WORDS || heard.isQuestion || heard.classification.confidence >= 0.9 ? sure : undefined
}

export function startRequest(session: Session, intent: string, heard: Heard, expect: Expectation | null): void {
  const { act } = session.pack.intents[intent]!
  if (act) {
    doAct(session, act, expect)
    return
  }
  startGoal(session, intent, heard)
}

export function take(session: Session, values: ReadonlyMap<string, Json>): void {
  const frame = topOf(session)!
  session.memory.misses = 0
  const isChanged = [...values].some(
    ([name, value]) => frame.slots[name] !== undefined && !isSameValue(frame.slots[name], value),
  )
  const { isTaken } = takeValues(session, values)
  if (isChanged && isTaken) say(session, 'core.corrected')
  runFlow(session)
}

/** "Change the amount", "the date is wrong": the slot is asked for anew. */
export function tryChange(session: Session, heard: Heard, frame: Frame): boolean {
  const { words, pack } = session
  if (!heard.words.some(({ word }) => words.changing.has(word)) && !heard.isCorrection) return false
  const named = slotsOf(session, frame.flow).find(
    (name) => frame.slots[name] !== undefined && isNamed(name, { heard, slots: pack.slots, filler: words.filler }),
  )
  if (named === undefined) return false
  changeSlot(session, named)
  return true
}

/** A no to a question: an optional one is passed over, of another the goal is dropped at the second no. */
function refuse(session: Session, expect: Asked): void {
  const frame = topOf(session)!
  const isOptional = session.pack.flows[frame.flow]!.steps.some(
    (step) => step.kind === 'slot' && step.slot === expect.slot && step.isOptional,
  )
  if (isOptional) {
    doAct(session, 'skip', expect)
    return
  }
  if (expect.tries > 0) {
    drop(session)
    return
  }
  const { label, example } = session.pack.slots[expect.slot]!
  say(session, 'core.cannot_skip', { label, example })
  askAgain(session, expect)
}

function notUnderstood(session: Session, heard: Heard, expect: Asked): void {
  const { label, example, invalid } = session.pack.slots[expect.slot]!
  const guess = heard.classification.intent
  session.effects.push({
    kind: 'unanswered',
    text: heard.text.slice(0, 300).toWellFormed(),
    ...(guess !== null && { guess }),
  })
  if (expect.tries + 1 < 3) {
    const template = expect.tries === 0 ? (invalid ?? 'core.slot_invalid') : 'core.slot_invalid_again'
    say(session, template, { said: clipSaid(heard.text), label, example })
  }
  if (!askAgain(session, expect)) offerPerson(session)
}
