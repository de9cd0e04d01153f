import type { Random } from '../ports.ts'
import { fullJitterMs } from './backoff.ts'

/**
 * When the outbox sends: a pure state machine. What is in the outbox lives in the store; this decides only whether to
 * send now, later, or not at all.
 */
export type QueueState =
  | { readonly phase: 'idle' }
  /** `again`: something was added meanwhile. */
  | { readonly phase: 'sending'; readonly again: boolean; readonly failures: number }
  | { readonly phase: 'waiting'; readonly failures: number }

export type QueueEvent =
  | { readonly type: 'added' }
  | { readonly type: 'due' }
  | { readonly type: 'sent'; readonly remaining: number }
  /** Another tab is sending; look again in a moment, in case it finished just before our item came. */
  | { readonly type: 'busy' }
  | { readonly type: 'failed'; readonly retryAfterMs?: number | undefined }

/** What to do: send now, wait so many ms until `due`, or nothing. */
export type QueueEffect = 'send' | { readonly waitMs: number } | undefined

export interface QueueRules {
  /** How long a first item waits for company, in ms. */
  readonly gatherMs: number
  readonly random: Random
}

export const IDLE: QueueState = { phase: 'idle' }

/** The next state, and what to do about it. `due` is the end of a wait, and also "the network is back" and "flush now". */
export function advance(state: QueueState, event: QueueEvent, rules: QueueRules): [QueueState, QueueEffect] {
  const failures = state.phase === 'idle' ? 0 : state.failures
  const { gatherMs } = rules
  switch (event.type) {
    case 'added':
      if (state.phase === 'idle') return wait(0, gatherMs)
      return [state.phase === 'sending' ? { ...state, again: true } : state, undefined]
    case 'due':
      return state.phase === 'sending' ? [state, undefined] : send(failures)
    case 'sent':
      if (event.remaining > 0) return send(0)
      return state.phase === 'sending' && state.again ? wait(0, gatherMs) : [IDLE, undefined]
    case 'busy':
      return wait(0, gatherMs)
    case 'failed':
      return wait(failures + 1, event.retryAfterMs ?? gatherMs + fullJitterMs(failures, rules.random))
  }
}

function send(failures: number): [QueueState, QueueEffect] {
  return [{ phase: 'sending', again: false, failures }, 'send']
}

function wait(failures: number, waitMs: number): [QueueState, QueueEffect] {
  return [{ phase: 'waiting', failures }, { waitMs }]
}
