import { pruneJson } from './bound-state.ts'
import { endGoal, stepOf } from './goal-stack.ts'
import type { ChipAction, Frame } from './memory.ts'
import { resolveValues } from './path.ts'
import { emit, offer, plainTextOf, say, scopeOf, textOf } from './say.ts'
import type { Session } from './session.ts'
import { textHash } from './text-hash.ts'
import type { FlowStep, JsonObject } from './types.ts'

const MAX_CHANGE_CHIPS = 3

const MAX_ARGS = 4_000

export type CallStep = FlowStep & { kind: 'call' }
/** Whether a flow goes on at once, or waits for somebody. */
export type Next = 'on' | 'wait'

/** Calls a skill, unless somebody has to sign in, say yes, or may not. The only place where calls begin. */
export function callSkill(session: Session, frame: Frame, step: CallStep): Next {
  const { context, memory, pack } = session
  const skill = pack.skills[step.skill]!
  const args = argsOf(session, step)
  const key = callKey(step.skill, args)
  if (frame.done[frame.at] === textHash(key)) {
    frame.at++
    return 'on'
  }
  if (context.isOnline === false && !skill.onDevice) {
    say(session, 'core.offline', { skill: skill.label })
    endGoal(session, 'failed')
    return 'on'
  }
  const wait = { skill: step.skill, args, isConfirmed: false, as: step.as ?? step.skill, text: '', turns: 0 }
  if (skill.signedIn && !context.isSignedIn) {
    say(session, 'core.sign_in', { skill: skill.label })
    session.effects.push({ kind: 'sign-in', skill: step.skill })
    memory.pending = { ...wait, wait: 'sign-in', callId: '' }
    return 'wait'
  }
  const permissions = skill.permissions ?? []
  if (permissions.some((one) => !context.permissions.includes(one))) {
    say(session, 'core.not_allowed')
    endGoal(session, 'failed')
    return 'on'
  }
  if (skill.confirm && frame.approved !== key) {
    askConfirmation(session, frame, step, args, key)
    return 'wait'
  }
  frame.approved = null
  memory.calls++
  const callId = `${memory.calls}.${memory.turn}.${textHash(key)}`
  const isConfirmed = skill.confirm === true
  memory.pending = { ...wait, wait: 'call', callId, isConfirmed }
  if (isConfirmed) memory.before = null
  session.effects.push({ kind: 'call', callId, skill: step.skill, args, permissions, isConfirmed })
  return 'wait'
}

function argsOf(session: Session, step: CallStep): JsonObject {
  return pruneJson(resolveValues(step.args ?? {}, scopeOf(session)), MAX_ARGS) as JsonObject
}

/** What exactly was said yes to. */
export function callKey(skill: string, args: JsonObject): string {
  return JSON.stringify([skill, args])
}

function askConfirmation(session: Session, frame: Frame, step: CallStep, args: JsonObject, key: string): void {
  const template = step.confirm ?? 'core.confirm'
  const text = textOf(session, template, { skill: session.pack.skills[step.skill]!.label })
  const changes = changeable(session, frame).slice(0, MAX_CHANGE_CHIPS)
  const chips = offer(session, [
    { label: plainTextOf(session, 'core.chip_yes'), action: { does: 'act', act: 'yes' } },
    { label: plainTextOf(session, 'core.chip_no'), action: { does: 'act', act: 'no' } },
    ...changeChips(session, changes),
  ])
  emit(session, { kind: 'confirm', template, text, skill: step.skill, args, chips })
  session.memory.expect = { kind: 'confirm', key, tries: session.confirmTries }
}

/** Slots that a person may change before a yes: those that the goal asks for and that are filled. */
export function changeable(session: Session, frame: Frame): string[] {
  return frame.filled.filter((name) => frame.slots[name] !== undefined && stepOf(session, frame, name) !== undefined)
}

export function changeChips(session: Session, slots: readonly string[]): { label: string; action: ChipAction }[] {
  return slots.map((slot) => ({
    label: plainTextOf(session, 'core.chip_change', { label: session.pack.slots[slot]!.label }),
    action: { does: 'change', slot },
  }))
}
