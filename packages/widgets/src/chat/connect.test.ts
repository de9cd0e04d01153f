import { memoryPlatform } from '@tillwright/core/testing'
import { describe, expect, it } from 'vitest'
import { createChatClient } from '../script/chat-client.ts'
import { CannedChat, cannedConversation, events } from '../testing/chat.ts'
import type { Reply } from '../testing/http.ts'
import type { ChatClient, ChatDevice, DeviceAnswer } from './client.ts'
import { type ChatProps, connectChat } from './connect.ts'
import { type TalkStore, tabStore } from './stores.ts'
import { MAX_TEXT, type Talk, textOf } from './talk.ts'

const SERVER = 'https://brain.example'
const MINUTE = 60_000

class Shelf implements Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  readonly kept = new Map<string, string>()
  getItem = (name: string) => this.kept.get(name) ?? null
  setItem = (name: string, text: string) => void this.kept.set(name, text)
  removeItem = (name: string) => void this.kept.delete(name)
}

interface Options {
  readonly props?: Partial<ChatProps>
  readonly chat?: CannedChat
  readonly shelf?: Shelf
  readonly device?: (said: { text?: string | undefined }) => DeviceAnswer | null
  /** In place of the canned server's answer. */
  readonly answer?: (path: string) => Reply | Error | undefined
  readonly storage?: TalkStore
}

/** An opened panel in front of a canned server. */
async function panel({
  props = {},
  chat = new CannedChat(),
  shelf = new Shelf(),
  device,
  answer,
  storage,
}: Options = {}) {
  const platform = memoryPlatform({
    async fetch(request) {
      const url = new URL(request.url)
      if (url.pathname === '/auth/v1/session') return Response.json({ status: 'signed_out' })
      const given = answer?.(url.pathname)
      if (given instanceof Error) throw given
      const body = await request.text()
      const headers = Object.fromEntries(request.headers)
      const reply = given ?? chat.answer({ method: request.method, url, headers, body, hungUp: new Promise(() => {}) })
      const { status = 200, headers: sent = {}, body: content = null } = reply!
      return new Response(status === 204 ? null : (content as string | null), { status, headers: sent })
    },
  })
  const told: [string | undefined, object][] = []
  const made: ChatClient = createChatClient(
    { server: SERVER, key: 'pk_test', visitor: 'page' },
    platform,
    platform.tabs,
  )
  const client: ChatClient = {
    ...made,
    ...(storage && { openTalks: async () => storage }),
    ...(device && {
      openDevice: async (): Promise<ChatDevice> => ({
        refresh: async () => {},
        greet: async () => ({ parts: [{ type: 'text', text: 'Hello from here' }], state: 0, needsServer: false }),
        answer: async (said) => device(said),
      }),
    }),
  }
  const connect = () =>
    connectChat(
      {
        ...{ language: 'en', memory: 'session', heading: null, productUrl: null, signInUrl: null, productId: null },
        ...props,
      },
      {
        ...platform,
        client,
        tab: tabStore(() => shelf, 'talk'),
        secret: () => 's'.repeat(40) + Math.floor(platform.random() * 1e6),
        notify: (detail, type) => told.push([type, detail]),
      },
    )
  const connection = connect()
  const settle = (ms = 0) => platform.advance(ms)
  connection.shown(true)
  await settle(2_000)
  return {
    ...{ chat, connection, connect, platform, told, shelf, settle },
    state: () => connection.state.value,
    lines: () => connection.state.value.talk.messages.map(({ role, parts }) => `${role}: ${textOf(parts)}`),
    states: () => connection.state.value.talk.messages.map(({ state }) => state),
    /** The network goes; the page is told, as a browser does. */
    cut() {
      platform.setOnline(false)
      connection.network(false)
    },
  }
}

const here = (text: string): DeviceAnswer => ({ parts: [{ type: 'text', text }], state: 1, needsServer: false })
const forServer: DeviceAnswer = { parts: [], state: 2, needsServer: true }

describe('a talk', () => {
  it('begins with a greeting, says what is typed, and shows the answer', async () => {
    const { connection, lines, states, settle } = await panel()
    connection.say('  hello there ')
    await settle()
    expect(lines()).toEqual([
      'assistant: Good afternoon! How can I help?',
      'user: hello there',
      'assistant: You said “hello there”.',
    ])
    expect(states()).toEqual(['done', 'done', 'done'])
  })

  it('asks for nothing before somebody opens it', async () => {
    const { connect, platform } = await panel()
    const before = platform.requests.length
    connect()
    await platform.advance(MINUTE)
    expect(platform.requests.length).toBe(before)
  })

  it('shows an answer as it grows, and the whole in its place', async () => {
    const text = (index: number, text: string) => ({ type: 'delta', messageId: 'msg_1', seq: 3, index, text })
    const seen: string[] = []
    const { connection, settle, lines } = await panel({
      answer: (path) =>
        path === '/api/v1/chat'
          ? events([
              { type: 'conversation', conversation: cannedConversation() },
              { type: 'typing', role: 'assistant' },
              {
                type: 'part',
                messageId: 'msg_1',
                seq: 3,
                role: 'assistant',
                index: 0,
                part: { type: 'text', text: 'It ' },
              },
              text(0, 'is '),
              text(0, 'on its way'),
              {
                type: 'message',
                message: {
                  ...{ id: 'msg_1', seq: 3, role: 'assistant', at: '2026-01-01T00:00:00.000Z', source: 'server' },
                  parts: [{ type: 'text', text: 'It is on its way.' }],
                },
              },
            ])
          : undefined,
    })
    connection.state.subscribe(({ talk }) => {
      const last = talk.messages.at(-1)
      if (last?.state === 'streaming') seen.push(textOf(last.parts))
    })
    connection.say('where is it')
    await settle()
    expect(seen).toContain('It is ')
    expect(lines().filter((line) => line.startsWith('assistant: It'))).toEqual(['assistant: It is on its way.'])
  })

  it('refuses what is too long before it is sent, and says by how much', async () => {
    const { connection, state, platform } = await panel()
    const before = platform.requests.length
    connection.say('x'.repeat(MAX_TEXT + 3))
    expect(state().problem).toEqual({ kind: 'too-long', by: 3 })
    expect(platform.requests.length).toBe(before)
    connection.typed('shorter')
    expect(state().problem).toBe(null)
  })

  it('sends what is pressed and what a form holds, in words that people read', async () => {
    const { connection, chat, lines, settle } = await panel()
    connection.choose('flw:1:yes', 'Yes, send it')
    connection.fill('frm_1', { item: 'lantern', reason: 'broken' }, 'lantern, Broken')
    await settle()
    expect(chat.bodies.map(({ choice, form }) => choice ?? form)).toEqual([
      'flw:1:yes',
      { id: 'frm_1', values: { item: 'lantern', reason: 'broken' } },
    ])
    expect(lines().filter((line) => line.startsWith('user'))).toHaveLength(2)
  })

  it('tells the page once what to put into the cart, and not again when the talk is read again', async () => {
    const first = await panel()
    first.connection.say('cart')
    await first.settle()
    const changes = (told: typeof first.told) =>
      told.filter(([type]) => type === 'tw-chat-cart').map(([, part]) => part)
    expect(changes(first.told)).toMatchObject([{ change: 'add', productId: '22423', quantity: 2 }])
    const second = await panel({ chat: first.chat, shelf: first.shelf })
    expect(changes(second.told)).toEqual([])
  })
})

describe('without a network', () => {
  it('keeps what is said, in order, and sends each once when the network is back', async () => {
    const { connection, chat, cut, platform, settle, states, lines } = await panel()
    cut()
    connection.say('one')
    connection.say('two')
    await settle(MINUTE)
    expect(states().slice(1)).toEqual(['queued', 'queued'])
    expect(chat.received).toEqual([])
    platform.setOnline(true)
    await settle()
    expect(chat.bodies.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(new Set(chat.received).size).toBe(2)
    expect(lines().slice(1)).toEqual([
      'user: one',
      'assistant: You said “one”.',
      'user: two',
      'assistant: You said “two”.',
    ])
  })

  it('sends the same id again where an answer was lost, and shows the answer once', async () => {
    let isLost = true
    const chat = new CannedChat()
    const { connection, settle, lines } = await panel({
      chat,
      answer: (path) => {
        if (path !== '/api/v1/chat' || !isLost) return undefined
        isLost = false
        return new TypeError('connection reset')
      },
    })
    connection.say('once')
    await settle()
    await settle(MINUTE)
    expect(lines().slice(1)).toEqual(['user: once', 'assistant: You said “once”.'])
    expect(new Set(chat.received).size).toBe(1)
  })

  it('goes on after a reload with what was not sent', async () => {
    const first = await panel()
    first.connection.say('before')
    await first.settle()
    first.cut()
    first.connection.say('kept')
    await first.settle()
    first.connection.dispose()
    const { chat, shelf } = first
    const second = await panel({ chat, shelf })
    await second.settle()
    expect(second.lines()).toEqual([
      'assistant: Good afternoon! How can I help?',
      'user: before',
      'assistant: You said “before”.',
      'user: kept',
      'assistant: You said “kept”.',
    ])
    expect(chat.bodies.map(({ text }) => text)).toEqual(['before', 'kept'])
  })

  it('lets the device answer what needs no server, marks it, and tells the server later, once', async () => {
    const { connection, chat, cut, platform, settle, lines, state } = await panel({
      device: ({ text }) => (text === 'opening hours' ? here('Nine to five') : forServer),
    })
    cut()
    connection.say('opening hours')
    connection.say('my parcel')
    await settle()
    const [, , answer, waiting] = state().talk.messages
    expect([answer!.source, textOf(answer!.parts), waiting!.state]).toEqual(['device', 'Nine to five', 'queued'])
    platform.setOnline(true)
    await settle()
    const [sent, ...rest] = chat.bodies
    expect(rest).toEqual([])
    expect(sent!.text).toBe('my parcel')
    expect((sent!.fromDevice as { role: string; text: string }[]).map(({ role, text }) => [role, text])).toEqual([
      ['user', 'opening hours'],
      ['assistant', 'Nine to five'],
    ])
    expect(lines()).toEqual([
      'assistant: Good afternoon! How can I help?',
      'user: opening hours',
      'assistant: Nine to five',
      'user: my parcel',
      'assistant: You said “my parcel”.',
    ])
    connection.say('and now')
    await settle()
    expect(chat.bodies.at(-1)!.fromDevice).toBe(undefined)
  })

  it('greets from the device where the server is away from the start', async () => {
    const { lines, state } = await panel({ device: () => forServer, answer: () => new TypeError('refused') })
    expect(lines()).toEqual(['assistant: Hello from here'])
    expect(state().isServerAway).toBe(true)
  })

  it('leaves a talk with a person to that person', async () => {
    const chat = new CannedChat()
    chat.conversation = cannedConversation({ state: 'agent', agentName: 'Mia' })
    const { connection, cut, settle, lines } = await panel({ chat, device: () => here('I am only the assistant') })
    cut()
    connection.say('are you there?')
    await settle()
    expect(lines().at(-1)).toBe('user: are you there?')
  })
})

describe('a server that refuses', () => {
  const refusing = (status: number, code: string, headers: Record<string, string> = {}) => ({
    answer: (path: string) =>
      path === '/api/v1/chat' ? { status, headers, body: JSON.stringify({ code, status }) } : undefined,
  })

  it('is asked again after as long as it says', async () => {
    let isBusy = true
    const { connection, settle, state, states } = await panel({
      answer: (path) => (isBusy ? refusing(429, 'rate_limited', { 'retry-after': '7' }).answer(path) : undefined),
    })
    connection.say('quick')
    await settle()
    expect([state().problem, states().at(-1)]).toEqual([{ kind: 'slow' }, 'queued'])
    isBusy = false
    await settle(6_000)
    expect(states().at(-1)).toBe('queued')
    await settle(1_000)
    expect([state().problem, states().at(-1)]).toEqual([null, 'done'])
  })

  it('for good leaves the message with a way to try again', async () => {
    let isBroken = true
    const { connection, settle, states, state, lines } = await panel({
      answer: (path) => (isBroken ? refusing(400, 'invalid_input').answer(path) : undefined),
    })
    connection.say('odd')
    await settle(MINUTE)
    expect(states().at(-1)).toBe('failed')
    isBroken = false
    connection.again(state().talk.messages.at(-1)!.key)
    await settle()
    expect(lines().slice(1)).toEqual(['user: odd', 'assistant: You said “odd”.'])
  })

  it('because the conversation is gone, begins another one with what was said', async () => {
    const chat = new CannedChat()
    let isGone = false
    const { connection, settle, lines } = await panel({
      chat,
      answer: (path) => {
        if (!isGone) return undefined
        isGone = false
        return refusing(404, 'not_found').answer(path)
      },
    })
    connection.say('one')
    await settle()
    isGone = true
    connection.say('two')
    await settle()
    expect(lines().at(-1)).toBe('assistant: You said “two”.')
    expect(chat.bodies.at(-1)!.conversationId).toBe(undefined)
    expect(chat.bodies.at(-1)!.secret).not.toBe(chat.bodies[0]!.secret)
  })
})

describe('with a person', () => {
  it('shows what they say by itself, counts it while the panel is closed, and tells the button', async () => {
    const chat = new CannedChat()
    const { connection, settle, told, lines, state } = await panel({ chat })
    chat.conversation = cannedConversation({ state: 'waiting' })
    connection.say('a person')
    await settle()
    connection.shown(false)
    chat.conversation = cannedConversation({ state: 'agent', agentName: 'Mia' })
    chat.add('agent', [{ type: 'text', text: 'Hello, Mia here' }], { agentName: 'Mia' })
    await settle(5_000)
    expect(lines().at(-1)).toBe('agent: Hello, Mia here')
    expect(state().talk.unread).toBe(1)
    expect(told.at(-1)).toEqual(['tw-chat-state', { unread: 1, mark: '1' }])
    connection.shown(true)
    expect(state().talk.unread).toBe(0)
  })

  it('is not talked over: the assistant’s typing is not shown', async () => {
    const chat = new CannedChat()
    const { connection, state, settle } = await panel({ chat })
    chat.conversation = cannedConversation({ state: 'agent', agentName: 'Mia' })
    connection.say('hello')
    await settle()
    const typing: unknown[] = []
    connection.state.subscribe((now) => typing.push(now.typing))
    connection.say('again')
    await settle()
    expect(typing).not.toContain('assistant')
    expect(state().talk.conversation!.agentName).toBe('Mia')
  })
})

describe('memory', () => {
  it('none: nothing is kept anywhere', async () => {
    const { connection, shelf, settle, told } = await panel({ props: { memory: 'none' } })
    connection.say('secret')
    await settle()
    expect([...shelf.kept]).toEqual([])
    expect(
      told.filter(([type]) => type === 'tw-chat-state').map(([, detail]) => (detail as { mark: string }).mark),
    ).not.toContain('open')
  })

  it('session: the next page goes on where this one was, without another greeting', async () => {
    const first = await panel()
    first.connection.say('hello')
    await first.settle()
    first.connection.dispose()
    const second = await panel({ chat: first.chat, shelf: first.shelf })
    expect(second.lines()).toEqual(first.lines())
  })

  it('device: other talks are listed, opened, renamed and removed', async () => {
    const shelf = new Map<string, Talk>()
    const storage: TalkStore = {
      list: async () => [...shelf.values()].sort((a, b) => b.updatedAt - a.updatedAt),
      put: async (talk) => void shelf.set(talk.key, talk),
      remove: async (key) => void shelf.delete(key),
    }
    const { connection, settle, state, lines } = await panel({
      props: { memory: 'device' },
      device: () => null,
      storage,
    })
    connection.say('the first')
    await settle()
    connection.startOver()
    await settle()
    connection.say('the second')
    await settle()
    connection.menu(true)
    await settle()
    const [entry] = state().talks
    await connection.rename(entry!.key, 'My order')
    await settle()
    expect(state().talks.map(({ title }) => title)).toEqual(['My order'])
    await connection.open(entry!.key)
    await settle()
    expect(lines()).toContain('user: the first')
    connection.menu(true)
    await settle()
    await connection.remove(state().talks[0]!.key)
    await settle()
    expect([state().talks, shelf.size]).toEqual([[], 1])
  })

  it('is the shop’s own where the page states none', async () => {
    const chat = new CannedChat()
    chat.settings = { history: 'none' }
    const { state } = await panel({ chat, props: { memory: null } })
    expect(state().memory).toBe('none')
  })

  it('starting over forgets what the tab kept and begins anew', async () => {
    const { connection, settle, state, chat } = await panel()
    connection.say('hello')
    await settle()
    const [before] = chat.bodies
    connection.startOver()
    await settle()
    expect(state().talk.messages.every(({ role }) => role === 'assistant')).toBe(true)
    connection.say('anew')
    await settle()
    expect(chat.bodies.at(-1)!.secret).not.toBe(before!.secret)
  })
})
