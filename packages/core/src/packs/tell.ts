import type { CannedResult, DialogueScript, ScriptGoal, ScriptTurn } from '../brain/dialogue/types.ts'

export type Told = (
  name: string,
  turns: readonly (string | ScriptTurn)[],
  reaches: ScriptGoal,
  more?: Pick<DialogueScript, 'context' | 'skills'>,
) => DialogueScript

/** Writes down dialogues of one pack and split, in a world whose skills answer the same unless a dialogue says otherwise. */
export function teller(world: Required<Pick<DialogueScript, 'pack' | 'split' | 'context' | 'skills'>>): Told {
  return (name, turns, reaches, more = {}) => ({
    name,
    pack: world.pack,
    split: world.split,
    context: { ...world.context, ...more.context },
    skills: { ...world.skills, ...more.skills },
    turns: turns.map((turn) => (typeof turn === 'string' ? { user: turn } : turn)),
    reaches,
  })
}

/** A call that must have been made, with at least these arguments. */
export const did = (skill: string, args?: NonNullable<ScriptGoal['calls']>[number]['args']) => ({
  skill,
  ...(args && { args }),
})

/** A button. */
export const press = (label: string): ScriptTurn => ({ user: { chip: label } })

export const ended = (flow: string, outcome: 'done' | 'cancelled' | 'failed' | 'handed-off' = 'done') => ({
  flow,
  outcome,
})

export const gbp = (pounds: number) => ({ amount: Math.round(pounds * 100), currency: 'GBP' })

export const fails = (code: string, data?: CannedResult['data']): CannedResult => ({
  ok: false,
  code,
  ...(data && { data }),
})
