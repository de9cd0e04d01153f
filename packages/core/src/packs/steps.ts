import type { FlowCondition, FlowFailure, FlowStep, FlowValue } from '../brain/dialogue/types.ts'

/** Short ways to write the steps of flows. What they return is plain data. */

export const from = (path: string): FlowValue => ({ from: path })

export const slot = (name: string, more: { isOptional?: boolean; ask?: string } = {}): FlowStep => ({
  kind: 'slot',
  slot: name,
  ...more,
})

export const say = (template: string): FlowStep => ({ kind: 'say', template })

export const call = (
  skill: string,
  args: Readonly<Record<string, FlowValue>> = {},
  more: { as?: string; confirm?: string; failures?: Readonly<Record<string, FlowFailure>> } = {},
): FlowStep => ({ kind: 'call', skill, args, ...more })

export const cards = (of: string): FlowStep => ({ kind: 'cards', of })
export const goTo = (to: string): FlowStep => ({ kind: 'go', to })
export const end = (outcome?: 'done' | 'cancelled' | 'failed'): FlowStep => ({
  kind: 'end',
  ...(outcome && { outcome }),
})
export const named = (id: string, step: FlowStep): FlowStep => ({ ...step, id })
export const when = (condition: FlowCondition, step: FlowStep): FlowStep => ({ ...step, when: condition })

export const isSet = (of: string): FlowCondition => ({ of, isSet: true })
export const isMissing = (of: string): FlowCondition => ({ of, isSet: false })
export const is = (of: string, value: string | number | boolean): FlowCondition => ({ of, is: value })
/** Whether a skill that looks for things found any. */
export const foundNone = (result: string): FlowCondition => is(`results.${result}.count`, 0)
/** Whether a skill found several and cannot go on before one is chosen. */
export const needsChoice = (result: string): FlowCondition => is(`results.${result}.needsChoice`, true)
