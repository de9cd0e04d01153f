import type {
  Dialogue,
  DialogueContext,
  DialogueEffect,
  DialogueInput,
  DialoguePack,
  DialogueState,
  JsonObject,
  SkillResult,
} from '@tillwright/core/brain'
import type { ChatBrain } from '../ports.ts'

/** A pack that understands two things; what matters in tests of the server is what it does with what an engine wants. */
const SMALL_PACK: DialoguePack = {
  format: 1,
  name: 'shop',
  version: '1.0.0',
  language: 'en',
  intents: {
    order_status: {
      label: 'Where my order is',
      examples: ['where is my order', 'has my parcel left', 'track my order', 'when does my parcel come'],
    },
    opening_hours: {
      label: 'When you are open',
      examples: ['when are you open', 'what are your opening hours', 'are you open on sunday', 'when do you close'],
    },
  },
  slots: {},
  flows: {},
  skills: {},
  templates: {},
  help: { topics: [] },
}

/**
 * An engine that does as it is told: `call skill {…}` calls, `ask to call skill {…}` asks for a yes first, `person` hands off, `gibberish` is not
 * understood, and all else is repeated. Results are said as JSON.
 */
export function smallBrain(): ChatBrain {
  return {
    packs: { shop: SMALL_PACK, banking: { ...SMALL_PACK, name: 'banking' } },
    createDialogue: ({ pack }) => smallDialogue(pack),
    examplesOf: ({ intents }) =>
      Object.entries(intents).flatMap(([intent, { examples }]) => examples.map((text) => ({ text, intent }))),
    aliasesOf: () => ({}),
  }
}

interface SmallState extends DialogueState {
  readonly waiting?: { readonly skill: string; readonly args: JsonObject; readonly callId: string }
}

function smallDialogue(pack: DialoguePack): Dialogue {
  const say = (text: string): DialogueEffect => ({ kind: 'say', template: 'test', text })
  const call = ({ skill, args, callId }: NonNullable<SmallState['waiting']>, isConfirmed: boolean): DialogueEffect => ({
    kind: 'call',
    callId,
    skill,
    args,
    permissions: [],
    isConfirmed,
  })

  function onText(state: SmallState, text: string, { isSignedIn }: DialogueContext) {
    const [, asks, skill = '', json = '{}'] = /^(ask to )?call ([\w-]+) ?(\{.*\})?$/s.exec(text) ?? []
    if (skill) {
      const waiting = { skill, args: JSON.parse(json) as JsonObject, callId: `c${state.turn}` }
      if (!asks) return { state: { ...state, waiting }, effects: [call(waiting, false)] }
      const chips = [
        { id: 'yes', label: 'Yes' },
        { id: 'no', label: 'No' },
      ]
      const effect: DialogueEffect = {
        kind: 'confirm',
        template: 'test',
        text: 'Shall I?',
        skill,
        args: waiting.args,
        chips,
      }
      return { state: { ...state, waiting }, effects: [effect] }
    }
    if (text === 'person') {
      const summary = { slots: {}, lastText: text }
      return {
        state: { ...state, holder: 'person' as const },
        effects: [{ kind: 'hand-off' as const, reason: 'asked', summary }],
      }
    }
    if (text.startsWith('gibberish')) {
      return { state, effects: [say('Pardon?'), { kind: 'unanswered' as const, text, guess: 'order_status' }] }
    }
    return { state, effects: [say(`${isSignedIn ? 'Signed in' : 'Anybody'}: ${text}`)] }
  }

  function turn(before: DialogueState, input: DialogueInput, context: DialogueContext) {
    const state: SmallState = { ...before, turn: before.turn + 1 }
    if (input.kind === 'person-joined') return { state: { ...state, holder: 'person' as const }, effects: [] }
    if (input.kind === 'person-left') return { state: { ...state, holder: 'bot' as const }, effects: [] }
    if (state.holder === 'person') return { state, effects: [] }
    if (input.kind === 'text') return onText(state, input.text, context)
    if (input.kind === 'form') return { state, effects: [say(`Form: ${JSON.stringify(input.values)}`)] }
    const isYes = input.kind === 'stepped-up' || (input.kind === 'chip' && input.id === 'yes')
    if (isYes && state.waiting) return { state, effects: [call(state.waiting, true)] }
    return { state, effects: [say('Nothing was done.')] }
  }

  function resume(state: DialogueState, result: SkillResult) {
    const { callId: _id, ...told } = result
    if (!result.ok && result.code === 'step_up') {
      const { skill } = (state as SmallState).waiting!
      return { state, effects: [{ kind: 'step-up' as const, callId: result.callId, skill }] }
    }
    const { waiting: _done, ...rest } = state as SmallState
    const cards = result.ok ? (result.cards ?? []) : []
    const said = say(JSON.stringify(told))
    return {
      state: rest as DialogueState,
      effects: cards.length === 0 ? [said] : [said, { kind: 'cards' as const, cards }],
    }
  }

  return {
    pack,
    start: ({ user }) => ({
      state: { format: 1, pack: pack.name, packVersion: pack.version, turn: 0, holder: 'bot', stack: [] },
      effects: [say(`Hello${user?.name ? ` ${user.name}` : ''}`)],
    }),
    turn,
    resume,
  }
}
