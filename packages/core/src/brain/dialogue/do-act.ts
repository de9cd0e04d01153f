import { askAgain } from './ask-again.ts'
import { dayPartAt } from './day-part.ts'
import { offerPerson, offerTopics } from './fall-back.ts'
import { endGoal, handOff, newFrame, pushFrame, stepOf } from './goal-stack.ts'
import { type Expectation, newMemory } from './memory.ts'
import { runFlow } from './run-flow.ts'
import { say } from './say.ts'
import { type Session, topOf } from './session.ts'
import type { DialogueAct, DialogueEffect } from './types.ts'

type Doing = (session: Session, expect: Expectation | null) => void

const ACTS: Readonly<Record<DialogueAct, Doing>> = {
  greet: (session) => aside(session, topOf(session) ? 'core.greet_aside' : 'core.greet_again'),
  thank: (session) => aside(session, 'core.thanks'),
  no: (session) => aside(session, 'core.no_more'),
  yes,
  bye,
  help,
  repeat,
  undo,
  skip,
  cancel,
  'start-over': startOver,
  person: (session) => handOff(session, 'asked'),
}

/** Does what the engine does by itself, whatever the goal. `expect` is what an answer was expected to be of. */
export function doAct(session: Session, act: DialogueAct, expect: Expectation | null): void {
  ACTS[act](session, expect)
}

/** Says hello, with the name, the time of day where the person is, and what it was about last. */
export function greet(session: Session): void {
  const { isReturning, lastTopic } = session.context.user ?? {}
  const template = isReturning ? (lastTopic ? 'core.greet_topic' : 'core.greet_returning') : 'core.greet'
  say(session, template, { timeOfDay: dayPartAt(session.context.now, session.context.timeZone) })
  offerTopics(session)
}

/** Says something beside the goal, and goes on with it. */
function aside(session: Session, template: string): void {
  session.memory.misses = 0
  say(session, template)
  runFlow(session)
}

function yes(session: Session): void {
  say(session, 'core.yes_to_what')
  offerTopics(session)
}

function bye(session: Session, expect: Expectation | null): void {
  say(session, 'core.bye')
  session.memory.misses = 0
  session.memory.expect = expect
}

function help(session: Session): void {
  const { pack } = session
  const topics = pack.help.topics.map(
    ({ intent, example }) => `• ${pack.intents[intent]?.label ?? intent}: “${example}”`,
  )
  say(session, 'core.help', { topics: topics.join('\n') })
  offerTopics(session, true)
  runFlow(session)
}

function repeat(session: Session, expect: Expectation | null): void {
  const { memory, effects } = session
  const spoken = session.spoken
  if (spoken.length === 0) {
    say(session, 'core.repeat_nothing')
    return
  }
  memory.expect = expect
  memory.offered = [...session.offered]
  memory.spoken = [...spoken]
  effects.push(...(spoken as readonly DialogueEffect[]))
}

function undo(session: Session): void {
  const { memory, pack } = session
  if (memory.before) {
    const { expect, ...before } = memory.before
    Object.assign(memory, before)
    memory.before = null
    memory.expect = expect?.kind === 'slot' || expect?.kind === 'confirm' ? null : expect
    say(session, 'core.undone')
    if (topOf(session)) runFlow(session)
    else offerTopics(session)
    return
  }
  const { last } = memory
  if (!topOf(session) && last?.isBinding && last.undo !== null && Object.hasOwn(pack.flows, last.undo)) {
    pushFrame(session, newFrame(session, last.undo, last.intent, last.slots))
    runFlow(session)
    return
  }
  say(session, 'core.cannot_undo')
  runFlow(session)
}

function skip(session: Session, expect: Expectation | null): void {
  const frame = topOf(session)
  if (!frame || expect?.kind !== 'slot') {
    aside(session, 'core.no_more')
    return
  }
  const step = session.pack.flows[frame.flow]!.steps[stepOf(session, frame, expect.slot) ?? -1]
  if (step?.kind === 'slot' && step.isOptional) {
    frame.asked = [...frame.asked, expect.slot]
    runFlow(session)
    return
  }
  const { label, example } = session.pack.slots[expect.slot]!
  say(session, 'core.cannot_skip', { label, example })
  if (!askAgain(session, expect)) offerPerson(session)
}

function cancel(session: Session, expect: Expectation | null): void {
  const { memory, pack } = session
  const frame = topOf(session)
  if (frame) {
    say(session, 'core.cancelled', { label: pack.flows[frame.flow]!.label })
    memory.pending = null
    endGoal(session, 'cancelled')
    runFlow(session)
    return
  }
  say(session, expect ? 'core.no_more' : 'core.nothing_to_cancel')
}

function startOver(session: Session): void {
  const { memory, pack } = session
  for (const { flow, slots } of memory.stack.toReversed()) {
    session.effects.push({ kind: 'end', flow, outcome: 'cancelled', slots })
  }
  const { turn, calls, said } = memory
  Object.assign(memory, { ...newMemory(pack), turn, calls, said })
  session.effects.push({ kind: 'started-over' })
  say(session, 'core.started_over')
  offerTopics(session)
}
