import { askSlot } from './ask-slot.ts'
import { pruneJson } from './bound-state.ts'
import { callSkill, type Next } from './call-skill.ts'
import { endGoal, goTo, handOff, newFrame, pushFrame } from './goal-stack.ts'
import type { ChipAction, Frame } from './memory.ts'
import { holds, resolveValue, resolveValues } from './path.ts'
import { emit, offer, plainTextOf, say, scopeOf } from './say.ts'
import { type Session, topOf } from './session.ts'
import { textHash } from './text-hash.ts'
import type { FlowStep, JsonObject, PackChip } from './types.ts'

/** Steps that a turn makes. Flows are a tenant's data, and may go round in circles. */
const MAX_STEPS = 60

/** Goes through the current goal until something is waited for, then through the one below it, until none is left. */
export function runFlow(session: Session): void {
  for (;;) {
    const frame = topOf(session)
    if (!frame) return
    if (session.steps++ >= MAX_STEPS) {
      say(session, 'core.lost')
      session.memory.stack = []
      return
    }
    if (frame.wanted) {
      askSlot(session, frame.wanted.slot, { items: frame.wanted.items })
      return
    }
    const step = session.pack.flows[frame.flow]!.steps[frame.at]
    if (!step) {
      endGoal(session, 'done')
      continue
    }
    if (step.when && !holds(step.when, scopeOf(session))) frame.at++
    else if (doStep(session, frame, step) === 'wait') return
  }
}

function doStep(session: Session, frame: Frame, step: FlowStep): Next {
  const scope = scopeOf(session)
  switch (step.kind) {
    case 'slot': {
      const isHeld = frame.slots[step.slot] !== undefined
      if (!isHeld && !(step.isOptional && frame.asked.includes(step.slot))) {
        askSlot(session, step.slot, {
          isOptional: step.isOptional === true,
          ...(step.ask !== undefined && { ask: step.ask }),
        })
        return 'wait'
      }
      break
    }
    case 'say': {
      const data = resolveValues(step.data ?? {}, scope)
      once(frame, plainTextOf(session, step.template, data), () => say(session, step.template, data))
      break
    }
    case 'call':
      return callSkill(session, frame, step)
    case 'cards': {
      const cards = session.cards.get(step.of) ?? []
      if (cards.length > 0) session.effects.push({ kind: 'cards', cards })
      break
    }
    case 'chips': {
      const chips = step.chips.map((chip) => ({ label: chip.label, action: actionOf(chip, scope) }))
      emit(session, { kind: 'chips', chips: offer(session, chips) })
      break
    }
    case 'set': {
      const value = step.to === null ? undefined : resolveValue(step.to, scope)
      if (value === undefined || value === null) delete frame.slots[step.slot]
      else frame.slots[step.slot] = pruneJson(value)
      break
    }
    case 'go':
      goTo(session, frame, step.to)
      return 'on'
    case 'start': {
      const slots = resolveValues(step.slots ?? {}, scope)
      endGoal(session, 'done', true)
      pushFrame(session, newFrame(session, step.flow, frame.intent, slots))
      return 'on'
    }
    case 'hand-off':
      handOff(session, step.reason)
      return 'wait'
    case 'end':
      endGoal(session, step.outcome ?? 'done')
      return 'on'
  }
  frame.at++
  return 'on'
}

/** Does what a step does, unless it did the very same before. */
function once(frame: Frame, what: string, act: () => void): void {
  const key = textHash(what)
  if (frame.done[frame.at] === key) return
  frame.done[frame.at] = key
  act()
}

function actionOf({ label, intent, slots, say: said }: PackChip, scope: JsonObject): ChipAction {
  const values = slots && (pruneJson(resolveValues(slots, scope)) as JsonObject)
  if (intent !== undefined) return { does: 'intent', intent, ...(values && { slots: values }) }
  if (values) return { does: 'slots', slots: values }
  return { does: 'say', text: said ?? label }
}
