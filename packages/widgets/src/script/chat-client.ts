import type { ChatEvent, ChatInput } from '@tillwright/core/contract'
import { fullJitterMs } from '@tillwright/core/contract'
import { browserTabs, readEventStream, type Tabs, visitorIds } from '@tillwright/core/script'
import type { ChatClient } from '../chat/client.ts'
import { browserPlatform, type WidgetPlatform } from '../platform/browser.ts'
import { peopleSession } from './people-session.ts'
import { respond } from './request.ts'
import type { ScriptSettings } from './tillwright.ts'

/** What the assistant calls, below `/api/v1/chat`. */
export const CHAT_ROUTES = {
  send: 'POST ',
  start: 'POST /conversations',
  conversations: 'GET /conversations',
  messages: 'POST /conversations/{id}/messages',
  updates: 'POST /conversations/{id}/updates',
  rename: 'POST /conversations/{id}/rename',
  remove: 'POST /conversations/{id}/remove',
  export: 'POST /conversations/{id}/export',
  mailTranscript: 'POST /conversations/{id}/transcript',
  claim: 'POST /conversations/{id}/claim',
  device: 'GET /device',
} as const satisfies Record<Exclude<keyof ChatClient['chat'], 'stream'>, string>

/** How long the server's word on who is signed in counts, in ms: an access token lives a little longer. */
const SESSION_MS = 10 * 60_000
/** Longest stream, in ms. */
const STREAM_MS = 61 * 60_000

type Input = Readonly<Record<string, unknown>>
interface CallOptions {
  readonly signal?: AbortSignal
}

/** The client of the assistant that comes with the script tag: by key, and by the session's cookies where somebody is signed in. */
export function createChatClient(
  { server, key, visitor }: Pick<ScriptSettings, 'server' | 'key' | 'visitor'>,
  platform: Pick<WidgetPlatform, 'fetch' | 'clock' | 'schedule' | 'random'> = browserPlatform,
  tabs: Tabs = browserTabs(),
): ChatClient {
  const { schedule, clock, random } = platform
  const request = (
    method: string,
    path: string,
    body?: object,
    signal?: AbortSignal,
    headers = {},
    timeoutMs?: number,
  ) =>
    respond(
      `${server}${path}${path.includes('?') ? '&' : '?'}key=${key}`,
      {
        method,
        credentials: 'include',
        headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
        body: body ? JSON.stringify(body) : null,
        signal: signal ?? null,
      },
      platform,
      timeoutMs,
    )
  const session = peopleSession({
    place: `${server}:${key}`,
    tabs,
    schedule,
    refresh: async () => (await request('POST', '/auth/v1/refresh', {})).json(),
  })
  let checkedAt = -Infinity
  // A visitor's routes answer whoever comes: who is signed in must not come with a token that has run out.
  async function ensureSession(signal?: AbortSignal): Promise<void> {
    if (clock() - checkedAt < SESSION_MS) return
    checkedAt = clock()
    const found = (await (await request('GET', '/auth/v1/session', undefined, signal)).json()) as { status: string }
    if (found.status === 'expired') await session.renew()
  }
  session.state.subscribe(() => {
    checkedAt = -Infinity
  })
  const parts = (route: string, { conversationId, ...body }: Input) => {
    const [method, path] = route.split(' ') as [string, string]
    return { method, path: `/api/v1/chat${path.replace('{id}', String(conversationId))}`, body, conversationId }
  }
  const open = async (route: string, input: Input, { signal }: CallOptions, headers?: Record<string, string>) => {
    // The session is a courtesy: without it the server still answers visitors.
    await ensureSession(signal).catch(() => {})
    const { method, path, body, conversationId } = parts(route, input)
    if (method === 'GET')
      return request(method, `${path}?${new URLSearchParams(body as Record<string, string>)}`, undefined, signal)
    const sent = route === CHAT_ROUTES.send && conversationId ? { conversationId, ...body } : body
    return request(method, path, sent, signal, headers, headers && STREAM_MS)
  }
  const stream =
    (route: string) =>
    (input: object, options: CallOptions = {}) =>
      readEventStream({
        open: (headers) => open(route, input as Input, options, headers),
        parse: JSON.parse,
        pause: (attempt) => new Promise((resolve) => schedule(resolve, fullJitterMs(attempt, random))),
        signal: options.signal,
      }) as AsyncIterable<{ id: string | null; data: ChatEvent }>
  const call =
    (route: string) =>
    async (input: object = {}, options: CallOptions = {}) => {
      const response = await open(route, input as Input, options)
      if (route === CHAT_ROUTES.export) return response
      return response.status === 204 ? undefined : response.json()
    }
  const chat = Object.fromEntries(Object.entries(CHAT_ROUTES).map(([name, route]) => [name, call(route)]))
  return {
    session,
    // Of a visitor who is told apart from others for longer than a page, the id is kept, and the same.
    visitor: visitor === 'device' ? visitorIds(visitor, platform) : {},
    chat: {
      ...chat,
      updates: stream(CHAT_ROUTES.updates),
      stream: stream(CHAT_ROUTES.send) as (input: ChatInput) => AsyncIterable<{ data: ChatEvent }>,
    },
    auth: {
      async reauthenticate(input: object, options: CallOptions = {}) {
        return (await request('POST', '/auth/v1/reauthenticate', input, options.signal)).json()
      },
    },
  } as unknown as ChatClient
}
