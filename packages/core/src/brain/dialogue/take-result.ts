import { pruneJson } from './bound-state.ts'
import { callKey } from './call-skill.ts'
import { cleanText } from './clean-text.ts'
import { admit } from './fall-back.ts'
import { clearSlots, endGoal, goTo } from './goal-stack.ts'
import { type Frame, type Pending, showItems } from './memory.ts'
import { runFlow } from './run-flow.ts'
import { say } from './say.ts'
import { type Session, topOf } from './session.ts'
import { textHash } from './text-hash.ts'
import type { DialogueItem, FlowFailure, FlowStep, JsonObject, SkillResult } from './types.ts'

type CallStep = FlowStep & { kind: 'call' }

/** Failures of one goal in a row after which it ends. */
const MOST_FAILURES = 3
const MAX_ANSWER = 2_000

/** Goes on with what a skill gave. */
export function takeResult(session: Session, pending: Pending, result: SkillResult): void {
  const { memory } = session
  memory.pending = null
  if (pending.as === null) {
    answerUnknown(session, pending, result)
    return
  }
  const frame = topOf(session)
  const step = frame && session.pack.flows[frame.flow]!.steps[frame.at]
  if (!frame || step?.kind !== 'call' || step.skill !== pending.skill) {
    runFlow(session)
    return
  }
  const outcome = result.ok ? String(result.data?.outcome ?? '') : result.code
  const code = outcome.replaceAll('_', '-')
  const own = failureOf(step, code, result.ok)
  if (!own && asksForProof(session, pending, code, result)) return
  if (result.data) frame.results[pending.as] = pruneJson(result.data)
  const many = /^many:(.+)$/.exec(outcome)?.[1]
  if (!own && many !== undefined && Object.hasOwn(session.pack.slots, many)) {
    fail(session, frame, { say: '', asks: many }, result)
  } else if (own || !result.ok) {
    fail(session, frame, own ?? { say: code === 'denied' ? 'core.denied' : 'core.failed' }, result)
  } else succeed(session, frame, pending, result)
}

function succeed(session: Session, frame: Frame, pending: Pending, result: SkillResult & { ok: true }): void {
  frame.results[pending.as!] ??= {}
  frame.failures = 0
  frame.done[frame.at] = textHash(callKey(pending.skill, pending.args))
  const cards = result.cards ?? []
  session.cards.set(pending.as!, cards)
  const ofCards = cards.flatMap(({ list, id, title }) => (list === undefined ? [] : [{ list, id, name: title }]))
  showItems(session.memory, result.items ?? ofCards)
  if (pending.isConfirmed) {
    frame.isBinding = true
    frame.undo = session.pack.skills[pending.skill]?.undo ?? null
    session.memory.before = null
  }
  frame.at++
  runFlow(session)
}

/** Says what went wrong, and asks for what could put it right. */
function fail(session: Session, frame: Frame, failure: FlowFailure, result: SkillResult): void {
  frame.failures++
  frame.approved = null
  const items: readonly DialogueItem[] = ('items' in result ? result.items : undefined) ?? []
  if (failure.say) say(session, failure.say)
  const isOver = frame.failures >= MOST_FAILURES || !(failure.asks || failure.clear?.length || failure.go)
  if (isOver) {
    endGoal(session, 'failed')
    runFlow(session)
    return
  }
  if (failure.clear) clearSlots(session, frame, failure.clear)
  if (failure.go !== undefined) goTo(session, frame, failure.go)
  if (failure.asks !== undefined) {
    showItems(session.memory, items)
    clearSlots(session, frame, [failure.asks])
    frame.wanted = { slot: failure.asks, items: items.slice(0, 10) }
  }
  runFlow(session)
}

function failureOf({ failures = {} }: CallStep, code: string, isOk: boolean): FlowFailure | undefined {
  const named = Object.entries(failures).find(([name]) => name.replaceAll('_', '-') === code)?.[1]
  const isEngines = ['step-up', 'sign-in'].includes(code) || code.startsWith('many:')
  return named ?? (isOk || isEngines ? undefined : failures.any)
}

/** A second proof, or signing in, and then the same call again. */
function asksForProof(session: Session, pending: Pending, code: string, result: SkillResult): boolean {
  const { memory, effects, pack } = session
  const { skill, callId } = pending
  if (code === 'sign-in') {
    say(session, 'core.sign_in', { skill: pack.skills[skill]!.label })
    memory.pending = { ...pending, wait: 'sign-in' }
    effects.push({ kind: 'sign-in', skill })
    return true
  }
  if (code !== 'step-up') return false
  say(session, 'core.step_up')
  memory.pending = { ...pending, wait: 'step-up' }
  const data = result.data && (pruneJson(result.data) as JsonObject)
  effects.push({ kind: 'step-up', callId, skill, ...(data && { data }) })
  return true
}

/** The skill that answers what no intent does has answered, or has not. */
function answerUnknown(session: Session, { text }: Pending, result: SkillResult): void {
  const answer = result.ok ? result.data?.text : undefined
  if (typeof answer !== 'string' || cleanText(answer) === '') {
    admit(session, text)
    return
  }
  session.memory.misses = 0
  say(session, 'core.answer', { answer: answer.slice(0, MAX_ANSWER) })
  const cards = result.ok ? (result.cards ?? []) : []
  if (cards.length > 0) session.effects.push({ kind: 'cards', cards })
}
