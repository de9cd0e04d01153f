import { endGoal } from './goal-stack.ts'
import type { Expectation } from './memory.ts'
import { runFlow } from './run-flow.ts'
import { say } from './say.ts'
import { type Session, topOf } from './session.ts'

const MOST_TRIES = 3

/**
 * Asks for a slot once more after an answer that would not do, the second time with a way out. After the third a person is offered by
 * the caller: `false`.
 */
export function askAgain(session: Session, expect: Expectation & { kind: 'slot' }): boolean {
  const tries = expect.tries + 1
  if (tries >= MOST_TRIES) return false
  session.tries = { slot: expect.slot, tries }
  runFlow(session)
  return true
}

/** Drops the current goal, and goes on with the one below. */
export function drop(session: Session): void {
  const frame = topOf(session)
  if (!frame) return
  say(session, 'core.cancelled', { label: session.pack.flows[frame.flow]!.label })
  endGoal(session, 'cancelled')
  runFlow(session)
}
