import type {
  DialogueAct,
  DialogueChip,
  DialogueEffect,
  DialogueFrame,
  DialogueItem,
  DialoguePack,
  DialogueState,
  Json,
  JsonObject,
} from './types.ts'

/** A goal under way, as the engine keeps it. */
export interface Frame extends DialogueFrame {
  readonly flow: string
  readonly flowVersion: number
  readonly intent: string
  at: number
  slots: Record<string, Json>
  results: Record<string, Json>
  /** Slots in the order in which they were filled, the latest last. */
  filled: string[]
  /** Optional slots that were asked for or skipped. */
  asked: string[]
  /** What a step did last, by its index: it is not done again while that is the same. */
  done: Record<string, string>
  /** The call that was said yes to, as `callKey` writes it. */
  approved: string | null
  /** It did something that was confirmed, and the flow that takes that back. */
  isBinding: boolean
  undo: string | null
  /** Failures of calls in a row. */
  failures: number
  /** A slot to ask for before going on, with buttons of its own. */
  wanted: { readonly slot: string; readonly items: readonly DialogueItem[] } | null
}

/** What an answer is expected to be of. */
export type Expectation =
  | { readonly kind: 'slot'; readonly slot: string; readonly tries: number }
  | { readonly kind: 'confirm'; readonly key: string; readonly tries: number }
  /** After a no to a confirmation. */
  | { readonly kind: 'change'; readonly slots: readonly string[] }
  | { readonly kind: 'clarify'; readonly intents: readonly string[]; readonly text: string }
  | { readonly kind: 'offer-person' }

/** What the host has to do before the flow goes on. */
export interface Pending {
  readonly wait: 'call' | 'sign-in' | 'step-up'
  readonly callId: string
  readonly skill: string
  readonly args: JsonObject
  readonly isConfirmed: boolean
  /** Under which name the result goes; `null` for the skill that answers what no intent does. */
  readonly as: string | null
  /** What was said, for that skill. */
  readonly text: string
  /** Turns for which the result has been waited for. */
  readonly turns: number
}

export type ChipAction =
  | { readonly does: 'intent'; readonly intent: string; readonly slots?: JsonObject; readonly text?: string }
  | { readonly does: 'slots'; readonly slots: JsonObject }
  | { readonly does: 'say'; readonly text: string }
  | { readonly does: 'act'; readonly act: DialogueAct }
  | { readonly does: 'change'; readonly slot: string }
  | { readonly does: 'something-else' }

export interface OfferedChip extends DialogueChip {
  readonly action: ChipAction
}

/** The goal that ended last: what "and last month?" goes on with. */
export interface LastGoal {
  readonly flow: string
  readonly intent: string
  readonly slots: JsonObject
  readonly filled: readonly string[]
  /** It did something that was confirmed. */
  readonly isBinding: boolean
  /** The flow that takes that back. */
  readonly undo: string | null
}

/** The part of memory that "undo" puts back. */
export type Snapshot = Pick<Memory, 'stack' | 'expect' | 'offered' | 'shown' | 'pointed' | 'last'>

/** The state as the engine works on it: a `DialogueState` whose fields it may change. */
export interface Memory {
  readonly [more: string]: unknown
  readonly format: 1
  readonly pack: string
  readonly packVersion: string
  turn: number
  holder: 'bot' | 'person'
  stack: Frame[]
  heard?: { intent?: string; act?: DialogueAct; confidence: number }
  expect: Expectation | null
  pending: Pending | null
  offered: OfferedChip[]
  /** Shown last, in order: what "the second one" means. */
  shown: DialogueItem[]
  /** The last one spoken of, by list: what "it" means. */
  pointed: DialogueItem[]
  last: LastGoal | null
  /** The last variant said of each template, the latest last. */
  said: [template: string, variant: number][]
  /** What was said in the last turn, for "repeat". */
  spoken: DialogueEffect[]
  misses: number
  /** Asked "did you mean" for this goal. */
  hasClarified: boolean
  before: Snapshot | null
  calls: number
  /** The last thing said by the person, for whoever takes over. */
  lastText: string
}

const MAX_ITEMS = 10
const MAX_POINTED = 6
/** A state is never longer as JSON, in UTF-8. */
export const MAX_STATE_BYTES = 16_384
/** Frames under way at once. */
export const MAX_STACK = 4

export function newMemory(pack: DialoguePack): Memory {
  return {
    format: 1,
    pack: pack.name,
    packVersion: pack.version,
    turn: 0,
    holder: 'bot',
    stack: [],
    expect: null,
    pending: null,
    offered: [],
    shown: [],
    pointed: [],
    last: null,
    said: [],
    spoken: [],
    misses: 0,
    hasClarified: false,
    before: null,
    calls: 0,
    lastText: '',
  }
}

/** A copy to work on; `null` where the state is of another pack, format or major version. Frames of flows that changed are left out. */
export function readMemory(state: DialogueState, pack: DialoguePack): Memory | null {
  const isOurs =
    state?.format === 1 && state.pack === pack.name && majorOf(String(state.packVersion)) === majorOf(pack.version)
  if (!isOurs || !Array.isArray(state.stack)) return null
  const memory = { ...newMemory(pack), ...copyOf(state), packVersion: pack.version } as unknown as Memory
  const isCurrent = ({ flow, flowVersion }: { flow: string; flowVersion: number }) =>
    Object.hasOwn(pack.flows, flow) && pack.flows[flow]!.version === flowVersion
  if (memory.stack.every(isCurrent)) return memory
  const stack = memory.stack.filter(isCurrent)
  return { ...memory, stack, expect: null, pending: null, before: null }
}

export function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

export function snapshotOf({ stack, expect, offered, shown, pointed, last }: Memory): Snapshot {
  return copyOf({ stack, expect, offered, shown, pointed, last })
}

export function pointAt(memory: Memory, item: DialogueItem): void {
  const others = memory.pointed.filter(({ list }) => list !== item.list)
  memory.pointed = [...others, { list: item.list, id: item.id, name: item.name }].slice(-MAX_POINTED)
}

/** What was shown is what can be picked from. One alone is what "it" means; of several none is. */
export function showItems(memory: Memory, items: readonly DialogueItem[]): void {
  if (items.length === 0) return
  memory.shown = items
    .slice(0, MAX_ITEMS)
    .map(({ list, id, name }) => ({ list, id: String(id), name: String(name).slice(0, 120) }))
  const lists = new Set(memory.shown.map(({ list }) => list))
  memory.pointed = memory.pointed.filter(({ list }) => !lists.has(list))
  if (memory.shown.length === 1) pointAt(memory, memory.shown[0]!)
}

function majorOf(version: string): string {
  return version.split('.')[0]!
}
