import type {
  Dialogue,
  DialogueContext,
  DialogueEffect,
  DialogueInput,
  DialogueState,
  DialogueTurn,
} from '@tillwright/core/brain'
import type { ChatPart } from '@tillwright/core/contract'
import { ProblemError } from '../http/problem-error.ts'
import type { Logger } from '../ports.ts'
import { failure, type Skill, type SkillCall, type SkillOutcome } from './skill.ts'

/** A flow that calls and calls is at fault, and ends. */
const MAX_CALLS = 12

/** A call as the engine wants it. */
type CallEffect = Extract<DialogueEffect, { kind: 'call' }>

export interface TurnPorts {
  readonly skills: ReadonlyMap<string, Skill>
  readonly log: Logger
  /** Told of each effect as it comes, before the calls that follow it are made. */
  readonly onEffect: (effect: DialogueEffect) => void
  /** Told of what a skill shows by itself. */
  readonly onParts: (parts: readonly ChatPart[]) => void
}

/** Takes an input through the engine, and runs what it calls, until it waits for the visitor again. Returns the new state. */
export async function runTurn(
  dialogue: Dialogue,
  state: DialogueState,
  input: DialogueInput,
  context: DialogueContext,
  call: Omit<SkillCall, 'callId'>,
  ports: TurnPorts,
): Promise<DialogueState> {
  let turn: DialogueTurn = dialogue.turn(state, input, context)
  for (let calls = 0; calls < MAX_CALLS; calls++) {
    let wanted: CallEffect | undefined
    for (const effect of turn.effects) {
      if (effect.kind === 'call') wanted = effect
      else ports.onEffect(effect)
    }
    if (!wanted) return turn.state
    const { parts, ...outcome } = await runSkill(
      wanted,
      { ...call, callId: `${call.conversationId}.${wanted.callId}` },
      ports,
    )
    if (parts) ports.onParts(parts)
    turn = dialogue.resume(turn.state, { ...outcome, callId: wanted.callId }, context)
  }
  for (const effect of turn.effects) if (effect.kind !== 'call') ports.onEffect(effect)
  return turn.state
}

/** Runs a skill for whoever may ask it: the flow is data, and what it says of permissions is checked here again. */
async function runSkill(effect: CallEffect, call: SkillCall, { skills, log }: TurnPorts): Promise<SkillOutcome> {
  const skill = skills.get(effect.skill)
  if (!skill) return failure('unavailable')
  if (skill.who === 'person' && !call.user) return failure('sign_in')
  if (skill.confirm && !effect.isConfirmed) return failure('denied')
  try {
    return await skill.run(effect.args, call)
  } catch (error) {
    if (error instanceof ProblemError && error.status < 500) return failure(CODES[error.code] ?? error.code)
    if (call.signal.aborted) throw error
    log.error({ err: error, skill: skill.name }, 'a skill failed')
    return failure('unavailable')
  }
}

/** What refusals of the server are to a flow. Whose something is, is nobody's business. */
const CODES: Readonly<Record<string, string>> = {
  forbidden: 'not_found',
  reauthentication_required: 'step_up',
  sign_in_needed: 'sign_in',
}
