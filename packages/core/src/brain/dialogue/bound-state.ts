import { clip } from './clean-text.ts'
import { MAX_STATE_BYTES, type Memory } from './memory.ts'
import type { DialogueState, Json } from './types.ts'

const MAX_TEXT = 1_000
const MAX_LIST = 10
const MAX_KEYS = 40
const MAX_DEPTH = 5
/** Of one result, as JSON. */
const MAX_RESULT = 3_000

/** Data as it may be kept: texts, lists, objects and depth cut, then dropped altogether where it is still too long. */
export function pruneJson(value: unknown, most = MAX_RESULT): Json {
  const pruned = prune(value, 0)
  if (JSON.stringify(pruned).length <= most) return pruned
  const flat = Object.entries(pruned ?? {}).filter(([, one]) => one === null || typeof one !== 'object')
  const short = Object.fromEntries(flat.map(([key, one]) => [key, typeof one === 'string' ? clip(one, 80) : one]))
  return JSON.stringify(short).length <= most ? short : {}
}

function prune(value: unknown, depth: number): Json {
  if (typeof value === 'string') return clip(value.toWellFormed(), MAX_TEXT)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'boolean') return value
  if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) return null
  if (Array.isArray(value)) return value.slice(0, MAX_LIST).map((one) => prune(one, depth + 1))
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__')
  return Object.fromEntries(entries.slice(0, MAX_KEYS).map(([key, one]) => [clip(key, 60), prune(one, depth + 1)]))
}

/** What is given up first where a conversation has become too long to keep. */
const SACRIFICES: readonly ((memory: Memory) => void)[] = [
  (memory) => {
    memory.before = null
  },
  (memory) => {
    memory.spoken = []
  },
  (memory) => {
    memory.stack = memory.stack.slice(-2)
  },
  (memory) => {
    memory.shown = []
    memory.pointed = []
  },
  (memory) => {
    memory.last = null
  },
  (memory) => {
    memory.offered = []
  },
  (memory) => {
    for (const frame of memory.stack) {
      frame.results = {}
      frame.done = {}
    }
  },
  (memory) => {
    memory.stack = memory.stack.slice(-1)
  },
  (memory) => {
    memory.stack = []
    memory.expect = null
    memory.pending = null
  },
]

/** The state to keep, of at most `MAX_STATE_BYTES` as JSON in UTF-8. */
export function boundState(memory: Memory): DialogueState {
  for (const giveUp of SACRIFICES) {
    if (bytesOf(JSON.stringify(memory)) <= MAX_STATE_BYTES) break
    giveUp(memory)
  }
  return memory
}

/** UTF-8 bytes of a well-formed text. */
export function bytesOf(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xd800 && code <= 0xdfff ? 2 : 3
  }
  return bytes
}
