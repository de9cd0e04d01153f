import type { ComponentChildren } from 'preact'
import { failureWords, type PeopleWords } from '../people/words.ts'
import type { AccountConnection, AccountState, Task } from './connect.ts'
import type { AccountWords } from './strings.ts'

/** What every part of the account is drawn from. */
export interface Drawing {
  readonly state: AccountState
  readonly actions: AccountConnection
  readonly words: AccountWords
  readonly common: PeopleWords
}

interface PanelProps {
  readonly drawing: Drawing
  /** What its messages are about. */
  readonly tasks: readonly Task[]
  readonly heading: string
  readonly lead?: string
  readonly id?: string
  readonly children?: ComponentChildren
}

/** Something to look at or to change, and what became of it. */
export function Panel({ drawing, tasks, heading, lead, id, children }: PanelProps) {
  const { state, words, common } = drawing
  const { problem, done } = state
  const isOurs = problem && tasks.includes(problem.task)
  const said = done && tasks.includes(done) ? words.done[done] : undefined
  return (
    <article part="panel">
      <h3 id={id} tabindex={-1}>
        {heading}
      </h3>
      {lead && <p part="lead">{lead}</p>}
      {isOurs && (
        <p part="message" id="message" role="alert">
          {failureWords(problem.failure, common, state.props.language)}
        </p>
      )}
      <p part="done" role="status" hidden={!said}>
        {said}
      </p>
      {children}
    </article>
  )
}

export function submit({ state, words }: Drawing, task: Task, text: string, look = 'submit') {
  const isBusy = state.busy === task
  return (
    <button type="submit" part={look} aria-disabled={isBusy}>
      <span>{isBusy ? words.busy : text}</span>
    </button>
  )
}
