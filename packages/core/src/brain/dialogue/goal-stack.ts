import { type Frame, MAX_STACK } from './memory.ts'
import { emit, offer, say } from './say.ts'
import type { Session } from './session.ts'
import type { DialogueItem, FlowOutcome, JsonObject } from './types.ts'

export function newFrame(session: Session, flow: string, intent: string, slots: JsonObject = {}): Frame {
  return {
    flow,
    flowVersion: session.pack.flows[flow]!.version,
    intent,
    at: 0,
    slots: { ...slots },
    results: {},
    filled: Object.keys(slots),
    asked: [],
    done: {},
    approved: null,
    isBinding: false,
    undo: null,
    failures: 0,
    wanted: null,
  }
}

export function pushFrame(session: Session, frame: Frame): void {
  session.memory.stack = [...session.memory.stack, frame].slice(-MAX_STACK)
}

/** Ends the current goal and says which one goes on, if any; nothing where it `isFollowed` by another at once. */
export function endGoal(session: Session, outcome: FlowOutcome, isFollowed = false): void {
  const { memory, pack } = session
  const frame = memory.stack.at(-1)
  if (!frame) return
  memory.stack = memory.stack.slice(0, -1)
  const kept = Object.fromEntries(Object.entries(frame.slots).filter(([name]) => !pack.slots[name]?.isSensitive))
  session.effects.push({ kind: 'end', flow: frame.flow, outcome, slots: kept })
  memory.last = {
    flow: frame.flow,
    intent: frame.intent,
    slots: kept,
    filled: frame.filled.filter((name) => Object.hasOwn(kept, name)),
    isBinding: frame.isBinding,
    undo: frame.undo,
  }
  memory.hasClarified = false
  if (isFollowed) return
  const below = memory.stack.at(-1)
  if (below) say(session, 'core.back', { label: pack.flows[below.flow]!.label })
  else if (outcome === 'done') offerIntents(session, pack.flows[frame.flow]!.next ?? [])
}

export function offerIntents(session: Session, intents: readonly string[]): void {
  const chips = intents
    .filter((name) => Object.hasOwn(session.pack.intents, name))
    .map((intent) => ({ label: session.pack.intents[intent]!.label, action: { does: 'intent', intent } as const }))
  if (chips.length > 0) emit(session, { kind: 'chips', chips: offer(session, chips) })
}

/** The steps that ask for a slot; where there are none, the slot is asked for before anything else. */
export function stepOf(session: Session, frame: Frame, slot: string): number | undefined {
  const at = session.pack.flows[frame.flow]!.steps.findIndex((step) => step.kind === 'slot' && step.slot === slot)
  return at < 0 ? undefined : at
}

/** Empties slots, and goes back to where the first of them is asked for. */
export function clearSlots(
  session: Session,
  frame: Frame,
  slots: readonly string[],
  items: readonly DialogueItem[] = [],
): void {
  for (const slot of slots) {
    delete frame.slots[slot]
    frame.filled = frame.filled.filter((name) => name !== slot)
    frame.asked = frame.asked.filter((name) => name !== slot)
    const at = stepOf(session, frame, slot)
    if (at === undefined || items.length > 0) frame.wanted = { slot, items: items.slice(0, 10) }
    else frame.at = Math.min(frame.at, at)
  }
}

/** Goes to a step by its id; what lies from there on is done anew. */
export function goTo(session: Session, frame: Frame, id: string): void {
  const at = session.pack.flows[frame.flow]!.steps.findIndex((step) => step.id === id)
  if (at < 0) return
  for (const step of Object.keys(frame.done)) if (Number(step) >= at) delete frame.done[step]
  frame.at = at
}

/** A person takes over: they are told what it was about, and the bot is silent. */
export function handOff(session: Session, reason: string): void {
  const { memory, pack } = session
  const frame = memory.stack.at(-1)
  say(session, 'core.handing_off')
  const slots = frame?.slots ?? memory.last?.slots ?? {}
  const flow = frame?.flow ?? memory.last?.flow
  session.effects.push({
    kind: 'hand-off',
    reason,
    summary: {
      ...(flow !== undefined && Object.hasOwn(pack.flows, flow) && { flow, label: pack.flows[flow]!.label }),
      slots,
      lastText: memory.lastText,
    },
  })
  for (const { flow, slots } of memory.stack.toReversed()) {
    session.effects.push({ kind: 'end', flow, outcome: 'handed-off', slots })
  }
  memory.stack = []
  memory.expect = null
  memory.pending = null
  memory.before = null
  memory.holder = 'person'
}
