import { type ChatEvent, type ChatPart, type Conversation, fullJitterMs, newId } from '@tillwright/core/contract'
import type { Connection, WidgetContext } from '../mount.ts'
import { codeOf } from '../people/code-of.ts'
import { signal } from '../signal.ts'
import { answersTo, type ChatClient, type ChatDevice, type DeviceAnswer } from './client.ts'
import { forgetful, type TalkStore } from './stores.ts'
import {
  MAX_TEXT,
  MEMORIES,
  type Memory,
  placed,
  type Shown,
  shownOf,
  type Talk,
  textOf,
  type Waiting,
  withMessages,
} from './talk.ts'

export interface ChatProps {
  /** BCP 47. */
  readonly language: string
  /** Where talks are kept; `null`: as the shop has set it. */
  readonly memory: Memory | null
  /** What stands at the head. Default: the assistant's own name. */
  readonly heading: string | null
  /** Address of a product that has none of its own; `{id}` stands for its id. */
  readonly productUrl: string | null
  /** Where people sign in. Without it the page is told by an event, `tw-chat-sign-in`. */
  readonly signInUrl: string | null
  /** The product on the page. */
  readonly productId: string | null
}

export interface ChatState {
  readonly props: ChatProps
  readonly phase: 'closed' | 'starting' | 'ready'
  readonly screen: 'talk' | 'menu'
  readonly memory: Memory
  /** The assistant's name, once known. */
  readonly name: string | null
  readonly isOnline: boolean
  /** The server did not answer, though there is a network. */
  readonly isServerAway: boolean
  readonly talk: Talk
  readonly typing: 'assistant' | 'agent' | null
  /** Other talks, the last one spoken in first. */
  readonly talks: readonly TalkEntry[]
  /** The talk that is being renamed or is about to be removed. */
  readonly asked: { readonly key: string; readonly to: 'rename' | 'remove' } | null
  /** What went wrong with what was typed or pressed, for words. */
  readonly problem: Problem | null
  /** What was done, for words. */
  readonly done: 'mailed' | null
  /** Grows when focus is to go to the element of this id. */
  readonly focus: { readonly on: string; readonly count: number }
}

export type Problem =
  | { readonly kind: 'too-long'; readonly by: number }
  | { readonly kind: 'slow' | 'trouble' | 'sign-in' | 'proof' }

/** A talk in the list, of this device or of the account. */
export interface TalkEntry {
  readonly key: string
  readonly title: string
  readonly updatedAt: number
}

export interface ChatContext extends WidgetContext<ChatClient> {
  /** Where a talk is kept until the tab is closed. */
  readonly tab: TalkStore
  /** A new secret of at least 32 characters that nobody can guess. */
  readonly secret: () => string
}

export interface ChatConnection extends Connection<ChatProps, ChatState> {
  /** The panel is shown or hidden. */
  shown(isShown: boolean): void
  /** Goes on with a talk of an earlier page, without showing anything. */
  follow(): void
  network(isOnline: boolean): void
  say(text: string): void
  choose(id: string, label: string): void
  /** `labels`: what is shown as said. */
  fill(formId: string, values: Readonly<Record<string, string>>, labels: string): void
  again(key: string): void
  prove(secret: string, choice: { readonly id: string; readonly label: string } | null): Promise<void>
  signIn(): void
  typed(text: string): void
  menu(isOpen: boolean): void
  startOver(): void
  open(key: string): Promise<void>
  ask(key: string, to: 'rename' | 'remove' | null): void
  rename(key: string, title: string): Promise<void>
  remove(key: string): Promise<void>
  mail(): Promise<void>
  /** The talk as a file. */
  file(): Promise<Blob | null>
}

/** Before a stream that ended is opened again, and before the first other try, in ms. */
const FOLLOW_AGAIN_MS = 1_000
const RETRY_MS = 1_000
/** How long after its opening a talk asks for what answers on the device, in ms. */
const DEVICE_AFTER_MS = 1_500
/** How long the server may take to begin an answer once the device could give one as well, in ms. */
const PATIENCE_MS = 8_000
/** Of one title, in characters. */
const TITLE_LENGTH = 60

export function connectChat(initial: ChatProps, context: ChatContext): ChatConnection {
  const { client, clock, random, schedule, warn, notify, onOnline, tab, secret: newSecret } = context
  const gone = new AbortController()
  const state = signal<ChatState>({
    props: initial,
    phase: 'closed',
    screen: 'talk',
    memory: initial.memory ?? 'session',
    name: null,
    isOnline: true,
    isServerAway: false,
    talk: freshTalk(),
    typing: null,
    talks: [],
    asked: null,
    problem: null,
    done: null,
    focus: { on: '', count: 0 },
  })
  let isShown = false
  let device: ChatDevice | null = null
  let talks: TalkStore | null = null
  let stopBringing = () => {}
  let begun: Promise<void> | undefined
  let isSending = false
  let failures = 0
  let cancelRetry: (() => void) | undefined
  let following: AbortController | undefined
  let saving = Promise.resolve()

  const set = (change: Partial<ChatState>) => {
    if (!gone.signal.aborted) state.value = { ...state.value, ...change }
  }
  const talk = () => state.value.talk
  const focusOn = (on: string) => ({ focus: { on, count: state.value.focus.count + 1 } })
  const options = { signal: gone.signal }
  const isAway = () => !state.value.isOnline || state.value.isServerAway

  function freshTalk(): Talk {
    const key = newId('tlk', clock, random)
    return {
      key,
      secret: newSecret(),
      conversation: null,
      title: '',
      updatedAt: 0,
      messages: [],
      waiting: [],
      untold: [],
    }
  }

  // ---- What is kept

  function store(): TalkStore {
    const { memory } = state.value
    if (memory === 'none') return forgetful
    return memory === 'device' && talks ? talks : tab
  }

  function change(next: Partial<Talk>, also: Partial<ChatState> = {}): void {
    const changed = { ...talk(), ...next }
    set({ ...also, talk: changed })
    // An empty talk is nothing to come back to.
    if (changed.messages.some(({ role }) => role === 'user') || changed.conversation) {
      saving = saving.then(() => store().put(changed)).catch((error) => warn(`talks cannot be kept: ${error}`))
    }
    tellTab()
  }

  const show = (messages: readonly Shown[], next: Partial<Talk> = {}) =>
    change({ ...withMessages(talk(), messages, clock()), ...next })

  /** For the button on this page and on the next. */
  function tellTab(): void {
    const { memory, talk } = state.value
    const { unread = 0 } = talk
    const goesOn = talk.waiting.length > 0 || (talk.conversation !== null && talk.conversation.state !== 'bot')
    const mark = isShown ? 'open' : unread > 0 || goesOn ? String(unread) : ''
    notify({ unread, mark: memory === 'none' ? '' : mark }, 'tw-chat-state')
  }

  // ---- Beginning

  function start(): Promise<void> {
    begun ??= begin().catch((error) => {
      warn(`the talk could not begin: ${(error as Error).message}`)
      set({ phase: 'ready' })
    })
    return begun
  }

  async function begin(): Promise<void> {
    set({ phase: 'starting' })
    const { props } = state.value
    let { memory } = props
    const settings = client.chat.device({}, options).catch(() => null)
    if (memory === null) {
      const set = (await settings)?.assistant?.history
      memory = set && MEMORIES.includes(set) ? set : 'session'
    }
    set({ memory })
    void settings.then((found) => found?.assistant && set({ name: found.assistant.name }))
    if (memory === 'device') talks = (await client.openTalks?.().catch(cannot('kept'))) ?? null
    const [kept] = await store()
      .list()
      .catch(() => [])
    if (kept && talk().messages.length === 0) change({ ...settled(kept), ...(isShown && { unread: 0 }) })
    else if (kept) void store().put(talk())
    set({ phase: 'ready' })
    if (talk().conversation) await catchUp()
    else if (talk().messages.length === 0) await greet()
    void flush()
    // The talk comes first.
    stopBringing = schedule(() => void bringDevice(), DEVICE_AFTER_MS)
  }

  /** What answers here while the server is away. */
  async function bringDevice(): Promise<void> {
    device ??= (await client.openDevice?.().catch(cannot('answered'))) ?? null
    if (gone.signal.aborted || isAway()) return
    // Without the server the device goes on with what it has.
    await device?.refresh().catch(() => {})
  }

  const cannot = (done: string) => (error: unknown) => {
    warn(`nothing can be ${done} on this device: ${(error as Error).message ?? error}`)
    return null
  }

  /** What was on its way when a page ended waits again. */
  function settled(kept: Talk): Talk {
    const messages = kept.messages
      .filter(({ state }) => state !== 'streaming')
      .map((message) => (message.state === 'sending' ? { ...message, state: 'queued' as const } : message))
    return { ...kept, messages }
  }

  async function greet(): Promise<void> {
    set({ typing: 'assistant' })
    const { language, productId } = state.value.props
    try {
      if (!state.value.isOnline) throw new TypeError('offline')
      const { secret } = talk()
      const page = productId ? { page: { productId } } : {}
      const answer = await client.chat.start({ secret, language, timeZone: ownZone(), ...page }, options)
      set({ isServerAway: false })
      take({ type: 'conversation', conversation: answer.conversation })
      for (const message of answer.messages) take({ type: 'message', message })
    } catch (error) {
      if (gone.signal.aborted) return
      awayIf(error)
      if (!state.value.isServerAway && state.value.isOnline) set({ problem: { kind: 'trouble' } })
      await bringDevice()
      const greeting = await device?.greet({ language }).catch(deviceFailed)
      if (greeting && talk().messages.length === 0) showFromDevice(greeting, undefined)
      if (state.value.isServerAway) tryAgain(error)
    } finally {
      set({ typing: null })
    }
  }

  /** What was said elsewhere, or while this page was not there. */
  async function catchUp(): Promise<void> {
    const { conversation, secret, messages } = talk()
    if (!conversation || !state.value.isOnline) return
    const after = Math.max(0, ...messages.map(({ seq }) => seq))
    try {
      const input = { conversationId: conversation.id, after, ...ownSecret(conversation, secret) }
      const found = await client.chat.messages(input, options)
      set({ isServerAway: false })
      for (const message of found.messages) take({ type: 'message', message }, true)
      take({ type: 'conversation', conversation: found.conversation })
    } catch (error) {
      if (gone.signal.aborted) return
      if (codeOf(error) === 'not_found') change({ conversation: null, secret: newSecret() })
      else {
        awayIf(error)
        if (state.value.isServerAway) tryAgain(error)
      }
    }
  }

  // ---- What comes from the server

  /** `isPast`: it is read again, and does nothing more. */
  function take(event: ChatEvent, isPast = false): void {
    if (event.type === 'typing') {
      set({ typing: event.role })
      return
    }
    if (event.type === 'conversation') {
      change({
        conversation: event.conversation,
        title: event.conversation.title,
        ...(event.secret && { secret: event.secret }),
      })
      follow()
      return
    }
    if (event.type === 'message') {
      const message = shownOf(event.message)
      const isNew = !talk().messages.some(({ id, state }) => id === message.id && state === 'done')
      const said = talk().waiting.find(({ clientMessageId }) => clientMessageId === message.key)
      const own = talk().messages.find(({ key }) => key === message.key)
      // What was pressed stays in the words that were on it; what was typed is as the server keeps it, card numbers masked.
      const isPressed = own && said && said.text === undefined
      show(placed(talk().messages, isPressed ? { ...message, parts: own.parts } : message))
      if (message.role !== 'user') set({ typing: null })
      if (isNew) arrived(message, isPast)
      return
    }
    const streaming = talk().messages.find(({ id }) => id === event.messageId)
    if (streaming && streaming.state !== 'streaming') return
    const parts = [...(streaming?.parts ?? [])]
    if (event.type === 'part') parts[event.index] = event.part
    else {
      const part = parts[event.index]
      if (part?.type !== 'text') return
      parts[event.index] = { ...part, text: part.text + event.text }
    }
    const role = event.type === 'part' ? event.role : (streaming?.role ?? 'assistant')
    const shown: Shown = {
      ...{
        key: event.messageId,
        id: event.messageId,
        seq: event.seq,
        role,
        at: iso(),
        source: 'server',
        state: 'streaming',
      },
      to: streaming?.to ?? talk().waiting[0]?.clientMessageId,
      parts: parts.filter(Boolean),
    }
    set({ typing: null, talk: { ...talk(), messages: placed(talk().messages, shown) } })
  }

  function arrived(message: Shown, isPast: boolean): void {
    if (message.role === 'user') return
    if (!isShown) change({ unread: (talk().unread ?? 0) + 1 })
    if (isPast) return
    for (const part of message.parts) if (part.type === 'cart') notify(part, 'tw-chat-cart')
  }

  /** While a person has been asked for or answers, what they say comes by itself. */
  function follow(): void {
    const { conversation, secret, messages } = talk()
    if (!conversation || conversation.state === 'bot') {
      following?.abort()
      following = undefined
      return
    }
    if (following || !state.value.isOnline) return
    const own = new AbortController()
    following = own
    const after = Math.max(0, ...messages.map(({ seq }) => seq))
    const read = async () => {
      const input = { conversationId: conversation.id, after, ...ownSecret(conversation, secret) }
      const signal = AbortSignal.any([own.signal, gone.signal])
      for await (const { data } of client.chat.updates(input, { signal })) take(data)
    }
    read()
      .catch((error) => {
        if (!own.signal.aborted && !gone.signal.aborted) awayIf(error)
      })
      .finally(() => {
        if (following !== own) return
        following = undefined
        schedule(() => !gone.signal.aborted && follow(), FOLLOW_AGAIN_MS + fullJitterMs(failures, random))
      })
  }

  // ---- What is said

  /** `text`: what is shown as said; `null` where it goes without saying. */
  function speak(said: Omit<Waiting, 'clientMessageId'>, text: string | null): void {
    const clientMessageId = newId('cm', clock, random)
    const waiting = [...talk().waiting, { clientMessageId, ...said }]
    if (text === null) {
      change({ waiting })
      return void flush()
    }
    const message: Shown = {
      ...{ key: clientMessageId, seq: 0, role: 'user', at: iso(), source: 'server' },
      parts: [{ type: 'text', text }],
      state: isAway() ? 'queued' : 'sending',
    }
    set({ problem: null, screen: 'talk' })
    const title = talk().title || text.slice(0, TITLE_LENGTH)
    show([...talk().messages, message], { title, waiting })
    cancelRetry?.()
    if (state.value.isOnline) void flush()
    else void answerHere()
  }

  /** Sends what waits, one after the other, each until the server has it. */
  async function flush(): Promise<void> {
    if (isSending || !state.value.isOnline || state.value.phase !== 'ready') return
    isSending = true
    try {
      for (let said = talk().waiting[0]; said && !gone.signal.aborted; said = talk().waiting[0]) {
        if (!(await sendOne(said))) break
      }
    } finally {
      isSending = false
      set({ typing: null })
    }
  }

  /** Whether to go on with the next one. */
  async function sendOne(said: Waiting): Promise<boolean> {
    const { key, conversation, secret, untold } = talk()
    mark(said.clientMessageId, 'sending')
    set({ typing: conversation?.state === 'bot' || !conversation ? 'assistant' : null })
    const { language, productId } = state.value.props
    const input = {
      ...said,
      ...(conversation && { conversationId: conversation.id }),
      ...ownSecret(conversation, secret),
      ...(untold.length > 0 && { fromDevice: untold.filter((held) => held.clientMessageId !== said.clientMessageId) }),
      ...(productId && { page: { productId } }),
      ...(client.visitor?.visitorId && { visitorId: client.visitor.visitorId }),
      language,
      timeZone: ownZone(),
    }
    const waiting = patience()
    try {
      for await (const event of answersTo(client, input, { signal: waiting.signal })) {
        waiting.met()
        if (talk().key !== key) return true // Another talk was opened meanwhile; the server has this one.
        take(event)
      }
      failures = 0
      set({ isServerAway: false })
      heard(
        said.clientMessageId,
        untold.map(({ clientMessageId }) => clientMessageId),
      )
      return true
    } catch (error) {
      if (gone.signal.aborted || talk().key !== key) return false
      return refused(said, error)
    } finally {
      waiting.end()
    }
  }

  /** Where the device could answer, the server has only so long to begin. */
  function patience() {
    const own = new AbortController()
    const cancel = device ? schedule(() => own.abort(new TypeError('no answer in time')), PATIENCE_MS) : () => {}
    return { signal: AbortSignal.any([own.signal, gone.signal]), met: cancel, end: cancel }
  }

  function heard(clientMessageId: string, told: readonly string[]): void {
    mark(clientMessageId, 'done')
    change({
      waiting: talk().waiting.filter((other) => other.clientMessageId !== clientMessageId),
      untold: talk().untold.filter((held) => !told.includes(held.clientMessageId)),
    })
  }

  function refused(said: Waiting, error: unknown): boolean {
    dropStreaming(said.clientMessageId)
    const status = statusOf(error)
    if (status === undefined || status >= 500 || status === 429 || status === 408) {
      mark(said.clientMessageId, 'queued')
      if (status === 429) set({ problem: { kind: 'slow' } })
      else set({ isServerAway: true })
      if (status !== 429) void answerHere()
      tryAgain(error)
      return false
    }
    if (codeOf(error) === 'not_found' && talk().conversation) {
      // Removed elsewhere, or not ours any more: what was said begins another one.
      change({ conversation: null, secret: newSecret() })
      return true
    }
    mark(said.clientMessageId, 'failed')
    change({ waiting: talk().waiting.filter((other) => other.clientMessageId !== said.clientMessageId) })
    set({ problem: { kind: 'trouble' } })
    return true
  }

  function mark(key: string, to: Shown['state']): void {
    const messages = talk().messages.map((message) =>
      message.key === key && message.state !== to ? { ...message, state: to } : message,
    )
    change({ messages })
  }

  /** Half an answer is not one: the whole comes with the next try. */
  function dropStreaming(to: string): void {
    change({ messages: talk().messages.filter((message) => message.state !== 'streaming' || message.to !== to) })
  }

  // ---- What the device answers

  let answering: Promise<void> = Promise.resolve()
  const tried = new Set<string>()
  function answerHere(): Promise<void> {
    answering = answering.then(answerWaiting).catch((error) => void deviceFailed(error))
    return answering
  }

  async function answerWaiting(): Promise<void> {
    await bringDevice()
    for (const said of talk().waiting) {
      if (tried.has(said.clientMessageId)) continue
      mark(said.clientMessageId, 'queued')
      const own = talk()
      // A person, or an order that hangs on what was said before, is the server's.
      const isBot = !own.conversation || own.conversation.state === 'bot'
      if (!device || !isBot) continue
      set({ typing: 'assistant' })
      const { language, productId } = state.value.props
      const answer = await device.answer(said, own.device, { language, productId: productId ?? undefined })
      set({ typing: null })
      if (talk().key !== own.key || !talk().waiting.includes(said)) return
      tried.add(said.clientMessageId)
      if (!answer) continue
      if (answer.needsServer) change({ device: answer.state })
      else {
        const asked = talk().messages.find(({ key }) => key === said.clientMessageId)!
        change({ waiting: talk().waiting.filter((other) => other !== said) })
        tell('user', asked)
        mark(said.clientMessageId, 'done')
        showFromDevice(answer, said.clientMessageId)
      }
    }
  }

  function showFromDevice({ parts, state: next }: DeviceAnswer, to: string | undefined): void {
    const key = newId('dev', clock, random)
    const message: Shown = {
      ...{ key, seq: 0, role: 'assistant', at: iso(), parts, source: 'device', state: 'done' },
      to,
    }
    const messages = placed(talk().messages, message)
    show(messages, { device: next })
    if (to) tell('assistant', message)
  }

  /** The server hears of it with the next message. */
  function tell(role: 'user' | 'assistant', { key, at, parts }: Shown): void {
    const text = textOf(parts).slice(0, MAX_TEXT)
    if (text) change({ untold: [...talk().untold, { role, at, text, clientMessageId: key }].slice(-100) })
  }

  function deviceFailed(error: unknown): null {
    warn(`the device could not answer: ${(error as Error).message}`)
    set({ typing: null })
    return null
  }

  // ---- The network

  function awayIf(error: unknown): void {
    const status = statusOf(error)
    if (status === undefined || status >= 500) set({ isServerAway: true })
  }

  /** Later, as the server asks, else after longer and longer waits. */
  function tryAgain(error: unknown): void {
    const waitMs = (error as { retryAfterMs?: number }).retryAfterMs ?? RETRY_MS + fullJitterMs(failures++, random)
    cancelRetry?.()
    cancelRetry = schedule(() => {
      set({ problem: null })
      void goOn()
    }, waitMs)
  }

  /** Sends what waits, and asks what was said meanwhile. */
  async function goOn(): Promise<void> {
    if (gone.signal.aborted || state.value.phase !== 'ready') return
    await answering
    await flush()
    if (talk().waiting.length > 0) return
    if (talk().conversation) await catchUp()
    else if (talk().messages.length === 0) await greet()
    else {
      // Greeted here already: it is enough to know whether the server is there.
      await client.chat.device({}, options).then(
        () => set({ isServerAway: false }),
        (error) => !gone.signal.aborted && tryAgain(error),
      )
    }
    follow()
  }

  async function back(): Promise<void> {
    set({ isOnline: true })
    failures = 0
    cancelRetry?.()
    await goOn()
    await device?.refresh().catch(() => {})
  }

  // ---- Other talks

  async function listTalks(): Promise<void> {
    const { memory } = state.value
    try {
      if (memory === 'account') {
        const { items } = await client.chat.conversations({}, options)
        const entries = items.map(({ id, title, updatedAt }) => ({ key: id, title, updatedAt: Date.parse(updatedAt) }))
        set({ talks: entries.filter(({ key }) => key !== talk().conversation?.id) })
      } else set({ talks: (await store().list()).filter(({ key }) => key !== talk().key) })
    } catch (error) {
      set({ problem: { kind: 'trouble' } })
      if (!gone.signal.aborted) awayIf(error)
    }
  }

  function switchTo(next: Talk): void {
    following?.abort()
    following = undefined
    cancelRetry?.()
    set({ talk: next, screen: 'talk', problem: null, asked: null, done: null, typing: null, ...focusOn('draft') })
  }

  /** The same of a talk on the device and one of the account. */
  async function onServer(
    key: string,
    call: (holder: { conversationId: string; secret?: string }) => Promise<unknown>,
  ) {
    if (state.value.memory === 'account') return call({ conversationId: key })
    const found = (await store().list()).find((one) => one.key === key)
    const { conversation, secret } = found ?? {}
    if (conversation) await call({ conversationId: conversation.id, ...ownSecret(conversation, secret!) })
    return found
  }

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    set({ problem: null, done: null })
    try {
      await work()
    } catch (error) {
      if (gone.signal.aborted) return
      set({ problem: { kind: codeOf(error) === 'sign_in_needed' ? 'sign-in' : 'trouble' } })
    }
  }

  const stopOnline = onOnline(() => void back())
  const stopSession = client.session?.state.subscribe(({ status }) => {
    const { conversation, secret } = talk()
    if (status !== 'signed_in' || conversation?.owner !== 'visitor') return
    void attempt(async () => {
      const claimed = await client.chat.claim({ conversationId: conversation.id, secret }, options)
      take({ type: 'conversation', conversation: claimed })
      const wanted = offering(talk().messages)?.parts.some(
        (part) => part.type === 'notice' && part.code === 'sign_in_needed',
      )
      if (wanted) speak({ choice: 'signed-in' }, null)
    })
  })

  return {
    state,
    shown(now) {
      isShown = now
      if (now) {
        void start()
        if (talk().unread) change({ unread: 0 })
      }
      tellTab()
    },
    follow() {
      void start()
    },
    network(isOnline) {
      if (isOnline) return
      set({ isOnline })
      following?.abort()
      following = undefined
    },
    say(text) {
      const said = text.trim()
      if (said.length > MAX_TEXT) return set({ problem: { kind: 'too-long', by: said.length - MAX_TEXT } })
      if (said) speak({ text: said }, said)
    },
    choose: (id, label) => speak({ choice: id }, label),
    fill: (id, values, labels) => speak({ form: { id, values } }, labels),
    again(key) {
      const message = talk().messages.find((one) => one.key === key)
      if (!message) return
      change({ messages: talk().messages.filter((one) => one !== message) })
      speak({ text: textOf(message.parts) }, textOf(message.parts))
    },
    prove: (proof, choice) =>
      attempt(async () => {
        try {
          await client.auth.reauthenticate(/^\d{6}$/.test(proof) ? { code: proof } : { password: proof }, options)
        } catch (error) {
          if (codeOf(error) !== 'invalid_credentials') throw error
          return set({ problem: { kind: 'proof' }, ...focusOn('proof') })
        }
        speak({ choice: choice?.id ?? 'stepped-up' }, choice?.label ?? null)
      }),
    signIn() {
      notify({}, 'tw-chat-sign-in')
    },
    typed(text) {
      const by = text.trim().length - MAX_TEXT
      const { problem } = state.value
      if (by > 0) set({ problem: { kind: 'too-long', by } })
      else if (problem?.kind === 'too-long') set({ problem: null })
    },
    menu(isOpen) {
      set({
        screen: isOpen ? 'menu' : 'talk',
        problem: null,
        asked: null,
        done: null,
        ...focusOn(isOpen ? 'menu' : 'draft'),
      })
      if (isOpen) void listTalks()
    },
    startOver() {
      const { memory } = state.value
      if (memory === 'session' || memory === 'account') void tab.remove(talk().key)
      switchTo(freshTalk())
      void greet()
    },
    open: (key) =>
      attempt(async () => {
        if (state.value.memory !== 'account') {
          const found = (await store().list()).find((one) => one.key === key)
          if (found) switchTo(settled({ ...found, updatedAt: clock() }))
        } else {
          const found = await client.chat.messages({ conversationId: key, limit: 100 }, options)
          const messages = found.messages.map(shownOf)
          switchTo({ ...freshTalk(), conversation: found.conversation, title: found.conversation.title, messages })
        }
        await catchUp()
        follow()
        void flush()
      }),
    ask: (key, to) => set({ asked: to && { key, to }, ...focusOn(to ? 'asked' : 'menu') }),
    rename: (key, title) =>
      attempt(async () => {
        if (!title.trim()) return
        const found = await onServer(key, (holder) => client.chat.rename({ ...holder, title: title.trim() }, options))
        if (state.value.memory !== 'account') await store().put({ ...(found as Talk), title: title.trim() })
        set({ asked: null, ...focusOn('menu') })
        await listTalks()
      }),
    remove: (key) =>
      attempt(async () => {
        await onServer(key, (holder) => client.chat.remove(holder, options))
        if (state.value.memory !== 'account') await store().remove(key)
        set({ asked: null, ...focusOn('menu') })
        await listTalks()
      }),
    mail: () =>
      attempt(async () => {
        const { conversation, secret } = talk()
        if (!conversation) return
        await client.chat.mailTranscript(
          { conversationId: conversation.id, ...ownSecret(conversation, secret) },
          options,
        )
        set({ done: 'mailed' })
      }),
    async file() {
      const { conversation, secret } = talk()
      let file: Blob | null = null
      await attempt(async () => {
        if (!conversation) return
        const input = { conversationId: conversation.id, ...ownSecret(conversation, secret) }
        file = await (await client.chat.export(input, options)).blob()
      })
      return file
    },
    update: (props) => set({ props }),
    dispose() {
      stopOnline()
      stopSession?.()
      cancelRetry?.()
      stopBringing()
      following?.abort()
      gone.abort()
    },
  }

  function iso(): string {
    return new Date(clock()).toISOString()
  }
}

/** An account's conversation opens by its session alone. */
function ownSecret(conversation: Conversation | null, secret: string): { secret?: string } {
  return conversation?.owner === 'account' ? {} : { secret }
}

function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** `undefined` where no answer came. */
function statusOf(error: unknown): number | undefined {
  const { status, problem } = (error ?? {}) as { status?: number; problem?: { status?: number } }
  return status ?? problem?.status
}

/** The last message that offers something, which only the newest does. */
export function offering(messages: readonly Shown[]): Shown | undefined {
  const last = messages.findLast(({ role }) => role !== 'system')
  return last && last.role !== 'user' && last.state === 'done' ? last : undefined
}

export type { ChatPart }
