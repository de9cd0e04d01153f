import { answerClarify, choose, somethingElse } from './answer-clarify.ts'
import { answerChange, answerConfirm } from './answer-confirm.ts'
import { answerSlot, take } from './answer-slot.ts'
import { drop } from './ask-again.ts'
import { hasCardNumber } from './card-number.ts'
import { cleanText } from './clean-text.ts'
import { doAct } from './do-act.ts'
import { admit, offerTopics } from './fall-back.ts'
import { freeText } from './free-text.ts'
import { endGoal, handOff } from './goal-stack.ts'
import { changeSlot, slotsOf, startGoal } from './goals.ts'
import type { Heard } from './hear.ts'
import type { ChipAction, Expectation, Snapshot } from './memory.ts'
import { snapshotOf } from './memory.ts'
import { runFlow } from './run-flow.ts'
import { say } from './say.ts'
import { type Session, topOf } from './session.ts'
import { takeForm } from './take-form.ts'
import type { DialogueAct, DialogueInput } from './types.ts'

/** Acts that mean the same whatever was asked. */
const ANYWHERE: ReadonlySet<DialogueAct> = new Set(['cancel', 'repeat', 'undo', 'help', 'start-over', 'person'])
const MAX_LAST_TEXT = 300

/** Takes what came in. While a person has the conversation nothing but their leaving does anything. */
export function takeInput(session: Session, input: DialogueInput): void {
  const { memory } = session
  memory.turn++
  if (input.kind === 'person-joined') memory.holder = 'person'
  if (memory.holder === 'person') {
    if (input.kind === 'person-left') comeBack(session)
    return
  }
  const expect = memory.expect
  const before = snapshotOf(memory)
  const calls = memory.calls
  memory.expect = null
  memory.offered = []
  memory.spoken = []
  delete memory.heard
  switch (input.kind) {
    case 'text':
      takeText(session, input.text, expect)
      break
    case 'chip':
      takeChip(session, input.id, input.label, expect)
      break
    case 'form':
      takeForm(session, input.values, expect)
      break
    case 'person-joined':
    case 'person-left':
      memory.expect = expect
      break
    default:
      takeProof(session, input.kind, expect)
  }
  keepForUndo(session, before, calls)
}

/** What changed something can be taken back, unless a skill that was confirmed did it. */
function keepForUndo({ memory, effects }: Session, before: Snapshot, calls: number): void {
  const hasDone = memory.calls > calls && effects.some((one) => one.kind === 'call' && one.isConfirmed)
  const isSame = JSON.stringify([memory.stack, memory.last]) === JSON.stringify([before.stack, before.last])
  const isUndone = effects.some((one) => one.kind === 'say' && one.template === 'core.undone')
  if (hasDone || isUndone || memory.holder === 'person') memory.before = null
  else if (!isSame && !effects.some(({ kind }) => kind === 'started-over')) memory.before = before
}

function comeBack(session: Session): void {
  const { memory } = session
  memory.holder = 'bot'
  memory.offered = []
  memory.spoken = []
  say(session, 'core.person_left')
  offerTopics(session)
}

export function takeText(session: Session, raw: string, expect: Expectation | null): void {
  const { memory } = session
  const text = cleanText(typeof raw === 'string' ? raw : '')
  session.text = text
  if (hasCardNumber(text)) {
    session.text = ''
    say(session, 'core.card_number')
    resumeAsking(session, expect)
    return
  }
  memory.lastText = text.slice(0, MAX_LAST_TEXT).toWellFormed()
  const heard = session.hear(text, { context: session.context, shown: memory.shown })
  if (heard.words.length === 0 && heard.act === undefined) {
    nothingSaid(session, expect)
    return
  }
  takeHeard(session, heard, expect, raw)
}

function takeHeard(session: Session, heard: Heard, expect: Expectation | null, raw: string): void {
  const { memory } = session
  if (heard.act) memory.heard = { act: heard.act, confidence: 1 }
  if (memory.pending && !endsWaiting(session, heard)) return
  const isValue = expect?.kind === 'slot' && isChoiceOf(session, heard, expect.slot)
  if (heard.act && ANYWHERE.has(heard.act) && !isValue && (heard.act !== 'cancel' || topOf(session) || expect)) {
    doAct(session, heard.act, expect)
    return
  }
  const frame = topOf(session)
  if (expect?.kind === 'clarify') answerClarify(session, heard, expect)
  else if (expect?.kind === 'offer-person') answerOffer(session, heard)
  else if (frame && expect?.kind === 'confirm') answerConfirm(session, heard, expect)
  else if (frame && expect?.kind === 'change') answerChange(session, heard, expect)
  else if (frame && expect?.kind === 'slot' && slotsOf(session, frame.flow).includes(expect.slot)) {
    answerSlot(session, isTooLong(raw, heard) ? { ...heard, text: raw.slice(0, 4_000) } : heard, expect)
  } else freeText(session, heard)
}

/** A free text is refused for its length rather than cut without a word. */
function isTooLong(raw: string, { text }: Heard): boolean {
  return raw.length > text.length * 2
}

/** A word such as "next" or "back" may be one of the choices. */
function isChoiceOf({ pack }: Session, heard: Heard, slot: string): boolean {
  const said = heard.text.toLowerCase()
  return (pack.slots[slot]?.choices ?? []).some(({ label, words = [] }) =>
    [label, ...words].some((one) => one.toLowerCase() === said),
  )
}

/** While the host is at work: what was asked for is dropped or waited for. `false` where there is nothing more to do. */
function endsWaiting(session: Session, heard: Heard): boolean {
  const { memory } = session
  const pending = memory.pending!
  if (pending.wait !== 'call') {
    memory.pending = null
    if (session.context.isSignedIn && pending.wait === 'sign-in' && isPatience(heard)) {
      runFlow(session)
      return false
    }
    if (!isPatience(heard)) return true
    memory.pending = pending
    say(session, pending.wait === 'sign-in' ? 'core.still_signed_out' : 'core.step_up')
    askForProof(session)
    return false
  }
  if (!pending.isConfirmed) {
    memory.pending = null
    return true
  }
  if (pending.turns === 0) {
    memory.pending = { ...pending, turns: 1 }
    say(session, heard.act === 'cancel' ? 'core.too_late_to_cancel' : 'core.still_working')
    return false
  }
  memory.pending = null
  say(session, 'core.unknown_result')
  endGoal(session, 'failed')
  return !heard.act
}

function isPatience({ act }: Heard): boolean {
  return act === 'yes' || act === 'thank' || act === 'greet'
}

function askForProof({ memory, effects }: Session): void {
  const { wait, skill, callId } = memory.pending!
  effects.push(wait === 'sign-in' ? { kind: 'sign-in', skill } : { kind: 'step-up', callId, skill })
}

/** Came back from signing in or a second proof: what was waiting is done. */
function takeProof(
  session: Session,
  kind: 'signed-in' | 'stepped-up' | 'step-up-refused',
  expect: Expectation | null,
): void {
  const { memory, pack } = session
  const { pending } = memory
  const isAwaited = pending?.wait === (kind === 'signed-in' ? 'sign-in' : 'step-up')
  if (!pending || !isAwaited) {
    memory.expect = expect
    return
  }
  if (kind === 'step-up-refused') {
    memory.pending = null
    say(session, 'core.step_up_refused')
    endGoal(session, 'cancelled')
    runFlow(session)
  } else if (kind === 'signed-in' && !session.context.isSignedIn) {
    say(session, 'core.still_signed_out')
    askForProof(session)
  } else if (pending.callId === '') {
    memory.pending = null
    runFlow(session)
  } else {
    const { callId, skill, args, isConfirmed } = pending
    memory.pending = { ...pending, wait: 'call' }
    session.effects.push({
      kind: 'call',
      callId,
      skill,
      args,
      permissions: pack.skills[skill]?.permissions ?? [],
      isConfirmed,
    })
  }
}

function answerOffer(session: Session, heard: Heard): void {
  if (heard.act === 'yes' || heard.lead === 'yes') {
    handOff(session, 'not-understood')
    return
  }
  session.memory.misses = 0
  if (heard.act !== 'no') {
    freeText(session, heard)
    return
  }
  if (topOf(session)) {
    drop(session)
    return
  }
  say(session, 'core.no_person')
  offerTopics(session)
}

function nothingSaid(session: Session, expect: Expectation | null): void {
  session.memory.misses++
  if (session.memory.misses >= 3) admit(session, '')
  else {
    say(session, 'core.nothing_said')
    resumeAsking(session, expect)
  }
}

/** Asks again what was asked. */
function resumeAsking(session: Session, expect: Expectation | null): void {
  const { memory } = session
  if (memory.pending) return
  if (expect?.kind === 'slot') session.tries = expect
  if (topOf(session) && expect?.kind !== 'clarify') runFlow(session)
  else memory.expect = expect
}

function takeChip(session: Session, id: string, label: string | undefined, expect: Expectation | null): void {
  const chip = session.offered.find((one) => one.id === id)
  if (chip) {
    session.text = chip.label
    session.memory.lastText = chip.label
    doChip(session, chip.action, expect)
    return
  }
  // A button of an older question must not say yes to a newer one.
  if (expect?.kind === 'confirm' || !label) {
    if (expect?.kind === 'confirm') say(session, 'core.confirm_again')
    else say(session, 'core.lost')
    resumeAsking(session, expect)
    return
  }
  takeText(session, label, expect)
}

function doChip(session: Session, action: ChipAction, expect: Expectation | null): void {
  const { memory, pack, context } = session
  switch (action.does) {
    case 'intent': {
      memory.pending = dropPending(session)
      memory.heard = { intent: action.intent, confidence: 1 }
      const { act } = pack.intents[action.intent]!
      if (act) doAct(session, act, null)
      else if (action.text !== undefined) choose(session, action.intent, action.text)
      else startGoal(session, action.intent, undefined, action.slots ?? {})
      return
    }
    case 'slots': {
      const frame = topOf(session)
      const known = frame ? slotsOf(session, frame.flow) : []
      const values = Object.entries(action.slots).filter(([name]) => known.includes(name))
      if (values.length > 0) take(session, new Map(values))
      else takeText(session, session.text, expect)
      return
    }
    case 'say':
      takeText(session, action.text, expect)
      return
    case 'act':
      takeHeard(
        session,
        { ...session.hear(session.text, { context, shown: [] }), act: action.act, entities: [] },
        expect,
        '',
      )
      return
    case 'change':
      if (topOf(session)) changeSlot(session, action.slot)
      else takeText(session, session.text, expect)
      return
    case 'something-else':
      somethingElse(session)
  }
}

/** A call in flight that was confirmed goes on being waited for. */
function dropPending({ memory }: Session): typeof memory.pending {
  return memory.pending?.wait === 'call' && memory.pending.isConfirmed ? memory.pending : null
}
