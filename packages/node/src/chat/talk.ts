import { setTimeout as sleep } from 'node:timers/promises'
import type { DialogueEffect, DialogueInput, DialogueState } from '@tillwright/core/brain'
import {
  type ChatAnswer,
  type ChatEvent,
  type ChatInput,
  type ChatPart,
  newId,
  type RouteParsed,
  type TillwrightContract,
} from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import { limitHeaders, type Rule } from '../limits/index.ts'
import type { Assistant, Assistants } from './assistants.ts'
import type { ChatCaller } from './caller.ts'
import { type Channel, channel } from './channel.ts'
import type { Conversations, Opened } from './conversations.ts'
import { hoursText, isOpen } from './office-hours.ts'
import { partsOf } from './parts.ts'
import type { ChatPorts } from './ports.ts'
import { plainText, presentConversation, presentMessage } from './present.ts'
import { hasCardNumber, masked, withoutCardNumbers } from './private-data.ts'
import type { Skill } from './skill.ts'
import {
  addMessages,
  type ConversationChange,
  type ConversationRow,
  changeConversation,
  endBusy,
  exchangeOf,
  findConversation,
  knownClientIds,
  lastTopicOf,
  type MessageRow,
  makeBusy,
  readMessages,
} from './store.ts'
import { addUnanswered } from './teaching-store.ts'
import { runTurn } from './turn.ts'
import { chatWords } from './words.ts'

/** More than people write; what follows is told to wait. */
export const MESSAGE_RULE: Rule = { name: 'chat.messages', limit: 30, windowMs: 30_000 }
/** An answer that takes longer is taken for lost, and the next message begins. */
const BUSY_MS = 60_000
const BUSY_POLL_MS = 40
/** How long a message waits for the answer before it. */
const PATIENCE_MS = 30_000
const SKILL_TIMEOUT_MS = 25_000
const TITLE_LENGTH = 60
const MAX_SEARCH = 2_000

type Sent = RouteParsed<TillwrightContract['chat']['send']>
type Started = RouteParsed<TillwrightContract['chat']['start']>
export type Listed = { readonly id: string; readonly name: string }

export interface TalkPorts extends Pick<ChatPorts, 'clock' | 'random' | 'log' | 'limiter' | 'publish'> {
  readonly assistants: Assistants
  readonly conversations: Conversations
  readonly skills: ReadonlyMap<string, Skill>
  /** Names that a message may mean: the caller's own things, and products that resemble what was said. */
  readonly listsFor: (caller: ChatCaller, text: string) => Promise<Readonly<Record<string, readonly Listed[]>>>
}

export type TalkService = ReturnType<typeof talkService>

/** Takes what visitors say, lets the assistant answer, and keeps both together. */
export function talkService(ports: TalkPorts) {
  const { clock, random, assistants, conversations, skills, publish } = ports

  async function limit(caller: ChatCaller, conversationId: string | undefined): Promise<void> {
    if (!ports.limiter) return
    const subject = conversationId ?? caller.subject
    const verdict = await ports.limiter.take(MESSAGE_RULE, subject)
    if (verdict.allowed) return
    throw new ProblemError('rate_limited', {
      detail: 'These are more messages than anybody can answer: wait a moment and send the last one again',
      headers: limitHeaders(verdict, MESSAGE_RULE),
    })
  }

  /** Answers of one conversation are made one after another, in whichever process. */
  async function alone<T>(
    db: TenantDb,
    id: string,
    work: (row: ConversationRow, by: string) => Promise<T>,
  ): Promise<T> {
    const by = newId('trn', clock, random)
    for (let waitedMs = 0; ; waitedMs += BUSY_POLL_MS) {
      const now = clock()
      if (await db.transaction((tx) => makeBusy(tx, id, by, now, now + BUSY_MS))) break
      if (!(await findConversation(db, id))) throw problem('not_found', `There is no conversation ${id}`)
      if (waitedMs > PATIENCE_MS) throw problem('unavailable', 'The message before is still being answered: try again')
      await sleep(BUSY_POLL_MS)
    }
    try {
      return await work((await findConversation(db, id))!, by)
    } finally {
      await db.transaction((tx) => endBusy(tx, id, by))
    }
  }

  function messageRow(row: ConversationRow, seq: number, message: NewMessage): MessageRow {
    const { role, parts, source = 'server', clientMessageId = null, answers = null, at = clock() } = message
    return {
      conversation_id: row.id,
      seq,
      id: message.id ?? newId('msg', clock, random),
      role,
      at,
      parts: JSON.stringify(parts),
      search: plainText(parts).slice(0, MAX_SEARCH),
      source,
      client_message_id: clientMessageId,
      answers,
      agent_name: null,
    }
  }

  /** What the engine is told of the moment. */
  async function contextOf(caller: ChatCaller, row: ConversationRow, { settings, pack }: Assistant, input: Moment) {
    const { user, tenant, permissions } = caller
    const lastTopic = user ? await lastTopicOf(caller.db, user.id, row.id) : null
    const name = user?.name ?? undefined
    return {
      now: clock(),
      timeZone: knownZone(input.timeZone) ?? knownZone(user?.timeZone ?? undefined) ?? tenant.timeZone,
      language: row.language || settings.language || pack.language,
      currency: tenant.currency,
      isSignedIn: user !== null,
      permissions,
      random: random(),
      lists: await ports.listsFor(caller, input.text),
      ...(user
        ? {
            user: {
              ...(name ? { name } : {}),
              isReturning: lastTopic !== null,
              ...(lastTopic ? { lastTopic } : {}),
            },
          }
        : {}),
    }
  }

  /** The assistant's turn: parts as they come, and what is to be kept. */
  async function answer(
    caller: ChatCaller,
    row: ConversationRow,
    heard: Heard,
    onPart: (part: ChatPart) => void,
  ): Promise<Outcome> {
    const assistant = await assistants.of(caller.db)
    const { dialogue, settings } = assistant
    const words = chatWords(row.language)
    const context = await contextOf(caller, row, assistant, { timeZone: heard.timeZone, text: heard.text })
    const parts: ChatPart[] = []
    const show = (...some: readonly ChatPart[]) => {
      for (const part of some) {
        parts.push(part)
        onPart(part)
      }
    }
    const outcome: Outcome = { parts, change: {}, unanswered: [], isHandedOff: false }
    const handOff = (waitingFor: string) => {
      const gone = availability(settings, caller.tenant.timeZone)
      if (gone !== null) {
        show(gone)
        return false
      }
      Object.assign(outcome.change, { state: 'waiting', waiting_since: clock(), waiting_for: waitingFor })
      outcome.isHandedOff = true
      show({ type: 'notice', code: 'handoff_waiting', text: words.waiting })
      show({ type: 'choices', items: [{ id: 'handoff-end', label: words.backToAssistant }] })
      return true
    }
    function availability(now: typeof settings, zone: string): ChatPart | null {
      if (!now.handOff) return { type: 'notice', code: 'handoff_closed', text: words.noPeople }
      if (isOpen(now.officeHours, zone, clock())) return null
      return { type: 'notice', code: 'handoff_closed', text: words.closed(hoursText(now.officeHours ?? [])) }
    }

    let state = row.dialogue === null ? undefined : (JSON.parse(row.dialogue) as DialogueState)
    if (heard.input === 'start') {
      const turn = dialogue.start(context)
      for (const effect of turn.effects) show(...partsOf(effect, words))
      outcome.change.dialogue = JSON.stringify(turn.state)
      return outcome
    }
    state ??= dialogue.start(context).state
    if (heard.input === 'handoff') {
      if (handOff(heard.text)) state = dialogue.turn(state, { kind: 'person-joined' }, context).state
      outcome.change.dialogue = JSON.stringify(state)
      return outcome
    }
    if (heard.input === 'handoff-end') {
      // Nobody is asked for any more.
      show({ type: 'notice', code: 'handoff_left', text: words.left })
      return outcome
    }
    let isWanted: string | undefined
    const onEffect = (effect: DialogueEffect) => {
      show(...partsOf(effect, words))
      if (effect.kind === 'unanswered') outcome.unanswered.push({ text: effect.text, guess: effect.guess ?? null })
      if (effect.kind === 'hand-off') isWanted = effect.summary.lastText || effect.reason
    }
    const call = {
      db: caller.db,
      tenant: caller.tenant,
      user: caller.user,
      actor: caller.actor,
      isFresh: caller.isFresh,
      conversationId: row.id,
      language: context.language,
      timeZone: context.timeZone,
      page: heard.page,
      visitorId: heard.visitorId,
      text: heard.text,
      signal: AbortSignal.timeout(SKILL_TIMEOUT_MS),
    }
    state = await runTurn(dialogue, state, heard.input, context, call, {
      skills,
      log: ports.log,
      onEffect,
      onParts: (some) => show(...some),
    })
    // Nobody there: the assistant goes on, rather than fall silent for a person who will not come.
    if (isWanted !== undefined && !handOff(isWanted)) {
      state = dialogue.turn(state, { kind: 'person-left' }, context).state
    }
    outcome.change.dialogue = JSON.stringify(state)
    return outcome
  }

  /** While a person answers, or is waited for, what visitors write is kept and the assistant is silent. */
  async function silent(row: ConversationRow, caller: ChatCaller, heard: Heard): Promise<Outcome> {
    const outcome: Outcome = { parts: [], change: {}, unanswered: [], isHandedOff: false }
    if (heard.input !== 'handoff-end') return outcome
    const assistant = await assistants.of(caller.db)
    const { dialogue } = assistant
    const context = await contextOf(caller, row, assistant, { timeZone: heard.timeZone, text: '' })
    const before = row.dialogue === null ? dialogue.start(context).state : (JSON.parse(row.dialogue) as DialogueState)
    const { state } = dialogue.turn(before, { kind: 'person-left' }, context)
    Object.assign(outcome.change, BACK_TO_BOT, { dialogue: JSON.stringify(state) })
    outcome.parts.push({ type: 'notice', code: 'handoff_left', text: chatWords(row.language).left })
    return outcome
  }

  async function exchange(
    caller: ChatCaller,
    { row: opened, secret }: Opened,
    input: Sent,
    events: Channel<ChatEvent & { id?: string }>,
  ): Promise<void> {
    await alone(caller.db, opened.id, async (row, by) => {
      const tell = (now: ConversationRow) =>
        events.put({ type: 'conversation', conversation: presentConversation(now), ...(secret ? { secret } : {}) })
      const known = await exchangeOf(caller.db, row.id, input.clientMessageId)
      if (known.length > 0) {
        tell(row)
        for (const message of known) events.put({ type: 'message', message: presentMessage(message) })
        return
      }
      tell(row)
      const fromDevice = await deviceMessages(caller.db, row, input)
      const firstSeq = row.seq + fromDevice.length + 1
      const heard = await hear(caller.db, row, input)
      const said = messageRow(row, firstSeq, {
        role: 'user',
        parts: [{ type: 'text', text: heard.shown }],
        clientMessageId: input.clientMessageId,
      })
      events.put({ type: 'message', message: presentMessage(said) })
      const messageId = newId('msg', clock, random)
      const seq = firstSeq + 1
      let index = 0
      const onPart = (part: ChatPart) =>
        events.put({ type: 'part', messageId, seq, role: 'assistant', index: index++, part })
      const isSilent = row.state !== 'bot'
      if (!isSilent) events.put({ type: 'typing', role: 'assistant' })
      const outcome = heard.isRefused
        ? refusal(row)
        : isSilent
          ? await silent(row, caller, heard)
          : await answer(caller, row, heard, onPart)
      const answered =
        outcome.parts.length === 0
          ? []
          : [
              messageRow(row, seq, {
                id: messageId,
                role: heard.isRefused || isSilent ? 'system' : 'assistant',
                parts: outcome.parts,
                answers: input.clientMessageId,
              }),
            ]
      const rows = [...fromDevice, said, ...answered]
      const change: ConversationChange = {
        ...outcome.change,
        seq: rows.at(-1)!.seq,
        updated_at: clock(),
        ...(row.title === '' ? { title: titleOf(heard.shown) } : {}),
        busy_until: 0,
        busy_by: null,
      }
      await caller.db.transaction(async (tx) => {
        // An answer that took so long that another began is not written: the other is what was said.
        if ((await findConversation(tx, row.id))?.busy_by !== by) throw problem('unavailable', 'That took too long')
        await addMessages(tx, rows)
        await changeConversation(tx, row.id, change)
        for (const { text, guess } of outcome.unanswered) {
          await addUnanswered(tx, {
            id: newId('unq', clock, random),
            text: masked(text).slice(0, 500),
            guess,
            at: clock(),
          })
        }
        if (outcome.isHandedOff) await publish(tx, 'chat.handoff_requested', { conversationId: row.id })
        if (isSilent && !heard.isRefused && heard.input !== 'handoff-end') {
          await publish(tx, 'chat.message', { conversationId: row.id, messageId: said.id })
        }
      })
      for (const message of answered) events.put({ type: 'message', message: presentMessage(message) })
      const now = { ...row, ...(change as Partial<ConversationRow>) }
      events.put({ type: 'conversation', conversation: presentConversation(now) })
    })
  }

  function refusal(row: ConversationRow): Outcome {
    const text = chatWords(row.language).cardRefused
    return {
      parts: [{ type: 'notice', code: 'card_number_refused', text }],
      change: {},
      unanswered: [],
      isHandedOff: false,
    }
  }

  /** What was said on the device and is not kept here yet. */
  async function deviceMessages(db: TenantDb, row: ConversationRow, { fromDevice = [] }: Sent): Promise<MessageRow[]> {
    const ids = fromDevice.map(({ clientMessageId }) => clientMessageId)
    const known = await knownClientIds(db, row.id, ids)
    const fresh = fromDevice.filter(
      ({ clientMessageId }, i) => !known.has(clientMessageId) && ids.indexOf(clientMessageId) === i,
    )
    return fresh.map(({ role, at, text, clientMessageId }, i) =>
      messageRow(row, row.seq + 1 + i, {
        role,
        parts: [{ type: 'text', text: withoutCardNumbers(text) }],
        source: 'device',
        clientMessageId,
        // What a device calls now may be any time at all; what comes later than this is not so.
        at: Math.min(Date.parse(at), clock()),
      }),
    )
  }

  /** What was said, as the engine takes it and as it is kept. */
  async function hear(db: TenantDb, row: ConversationRow, input: Sent): Promise<Heard> {
    const { text, choice, form, timeZone, page = {}, visitorId } = input
    const moment = { timeZone, page, visitorId, isRefused: false }
    if (text !== undefined) {
      const isRefused = hasCardNumber(text)
      const shown = withoutCardNumbers(text)
      return { ...moment, isRefused, shown, text: shown, input: { kind: 'text', text: shown } }
    }
    if (form !== undefined) {
      const values = Object.values(form.values)
      const shown = withoutCardNumbers(values.join(', '))
      const input: DialogueInput = { kind: 'form', values: form.values }
      return { ...moment, isRefused: values.some(hasCardNumber), shown, text: shown, input }
    }
    const label = await labelOf(db, row, choice!)
    const words = chatWords(row.language)
    const reserved: Record<string, Pick<Heard, 'input' | 'shown'>> = {
      handoff: { input: 'handoff', shown: label ?? words.talkToPerson },
      'handoff-end': { input: 'handoff-end', shown: label ?? words.backToAssistant },
      'start-over': { input: { kind: 'text', text: 'start over' }, shown: label ?? 'Start over' },
      'signed-in': { input: { kind: 'signed-in' }, shown: label ?? 'I have signed in' },
      'stepped-up': { input: { kind: 'stepped-up' }, shown: label ?? words.stepUpDone },
      'step-up-refused': { input: { kind: 'step-up-refused' }, shown: label ?? words.cancel },
    }
    const known = Object.hasOwn(reserved, choice!) ? reserved[choice!] : undefined
    if (known) return { ...moment, ...known, text: known.shown }
    const shown = withoutCardNumbers(label ?? choice!)
    return { ...moment, shown, text: shown, input: { kind: 'chip', id: choice!, ...(label ? { label } : {}) } }
  }

  /** What stood on the button that was pressed: one of those of the last messages. */
  async function labelOf(db: TenantDb, row: ConversationRow, id: string): Promise<string | undefined> {
    const last = await readMessages(db, row.id, { limit: 10 })
    const choices = last.reverse().flatMap(({ parts }) => (JSON.parse(parts) as ChatPart[]).flatMap(choicesIn))
    return choices.find((choice) => choice.id === id)?.label
  }

  return {
    /** Begins a conversation with a greeting. One that has begun is given as it is. */
    async start(caller: ChatCaller, input: Started): Promise<ChatAnswer> {
      await limit(caller, undefined)
      const { language: shopLanguage } = await assistants.settings(caller.db)
      const { row: opened, secret } = await conversations.open(caller, {
        secret: input.secret,
        language: input.language ?? shopLanguage,
      })
      return alone(caller.db, opened.id, async (row) => {
        const own = secret ? { secret } : {}
        if (row.seq > 0) {
          const messages = (await readMessages(caller.db, row.id, { limit: 50 })).map(presentMessage)
          return { conversation: presentConversation(row), ...own, messages }
        }
        const heard: Heard = { ...SILENCE, timeZone: input.timeZone, page: input.page ?? {}, input: 'start' }
        const { parts, change } = await answer(caller, row, heard, () => {})
        const greeting = parts.length === 0 ? [] : [messageRow(row, 1, { role: 'assistant', parts })]
        const now = { ...row, ...(change as Partial<ConversationRow>), seq: greeting.length, updated_at: clock() }
        await caller.db.transaction(async (tx) => {
          await addMessages(tx, greeting)
          await changeConversation(tx, row.id, { ...change, seq: now.seq, updated_at: now.updated_at })
        })
        return { conversation: presentConversation(now), ...own, messages: greeting.map(presentMessage) }
      })
    },
    /**
     * Takes a message; what comes of it is read as it comes. It is answered and kept whether anybody reads or not. Throws before anything
     * comes where it is not the caller's conversation, or more than one thing was said at once.
     */
    async send(caller: ChatCaller, input: Sent): Promise<AsyncIterable<ChatEvent>> {
      refuseSeveral(input)
      await limit(caller, input.conversationId)
      const { language: shopLanguage } = await assistants.settings(caller.db)
      const opened = await conversations.open(caller, { ...input, language: input.language ?? shopLanguage })
      const events = channel<ChatEvent>()
      void exchange(caller, opened, input, events).then(
        () => events.end(),
        (error: unknown) => events.fail(error),
      )
      return events
    },
  }
}

/** The fields of a conversation that no person is asked for. */
export const BACK_TO_BOT = {
  state: 'bot',
  agent_id: null,
  agent_name: null,
  waiting_since: null,
  waiting_for: null,
} as const satisfies ConversationChange

interface NewMessage {
  readonly id?: string
  readonly role: MessageRow['role']
  readonly parts: readonly ChatPart[]
  readonly source?: MessageRow['source']
  readonly clientMessageId?: string
  readonly answers?: string
  readonly at?: number
}

interface Moment {
  readonly timeZone: string | undefined
  readonly text: string
}

interface Heard {
  readonly input: DialogueInput | 'start' | 'handoff' | 'handoff-end'
  /** As it is kept and shown. */
  readonly shown: string
  readonly text: string
  readonly isRefused: boolean
  readonly timeZone: string | undefined
  readonly page: NonNullable<ChatInput['page']>
  readonly visitorId: string | undefined
}

interface Outcome {
  readonly parts: ChatPart[]
  readonly change: ConversationChange
  readonly unanswered: { text: string; guess: string | null }[]
  isHandedOff: boolean
}

const SILENCE = { shown: '', text: '', isRefused: false, visitorId: undefined } as const

function refuseSeveral({ text, choice, form }: Sent): void {
  const said = [text, choice, form].filter((one) => one !== undefined)
  if (said.length === 1 && text?.trim() !== '') return
  throw new ProblemError('invalid_input', {
    errors: [
      { path: 'text', message: `give exactly one of text, choice and form, and say something; got ${said.length}` },
    ],
  })
}

function choicesIn(part: ChatPart): { id: string; label: string }[] {
  if (part.type === 'choices') return part.items
  return part.type === 'confirm' ? [part.yes, part.no] : []
}

function titleOf(text: string): string {
  const line = masked(text).replace(/\s+/g, ' ').trim()
  const characters = Array.from(line)
  return characters.length <= TITLE_LENGTH ? line : `${characters.slice(0, TITLE_LENGTH - 1).join('')}…`
}

function knownZone(name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
