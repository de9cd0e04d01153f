import { otherRequest, startRequest, take, tryChange } from './answer-slot.ts'
import { drop } from './ask-again.ts'
import { changeable, changeChips } from './call-skill.ts'
import { doAct } from './do-act.ts'
import { hearSlots } from './goals.ts'
import { type Heard, spokenWords } from './hear.ts'
import type { Expectation, Frame } from './memory.ts'
import { runFlow } from './run-flow.ts'
import { emit, offer, plainTextOf, say } from './say.ts'
import { type Session, topOf } from './session.ts'
import { isSameValue } from './slot-value.ts'

type Asked = Expectation & { kind: 'confirm' }

const MOST_TRIES = 3

/** Takes an answer to "shall I?". Only a plain yes is one: a yes with anything else to it changes, asks, or is asked about again. */
export function answerConfirm(session: Session, heard: Heard, expect: Asked): void {
  const frame = topOf(session)!
  if (isPlainYes(session, heard, frame)) {
    frame.approved = expect.key
    session.memory.misses = 0
    runFlow(session)
    return
  }
  if (heard.act === 'no') {
    askWhatToChange(session, frame)
    return
  }
  if (heard.act && heard.act !== 'yes') {
    doAct(session, heard.act, expect)
    return
  }
  if (tryValues(session, heard, frame, expect)) return
  if (heard.lead === 'no' && heard.words.length <= 3) {
    askWhatToChange(session, frame)
    return
  }
  again(session, expect)
}

/** After "what should I change?". A second no ends it: nothing asks in a circle. */
export function answerChange(session: Session, heard: Heard, expect: Expectation & { kind: 'change' }): void {
  const frame = topOf(session)!
  if (heard.act === 'no') {
    drop(session)
    return
  }
  if (heard.act && heard.act !== 'yes') {
    doAct(session, heard.act, expect)
    return
  }
  if (tryValues(session, heard, frame, expect, true)) return
  // Whatever it was, what is about to happen is said once more.
  session.confirmTries = 1
  runFlow(session)
}

function tryValues(session: Session, heard: Heard, frame: Frame, expect: Expectation, isNaming = false): boolean {
  const asked = { flow: frame.flow, held: frame.slots, filled: frame.filled, mode: 'correct' } as const
  const { values, residue } = hearSlots(session, heard, asked)
  const isNew = [...values].some(([name, value]) => !isSameValue(frame.slots[name], value))
  const other = otherRequest(session, heard, frame, residue, isNew ? 2 : 1)
  if (other && !heard.isCorrection) {
    startRequest(session, other, heard, expect)
    return true
  }
  if (isNew) {
    take(session, values)
    return true
  }
  if (isNaming) {
    const named = { ...heard, isCorrection: true }
    return tryChange(session, named, frame)
  }
  return tryChange(session, heard, frame)
}

/** Yes, and nothing that could be meant otherwise. What is being confirmed may be named: "yes, send £50 to Ann". */
function isPlainYes(session: Session, heard: Heard, frame: Frame): boolean {
  // What came damaged may have been more than a yes.
  if (heard.text.endsWith('?') || heard.text.includes('\ufffd')) return false
  if (heard.act === 'yes') return true
  if (heard.lead !== 'yes') return false
  const { pack, words } = session
  const asked = { flow: frame.flow, held: frame.slots, filled: frame.filled, mode: 'correct' } as const
  const { values } = hearSlots(session, heard, asked)
  if ([...values].some(([name, value]) => !isSameValue(frame.slots[name], value))) return false
  const step = pack.flows[frame.flow]!.steps[frame.at]
  const skill = step?.kind === 'call' ? pack.skills[step.skill]!.label : ''
  const known = new Set(spokenWords(`${skill} ${pack.flows[frame.flow]!.label}`).map(({ word }) => word))
  const inValue = ({ from, to }: { from: number; to: number }) =>
    heard.entities.some((one) => from < one.to && one.from < to)
  const isHarmless = heard.words.every(
    (word) => words.affirming.has(word.word) || known.has(word.word) || inValue(word),
  )
  return isHarmless && (values.size > 0 || heard.entities.length === 0)
}

function askWhatToChange(session: Session, frame: Frame): void {
  const slots = changeable(session, frame)
  say(session, 'core.what_to_change')
  const cancel = { label: plainTextOf(session, 'core.chip_cancel'), action: { does: 'act', act: 'cancel' } as const }
  emit(session, { kind: 'chips', chips: offer(session, [...changeChips(session, slots), cancel]) })
  session.memory.expect = { kind: 'change', slots }
}

function again(session: Session, expect: Asked): void {
  const tries = expect.tries + 1
  if (tries >= MOST_TRIES) {
    drop(session)
    return
  }
  session.confirmTries = tries
  say(session, 'core.confirm_again')
  runFlow(session)
}
