import { pruneJson } from './bound-state.ts'
import { cleanText } from './clean-text.ts'
import { doAct } from './do-act.ts'
import { hearSlots, slotsOf, takeValues } from './goals.ts'
import type { Expectation } from './memory.ts'
import { valueAt } from './path.ts'
import { runFlow } from './run-flow.ts'
import { say } from './say.ts'
import { type Session, topOf } from './session.ts'
import type { Json, JsonObject, PackSlot } from './types.ts'

const MAX_FIELDS = 20

/** Takes the answers of a form: each is read as its slot would read it. Names that the goal does not know are passed over. */
export function takeForm(session: Session, values: JsonObject, expect: Expectation | null): void {
  const frame = topOf(session)
  if (!frame || session.memory.pending) {
    session.memory.expect = expect
    if (!session.memory.pending) doAct(session, 'yes', expect)
    return
  }
  const known = new Set(slotsOf(session, frame.flow))
  const fields = Object.entries(values ?? {})
    .filter(([name]) => known.has(name))
    .slice(0, MAX_FIELDS)
  const read = fields.flatMap(([name, value]): [string, Json][] => {
    const slot = session.pack.slots[name]!
    const found = typeof value === 'string' ? readText(session, name, slot, value) : readValue(slot, value)
    if (found !== undefined) return [[name, found]]
    const said = typeof value === 'string' ? cleanText(value, 60) : ''
    say(session, slot.invalid ?? 'core.slot_invalid', { said, label: slot.label, example: slot.example })
    return []
  })
  takeValues(session, read)
  runFlow(session)
}

function readText(session: Session, name: string, slot: PackSlot, raw: string): Json | undefined {
  const frame = topOf(session)!
  const text = cleanText(raw)
  if (text === '') return undefined
  const choice = slot.choices?.find(({ id, label }) => id === text || label === text)
  if (choice) return choice.id
  if (slot.kind === 'text') return text
  const heard = session.hear(text, { context: session.context, shown: session.memory.shown })
  const asked = { flow: frame.flow, held: {}, filled: [], expected: name, mode: 'answer' } as const
  return hearSlots(session, heard, asked).values.get(name)
}

const DAY = /^\d{4}-\d\d-\d\d$/

/** A value in the shape of its kind; `undefined` for any other. */
function readValue({ kind, choices, list }: PackSlot, value: Json): Json | undefined {
  const [amount, currency, first, last, id] = ['amount', 'currency', 'first', 'last', 'id'].map((key) =>
    valueAt(value, key),
  )
  switch (kind) {
    case 'money':
      return Number.isSafeInteger(amount) && /^[A-Z]{3}$/.test(String(currency))
        ? { amount: amount!, currency: currency! }
        : undefined
    case 'dates':
      return DAY.test(String(first)) && DAY.test(String(last)) && String(first) <= String(last)
        ? { first: first!, last: last! }
        : undefined
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined
    case 'yes-no':
      return typeof value === 'boolean' ? value : undefined
    case 'name':
      return typeof id === 'string' && valueAt(value, 'list') === list ? pruneJson(value, 500) : undefined
    case 'choice':
      return choices?.some((one) => one.id === value) ? value : undefined
    default:
      return undefined
  }
}
