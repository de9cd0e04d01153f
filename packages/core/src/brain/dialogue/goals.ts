import { checkSlot } from './check-slot.ts'
import { type Filled, type Filling, fillSlots } from './fill-slots.ts'
import { clearSlots, endGoal, newFrame, pushFrame, stepOf } from './goal-stack.ts'
import type { Heard } from './hear.ts'
import { type Frame, pointAt } from './memory.ts'
import { valueAt } from './path.ts'
import { runFlow } from './run-flow.ts'
import { displayOf, say } from './say.ts'
import { type Session, topOf } from './session.ts'
import { isItemOf, isSameValue } from './slot-value.ts'
import type { DialogueItem, Json, JsonObject, PackSlot } from './types.ts'

/** The slots that a flow knows, in the order in which it asks for them. */
export function slotsOf(session: Session, flow: string): string[] {
  const { steps, slots = [] } = session.pack.flows[flow]!
  const asked = steps.flatMap((step) => (step.kind === 'slot' ? [step.slot] : []))
  return [...new Set([...asked, ...slots])].filter((name) => Object.hasOwn(session.pack.slots, name))
}

/** What an utterance says about the slots of a flow. */
export function hearSlots(
  session: Session,
  heard: Heard,
  asked: Pick<Filling, 'mode' | 'held' | 'filled'> & { readonly flow: string; readonly expected?: string | undefined },
): Filled {
  const { memory, context, pack, words } = session
  const nameOf = (list: string, id: string) =>
    (context.lists?.[list] ?? []).find((one) => one.id === id)?.name ??
    memory.shown.find((one) => one.list === list && one.id === id)?.name ??
    id
  const candidatesOf = (name: string): DialogueItem[] => {
    const slot = pack.slots[name]!
    const list = slot.list ?? name
    const listed = (context.lists?.[list] ?? []).map((one) => ({ list, id: one.id, name: one.name }))
    const shown = memory.shown.filter((item) => isItemOf(item, slot, name))
    return [...listed, ...shown.filter(({ id }) => !listed.some((one) => one.id === id))]
  }
  return fillSlots({
    candidatesOf,
    heard,
    names: slotsOf(session, asked.flow),
    slots: pack.slots,
    held: asked.held,
    filled: asked.filled,
    expected: asked.expected,
    mode: asked.mode,
    shown: memory.shown,
    pointed: memory.pointed,
    currency: context.currency ?? 'USD',
    nameOf,
    filler: words.filler,
    not: words.not,
  })
}

/** Puts values into the current goal, says of those that will not do why, and goes back as far as they matter. */
export function takeValues(
  session: Session,
  values: ReadonlyMap<string, Json> | readonly (readonly [string, Json])[],
): { isTaken: boolean } {
  const frame = topOf(session)!
  const { pack, context, memory } = session
  let isTaken = false
  for (const [name, value] of values) {
    const slot = pack.slots[name]!
    const labelOf = (other: string) => pack.slots[other]?.label ?? other
    const refusal = checkSlot({ slot, value, slots: frame.slots, labelOf, context })
    if (refusal) {
      const said = typeof value === 'string' ? clipSaid(value) : displayOf(session, name, value)
      say(session, refusal.template, { said, label: slot.label, example: slot.example, ...refusal.data })
      continue
    }
    isTaken = true
    putValue(session, frame, name, value)
    const item = itemOf(name, slot, value)
    if (item) pointAt(memory, item)
  }
  return { isTaken }
}

const SAID_UNITS = 60

export function clipSaid(text: string): string {
  return text.length > SAID_UNITS ? `${text.slice(0, SAID_UNITS).toWellFormed()}…` : text
}

function putValue(session: Session, frame: Frame, name: string, value: Json): void {
  const isChange = frame.slots[name] !== undefined && !isSameValue(frame.slots[name], value)
  frame.slots[name] = value
  frame.filled = [...frame.filled.filter((one) => one !== name), name]
  frame.asked = frame.asked.filter((one) => one !== name)
  frame.approved = null
  if (frame.wanted?.slot === name) frame.wanted = null
  if (isChange) frame.failures = 0
  const at = stepOf(session, frame, name) ?? 0
  // Steps that were done with the same outcome are not done again.
  frame.at = Math.min(frame.at, at)
}

/** What "it" means once a slot holds this. */
function itemOf(name: string, slot: PackSlot, value: Json): DialogueItem | undefined {
  if (slot.kind === 'order-id' && typeof value === 'string') return { list: slot.list ?? name, id: value, name: value }
  const [list, id, called] = ['list', 'id', 'name'].map((key) => valueAt(value, key))
  return typeof list === 'string' && typeof id === 'string' ? { list, id, name: String(called ?? id) } : undefined
}

/** Begins what an intent asks for, or goes on with it where it is under way. */
export function startGoal(session: Session, intent: string, heard: Heard | undefined, slots: JsonObject = {}): void {
  const { memory, pack } = session
  const { flow: named, say: template, slots: implied = {} } = pack.intents[intent]!
  memory.misses = 0
  memory.expect = null
  if (template !== undefined) {
    say(session, template)
    runFlow(session)
    return
  }
  const flow = named ?? intent
  const place = memory.stack.findIndex((frame) => frame.flow === flow)
  if (place >= 0) {
    while (memory.stack.length > place + 1) endGoal(session, 'cancelled', true)
  } else {
    pushFrame(session, newFrame(session, flow, intent))
    memory.hasClarified = false
  }
  const frame = topOf(session)!
  const mode = place >= 0 ? 'answer' : 'new'
  const found = heard
    ? hearSlots(session, heard, { flow, held: frame.slots, filled: frame.filled, mode }).values
    : new Map<string, Json>()
  takeValues(session, [...Object.entries({ ...implied, ...slots }), ...found])
  runFlow(session)
}

/** Goes through a goal that ended once more, with something else: "and last month?". */
export function goAgain(session: Session, values: ReadonlyMap<string, Json>): void {
  const { memory } = session
  const last = memory.last!
  memory.misses = 0
  pushFrame(session, newFrame(session, last.flow, last.intent, last.slots))
  const frame = topOf(session)!
  frame.filled = [...last.filled]
  takeValues(session, values)
  runFlow(session)
}

/** Empties a slot and asks for it anew. */
export function changeSlot(session: Session, slot: string): void {
  const frame = topOf(session)!
  frame.approved = null
  clearSlots(session, frame, [slot])
  runFlow(session)
}
