import { createDialogue } from '../brain/dialogue/create-dialogue.ts'
import { intentAliasesOf } from '../brain/dialogue/intent-examples.ts'
import type {
  Dialogue,
  DialogueContext,
  DialogueInput,
  DialoguePack,
  DialogueState,
  DialogueTurn,
} from '../brain/dialogue/types.ts'
import { loadIntent } from '../brain/intent/load.ts'
import { productsNamed } from '../brain/search/index.ts'
import { sha256 } from '../brain/sha256.ts'
import type { ChatDeviceState, ChatInput, ChatPart } from '../contract/chat.ts'
import type { DeviceShelf, DeviceState, Recommendations } from '../contract/recommendations.ts'
import { deviceBrain } from '../device/answer.ts'
import type { DeviceStore } from '../device/store.ts'
import { NO_TOUCHES } from '../device/touches.ts'
import { NetworkError } from '../errors.ts'
import type { Platform } from '../ports.ts'
import { partsOf } from './parts.ts'
import { DEVICE_SKILLS, type SkillWorld } from './skills.ts'

export interface DeviceAssistantOptions extends Pick<Platform, 'clock' | 'random'> {
  /** Gets from the server: a path below its address, without a slash in front, with its query. Throws where it cannot be reached. */
  readonly get: (path: string) => Promise<Response>
  /** Where model, settings and products are kept. */
  readonly store: DeviceStore
  /** What can be talked about, by name. */
  readonly packs: Readonly<Record<string, DialoguePack>>
}

/** What was said, as it would go to the server. */
export type SaidHere = Pick<ChatInput, 'text' | 'choice' | 'form'>

export interface DeviceMoment {
  /** BCP 47. */
  readonly language: string
}

export interface DeviceReply {
  readonly parts: ChatPart[]
  /** Goes into the next question; plain JSON. */
  readonly state: unknown
  /** What was asked is for the server, and has to wait for it. Then there are no parts. */
  readonly needsServer: boolean
}

/** The assistant without its server: what needs nothing but the model, the products and what packs say. */
export interface DeviceAssistant {
  /** Gets what is newer. Throws where the server cannot be reached. */
  refresh(): Promise<void>
  /** First words; `null` where nothing is kept to answer from, or the language is not the assistant's. */
  greet(moment: DeviceMoment): Promise<DeviceReply | null>
  /** `null` as above. */
  answer(said: SaidHere, state: unknown, moment: DeviceMoment): Promise<DeviceReply | null>
}

type Settings = NonNullable<ChatDeviceState['assistant']>
interface KeptSettings {
  readonly stamp: string
  readonly assistant: Settings
}
interface KeptFile {
  readonly digest: string
  readonly file: Uint8Array
}
interface KeptShelf {
  readonly stamp: string
  readonly shelf: DeviceShelf
}

/** Names in the store. */
const SETTINGS = 'assistant'
const INTENTS = 'intents'
const SHELF = 'shelf'
const MODEL = 'model'

/** Products whose names resemble what was said, for the engine to recognise. */
const NAMED = 20
/** What skills ask of each other in one turn; a flow that asks for more is at fault. */
const MAX_CALLS = 6
/** Acts that mean what the server has asked or offered. */
const FOR_SERVER: ReadonlySet<string> = new Set([
  'yes',
  'no',
  'cancel',
  'skip',
  'repeat',
  'undo',
  'start-over',
  'person',
])

interface Ready {
  readonly dialogue: Dialogue
  readonly settings: Settings
  readonly products: DeviceShelf['products']
  readonly recommend: SkillWorld['recommend']
}

/** What is said here is what the server would say of the same file; anything that it alone can do is left to it. */
export function deviceAssistant(options: DeviceAssistantOptions): DeviceAssistant {
  const { get, store, packs, clock, random } = options
  let ready: Promise<Ready | null> | undefined

  async function read<T>(path: string): Promise<T> {
    return (await get(path)).json() as Promise<T>
  }

  async function bytes(path: string, digest: string): Promise<Uint8Array> {
    const file = new Uint8Array(await (await get(path)).arrayBuffer())
    if (sha256(file) !== digest) throw new NetworkError('The model came damaged; it is asked for again')
    return file
  }

  async function keepFile(
    name: string,
    model: { readonly digest: string; readonly url: string } | null,
  ): Promise<void> {
    const kept = (await store.get(name)) as KeptFile | undefined
    if (!model || kept?.digest === model.digest) return
    await store.put(name, { digest: model.digest, file: await bytes(model.url, model.digest) } satisfies KeptFile)
  }

  async function refresh(): Promise<void> {
    const stampOf = async (name: string) => {
      const { stamp } = ((await store.get(name)) ?? {}) as { stamp?: string }
      return stamp ? `?stamp=${encodeURIComponent(stamp)}` : ''
    }
    const now = await read<ChatDeviceState>(`api/v1/chat/device${await stampOf(SETTINGS)}`)
    await keepFile(INTENTS, now.model)
    if (now.assistant) await store.put(SETTINGS, { stamp: now.stamp, assistant: now.assistant } satisfies KeptSettings)
    ready = undefined
    // A bank has no shelf, and a shop that has learnt nothing yet none either.
    const shelf = await read<DeviceState>(`api/v1/recommendations/device${await stampOf(SHELF)}`)
    if (shelf.shelf) await store.put(SHELF, { stamp: shelf.stamp, shelf: shelf.shelf } satisfies KeptShelf)
    await keepFile(MODEL, shelf.model)
    ready = undefined
  }

  async function load(): Promise<Ready | null> {
    const [settings, intents, shelf, model] = (await Promise.all([SETTINGS, INTENTS, SHELF, MODEL].map(store.get))) as [
      KeptSettings | undefined,
      KeptFile | undefined,
      KeptShelf | undefined,
      KeptFile | undefined,
    ]
    const pack = settings && packs[settings.assistant.pack]
    if (!pack || !intents) return null
    const { assistant } = settings
    const recommender = shelf && model ? deviceBrain(model, shelf.shelf, { clock, random }) : null
    return {
      settings: assistant,
      products: shelf?.shelf.products ?? [],
      recommend: recommender && ((query): Recommendations => recommender.answer({ ...query, limit: 6 }, NO_TOUCHES)),
      dialogue: dialogueOf(pack, intents.file, assistant),
    }
  }

  function loaded(): Promise<Ready | null> {
    ready ??= load()
    return ready
  }

  function contextOf({ settings, products }: Ready, text: string): DialogueContext {
    const named = productsNamed(
      products.map((product) => ({ ...product, visible: true, inStock: true })),
      text,
      NAMED,
    )
    const categories = [...new Set(products.flatMap(({ categories = [] }) => categories))]
    return {
      now: clock(),
      timeZone: settings.timeZone,
      currency: settings.currency,
      isSignedIn: false,
      isOnline: false,
      permissions: [],
      random: random(),
      lists: {
        products: named.map(({ id, name }) => ({ id, name })),
        categories: categories.map((name) => ({ id: name, name })),
      },
    }
  }

  /** Takes what was said through the engine; `null` where any of it is the server's. */
  function take(ready: Ready, state: DialogueState, input: DialogueInput, text: string): DeviceReply | null {
    const context = contextOf(ready, text)
    const wasBusy = state.stack.length > 0
    let turn: DialogueTurn = ready.dialogue.turn(state, input, context)
    const { heard } = turn.state
    if (heard?.act && FOR_SERVER.has(heard.act) && !wasBusy) return null
    if (isForServer(ready.dialogue.pack, turn)) return null
    const parts: ChatPart[] = []
    for (let calls = 0; calls < MAX_CALLS; calls++) {
      parts.push(...turn.effects.flatMap(partsOf))
      const call = turn.effects.find((effect) => effect.kind === 'call')
      if (!call) break
      const outcome = DEVICE_SKILLS[call.skill]?.(call.args, { ...ready, text })
      if (!outcome || (!outcome.ok && outcome.code === 'unavailable')) return null
      turn = ready.dialogue.resume(turn.state, { ...outcome, callId: call.callId }, context)
      if (isForServer(ready.dialogue.pack, turn)) return null
    }
    return parts.length > 0 ? { parts, state: turn.state, needsServer: false } : null
  }

  return {
    refresh,
    async greet({ language }) {
      const found = await loaded()
      if (!found || !speaks(found.dialogue.pack, language)) return null
      const { state, effects } = found.dialogue.start(contextOf(found, ''))
      return { parts: effects.flatMap(partsOf), state, needsServer: false }
    },
    async answer({ text, choice }, kept, { language }) {
      const found = await loaded()
      if (!found || !speaks(found.dialogue.pack, language)) return null
      const before = (kept as DialogueState | undefined) ?? found.dialogue.start(contextOf(found, '')).state
      const input: DialogueInput | null = text ? { kind: 'text', text } : choice ? { kind: 'chip', id: choice } : null
      const reply = input && take(found, before, input, text ?? '')
      return reply ?? { parts: [], state: before, needsServer: true }
    },
  }
}

function dialogueOf(
  pack: DialoguePack,
  file: Uint8Array,
  { aliases, tone, askShare, giveUpShare }: Settings,
): Dialogue {
  const known = new Set(loadIntent(file).intents)
  const all: Record<string, string[]> = {}
  const add = (intent: string, phrase: string) => {
    if (known.has(intent)) all[intent] = [...(all[intent] ?? []), phrase]
  }
  for (const [intent, phrases] of Object.entries(intentAliasesOf(pack)))
    for (const phrase of phrases) add(intent, phrase)
  for (const { intent, phrase } of aliases) add(intent, phrase)
  const intents = loadIntent(file, { aliases: all, mayAsk: askShare, mayGiveUp: giveUpShare })
  const toned = { ...pack, settings: { ...pack.settings, tone: tone as 'friendly' | 'formal' } }
  return createDialogue({ pack: toned, intents })
}

function speaks({ language }: DialoguePack, wanted: string): boolean {
  return language.split('-')[0] === wanted.toLowerCase().split('-')[0]
}

/**
 * Whether a turn is the server's: something was not understood, as it may know better; somebody must sign in or be fetched; or the goal that was begun
 * needs what only the server has, and would ask in vain.
 */
function isForServer(pack: DialoguePack, { state, effects }: DialogueTurn): boolean {
  const isTheirs = effects.some(
    (effect) =>
      ['unanswered', 'sign-in', 'step-up', 'hand-off', 'confirm', 'started-over'].includes(effect.kind) ||
      (effect.kind === 'say' && effect.template === 'core.offline'),
  )
  const goals = state.stack.map(({ flow }) => pack.flows[flow])
  const needs = goals.flatMap((goal) => goal?.steps ?? []).flatMap((step) => (step.kind === 'call' ? step.skill : []))
  return isTheirs || needs.some((skill) => !(skill in DEVICE_SKILLS))
}
