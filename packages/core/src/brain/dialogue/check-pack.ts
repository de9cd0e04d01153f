import { MessageSyntaxError, pathsOf } from './message-format.ts'
import type { DialogueAct, DialoguePack, FlowCondition, FlowStep, PackTemplate } from './types.ts'

export interface PackProblem {
  /** Where in the pack: `flows.transfer.steps.2`. */
  readonly path: string
  readonly message: string
}

const NAME = /^[a-z][a-z0-9_-]{0,59}$/
const SLOT_KINDS = new Set(['money', 'dates', 'number', 'order-id', 'email', 'name', 'choice', 'yes-no', 'text'])
const STEP_KINDS = new Set(['slot', 'say', 'call', 'cards', 'chips', 'set', 'go', 'start', 'hand-off', 'end'])
const ACTS: ReadonlySet<string> = new Set<DialogueAct>([
  'greet',
  'thank',
  'bye',
  'yes',
  'no',
  'cancel',
  'skip',
  'repeat',
  'undo',
  'help',
  'start-over',
  'person',
])
const MAX_PATTERN = 200

/** What is wrong with a pack, wherever it came from; an empty list where it can be used. Nothing throws. */
export function checkPack(pack: unknown): PackProblem[] {
  const problems: PackProblem[] = []
  const add = (path: string, message: string) => void problems.push({ path, message })
  if (!isRecord(pack) || pack.format !== 1) return [{ path: 'format', message: 'must be 1' }]
  for (const key of ['name', 'version', 'language'] as const) {
    if (typeof pack[key] !== 'string' || pack[key] === '') add(key, 'must be a text')
  }
  for (const key of ['intents', 'slots', 'flows', 'skills', 'templates'] as const) {
    if (!isRecord(pack[key])) add(key, 'must be an object')
  }
  if (!isRecord(pack.help) || !Array.isArray(pack.help.topics)) add('help.topics', 'must be a list')
  if (problems.length > 0) return problems
  try {
    checkParts(pack as unknown as DialoguePack, add)
  } catch (error) {
    add('', `cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  return problems
}

type Add = (path: string, message: string) => void

function checkParts(pack: DialoguePack, add: Add): void {
  const knows = (kind: 'intents' | 'slots' | 'flows' | 'skills', name: unknown, path: string) => {
    if (typeof name !== 'string' || !Object.hasOwn(pack[kind], name)) {
      add(path, `names ${JSON.stringify(name)}, which is not among the ${kind}`)
    }
  }
  const says = (template: unknown, path: string) => {
    const isKnown =
      typeof template === 'string' && (Object.hasOwn(pack.templates, template) || template.startsWith('core.'))
    if (!isKnown) add(path, `names the template ${JSON.stringify(template)}, which there is not`)
  }
  const confirms = (skill: string) => pack.skills[skill]?.confirm === true
  for (const kind of ['intents', 'slots', 'flows'] as const) {
    for (const name of Object.keys(pack[kind]))
      if (!NAME.test(name)) add(`${kind}.${name}`, 'must be a name such as order_status')
  }
  for (const [name, intent] of Object.entries(pack.intents)) {
    const path = `intents.${name}`
    if (!intent.label) add(path, 'needs a label for people')
    if (!Array.isArray(intent.examples)) add(path, 'needs examples')
    const ways = [intent.flow, intent.say, intent.act].filter((one) => one !== undefined)
    if (ways.length > 1) add(path, 'has more than one of flow, say and act')
    if (intent.act !== undefined && !ACTS.has(intent.act)) add(path, `has the act ${intent.act}, which there is not`)
    if (intent.say !== undefined) says(intent.say, path)
    else if (intent.act === undefined) knows('flows', intent.flow ?? name, path)
    for (const slot of Object.keys(intent.slots ?? {})) knows('slots', slot, `${path}.slots`)
  }
  for (const [name, slot] of Object.entries(pack.slots)) {
    const path = `slots.${name}`
    if (!SLOT_KINDS.has(slot.kind))
      add(path, `has the kind ${JSON.stringify(slot.kind)}; kinds are ${[...SLOT_KINDS].join(', ')}`)
    if (!slot.label || !slot.example) add(path, 'needs a label and an example')
    if (slot.kind === 'choice' && !slot.choices?.length) add(path, 'needs choices')
    if (slot.kind === 'name' && !slot.list) add(path, 'needs a list')
    says(slot.ask, `${path}.ask`)
    if (slot.invalid !== undefined) says(slot.invalid, `${path}.invalid`)
    if (slot.check?.say !== undefined) says(slot.check.say, `${path}.check.say`)
    if (slot.check?.differsFrom !== undefined) knows('slots', slot.check.differsFrom, `${path}.check.differsFrom`)
    checkPattern(slot.check?.pattern, `${path}.check.pattern`, add)
  }
  for (const [name, flow] of Object.entries(pack.flows)) {
    const path = `flows.${name}`
    if (!Number.isInteger(flow.version)) add(path, 'needs a version, a whole number')
    if (!flow.label) add(path, 'needs a label for people')
    for (const slot of flow.slots ?? []) knows('slots', slot, `${path}.slots`)
    for (const intent of flow.next ?? []) knows('intents', intent, `${path}.next`)
    if (flow.pick !== undefined) knows('intents', flow.pick, `${path}.pick`)
    const ids = new Set(flow.steps.flatMap(({ id }) => (id === undefined ? [] : [id])))
    for (const [i, step] of flow.steps.entries())
      checkStep(step, `${path}.steps.${i}`, { ids, confirms, knows, says, add })
  }
  for (const [name, skill] of Object.entries(pack.skills)) {
    if (!skill.label) add(`skills.${name}`, 'needs a label for people')
    if (skill.undo !== undefined) knows('flows', skill.undo, `skills.${name}.undo`)
  }
  for (const [name, template] of Object.entries(pack.templates)) checkTemplate(template, `templates.${name}`, add)
  for (const [i, topic] of pack.help.topics.entries()) knows('intents', topic.intent, `help.topics.${i}`)
  if (pack.settings?.unknown !== undefined) knows('skills', pack.settings.unknown, 'settings.unknown')
}

interface Knowing {
  readonly ids: ReadonlySet<string>
  readonly confirms: (skill: string) => boolean
  readonly knows: (kind: 'intents' | 'slots' | 'flows' | 'skills', name: unknown, path: string) => void
  readonly says: (template: unknown, path: string) => void
  readonly add: Add
}

function checkStep(step: FlowStep, path: string, { ids, confirms, knows, says, add }: Knowing): void {
  if (step.when !== undefined && !isCondition(step.when)) add(path, 'has a condition that is none')
  const goes = (id: string) => {
    if (!ids.has(id)) add(path, `goes to the step ${JSON.stringify(id)}, which there is not`)
  }
  switch (step.kind) {
    case 'slot':
      knows('slots', step.slot, path)
      if (step.ask !== undefined) says(step.ask, path)
      return
    case 'set':
      knows('slots', step.slot, path)
      return
    case 'say':
      says(step.template, path)
      return
    case 'call':
      knows('skills', step.skill, path)
      if (step.confirm !== undefined) says(step.confirm, path)
      if (
        confirms(step.skill) &&
        Object.values(step.args ?? {}).some((one) => typeof one === 'object' && one.from === 'text')
      ) {
        add(path, 'is to be confirmed, so its arguments cannot come from what was just said: that is the yes by then')
      }
      for (const failure of Object.values(step.failures ?? {})) {
        says(failure.say, `${path}.failures`)
        for (const slot of [...(failure.clear ?? []), ...(failure.asks === undefined ? [] : [failure.asks])])
          knows('slots', slot, path)
        if (failure.go !== undefined) goes(failure.go)
      }
      return
    case 'chips':
      for (const chip of step.chips) {
        if (chip.intent !== undefined) knows('intents', chip.intent, path)
        for (const slot of Object.keys(chip.slots ?? {})) knows('slots', slot, path)
      }
      return
    case 'go':
      goes(step.to)
      return
    case 'start':
      knows('flows', step.flow, path)
      return
    default:
      if (!STEP_KINDS.has((step as { kind: string }).kind))
        add(path, `has the kind ${JSON.stringify((step as { kind: string }).kind)}`)
  }
}

function isCondition(condition: FlowCondition): boolean {
  if (!isRecord(condition)) return false
  if ('all' in condition) return condition.all.every(isCondition)
  if ('any' in condition) return condition.any.every(isCondition)
  return 'not' in condition ? isCondition(condition.not) : typeof condition.of === 'string'
}

function checkTemplate(template: PackTemplate, path: string, add: Add): void {
  const texts =
    typeof template === 'string'
      ? [template]
      : Array.isArray(template)
        ? template
        : Object.values(template as Readonly<Record<string, string | readonly string[]>>).flat()
  if (texts.length === 0) add(path, 'needs a text')
  for (const text of texts) {
    try {
      pathsOf(text)
    } catch (error) {
      if (!(error instanceof MessageSyntaxError) && !(error instanceof TypeError)) throw error
      add(path, error instanceof MessageSyntaxError ? error.message : 'must be texts')
    }
  }
}

function checkPattern(pattern: string | undefined, path: string, add: Add): void {
  if (pattern === undefined) return
  if (pattern.length > MAX_PATTERN) add(path, `has more than ${MAX_PATTERN} characters`)
  // A repeat within a repeat can take for ever on a text made for it.
  if (/[*+}]\)[*+{]/.test(pattern)) add(path, 'repeats a group that repeats')
  try {
    new RegExp(pattern, 'iu')
  } catch {
    add(path, 'is no regular expression')
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
