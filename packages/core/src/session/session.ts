import type { Call, Transport } from '../client/transport.ts'
import type { SignedIn, SignInOutcome } from '../contract/people.ts'
import { ApiError, ConfigurationError } from '../errors.ts'
import { isBrowser } from '../platform/browser.ts'
import { browserTabs, noTabs } from '../platform/browser-tabs.ts'
import type { Line } from '../sdk.ts'
import { createCredentials } from './credentials.ts'
import { followCalls } from './follow-calls.ts'
import { idleWatch } from './idle.ts'
import { observable } from './observable.ts'
import type { PersonSession, SessionFeature, SessionOptions } from './person-session.ts'
import { renewal } from './renewal.ts'
import { type SessionNews, sessionTalk, sessionTalkName } from './session-talk.ts'
import type { Grant, SessionState, SignedOutBecause } from './state.ts'
import { isGrant } from './storage.ts'
import { withSession } from './transport.ts'
import { wantedPage } from './wanted-page.ts'

/** A lost answer is asked for again; within 30 s the server gives the same one. */
const REFRESH = { retries: 5, timeoutMs: 8_000 } as const
/** The other tabs are told that somebody is there at most so often, in ms. */
const TELL_MS = 15_000
/** What the server says of a person's call without a session. */
const NO_SESSION = ['sign_in_needed', 'missing_key']

/**
 * Lets people sign in with a client: `createClient({ …, session: personSession() })`. Something of its own, so that a client
 * without it stays small.
 */
export function personSession(options: SessionOptions = {}): SessionFeature {
  return (line) => createSession(line, options)
}

function createSession(line: Line, { delivery = 'token', storage }: SessionOptions): ReturnType<SessionFeature> {
  if (storage && delivery === 'cookie') {
    throw new ConfigurationError('session.storage is for tokens; in cookie mode the browser keeps the session')
  }
  const { platform, transport } = line
  const { clock, schedule } = platform
  const tabs = platform.tabs ?? (isBrowser() ? browserTabs() : noTabs())
  const name = sessionTalkName(delivery, line.place)
  const hasSecretKey = line.key?.startsWith('sk_')
  const held = createCredentials(storage, clock)
  const talk = sessionTalk({
    tabs,
    name,
    schedule,
    known: () => held.grant,
    onAnswer(grant) {
      const { value } = state
      // Who has signed out stays so, whatever a tab has said that does not know yet.
      const isNews = held.isNewer(grant) && !(value.status === 'signed_out' && value.because !== 'nobody')
      if (isNews) take(grant)
      return isNews
    },
    onNews: hear,
  })
  const renew = renewal({
    version: () => held.version,
    inTurn(work) {
      start()
      return tabs.inTurn(`${name}:renewal`, work)
    },
    schedule,
    ...(delivery === 'token' && { catchUp: () => (storage ? loadStored() : talk.ask()) }),
    refresh,
  })
  // Signing in, renewing and signing out carry no session that could need a renewal.
  const bare = line.bind(delivery === 'cookie' ? withCookies(transport) : transport)
  const { auth } = bare
  const client = boundClient()
  const warningListeners = new Set<(endsAt: number) => void>()
  const state = observable<SessionState>({ status: 'unknown' }, () => {
    ready().catch(() => {}) // The state stays `unknown`; whoever calls `ready` learns why.
  })
  const idle = idleWatch({ platform, onWarning, onEnd: () => void endIdle() })
  let pendingToken: string | undefined
  let readying: Promise<SessionState> | undefined
  let toldActiveAt = Number.NEGATIVE_INFINITY
  let stopActivity: (() => void) | undefined
  let hasStarted = false

  // ---- What is known -----------------------------------------------------------------------------------------------

  /** New credentials. */
  function take(next: Grant): void {
    held.take(next)
    show(next)
  }

  function show({ user, permissions, session, aheadMs = 0 }: Grant): void {
    pendingToken = undefined
    const before = state.value
    const idleEndsAt = before.status === 'signed_in' && before.sessionId === session.id ? before.idleEndsAt : null
    state.set({ status: 'signed_in', user, permissions, sessionId: session.id, idleEndsAt })
    idle.watch({
      sessionId: session.id,
      idleEndsAt: Date.parse(session.idleExpiresAt) + aheadMs,
      endsAt: Date.parse(session.expiresAt) + aheadMs,
    })
  }

  function forget(why: SignedOutBecause): void {
    // Who is signed out stays so for the reason they were.
    const because = state.value.status === 'signed_out' ? state.value.because : why
    held.drop()
    pendingToken = undefined
    idle.stop()
    state.set({ status: 'signed_out', because })
  }

  async function granted(signedIn: SignedIn, type: 'granted' | 'renewed'): Promise<SessionState> {
    const { status: _, tenant: __, answeredAt, ...next } = signedIn
    take({ ...next, aheadMs: clock() - Date.parse(answeredAt) })
    await held.save()
    talk.say({ type, grant: held.grant })
    return state.value
  }

  async function ended(because: SignedOutBecause): Promise<void> {
    forget(because)
    talk.say({ type: 'signed_out', because })
    await held.save()
  }

  async function loadStored(): Promise<void> {
    const stored = await held.load()
    if (stored) take(stored)
  }

  // ---- Other tabs --------------------------------------------------------------------------------------------------

  function start(): void {
    if (hasStarted) return
    hasStarted = true
    stopActivity = tabs.onActivity?.(() => noteActivity())
    talk.join()
  }

  function hear(news: SessionNews): void {
    switch (news.type) {
      case 'granted':
      case 'renewed':
        if (news.type === 'renewed' && state.value.status === 'signed_out') return
        if (isGrant(news.grant)) take(news.grant)
        else if (delivery === 'cookie')
          check().catch(() => {}) // Whoever calls `check` learns why.
        else void loadStored()
        return
      case 'signed_out':
        forget(news.because)
        return
      case 'active':
        idle.active(news.atMs)
    }
  }

  // ---- Renewing ----------------------------------------------------------------------------------------------------

  async function refresh(since: number): Promise<void> {
    const refreshToken = held.grant?.refreshToken
    if (delivery === 'token' && refreshToken === undefined) return ended('ended')
    try {
      const answer = await auth.refresh(refreshToken === undefined ? {} : { refreshToken }, REFRESH)
      // Whoever signed in or out meanwhile means it.
      if (since === held.version) await granted(answer, 'renewed')
    } catch (error) {
      if (codeOf(error) !== 'session_ended') throw error
      if (since === held.version) await ended('ended')
    }
  }

  // ---- Being there -------------------------------------------------------------------------------------------------

  function noteActivity(): void {
    const now = clock()
    const shouldRenew = idle.active(now)
    if (!held.grant) return
    if (now - toldActiveAt >= TELL_MS) {
      toldActiveAt = now
      talk.say({ type: 'active', atMs: now })
    }
    if (shouldRenew) renew(held.version).catch(() => {}) // The next thing the person does tries again.
  }

  function onWarning(endsAt: number | null): void {
    const { value } = state
    if (value.status !== 'signed_in') return
    state.set({ ...value, idleEndsAt: endsAt })
    if (endsAt !== null) for (const run of [...warningListeners]) run(endsAt)
  }

  async function endIdle(): Promise<void> {
    const refreshToken = held.grant?.refreshToken
    await ended('idle')
    // Where the server cannot be told it ends the session by itself, at the same time.
    await auth.logout(refreshToken === undefined ? {} : { refreshToken }).catch(() => {})
  }

  // ---- Signing in and out --------------------------------------------------------------------------------------------

  function open(): void {
    if (hasSecretKey) {
      throw new ConfigurationError('Sessions are for people: sign in with a publishable key, or with none')
    }
    start()
  }

  async function outcome(answer: SignInOutcome): Promise<SessionState> {
    if (answer.status === 'signed_in') return granted(answer, 'granted')
    if (held.grant) await ended('left')
    pendingToken = answer.pendingToken
    state.set({ status: 'second_factor', methods: answer.methods })
    return state.value
  }

  /** By what the server knows this device, where it does; in cookie mode by a cookie. */
  async function device(): Promise<{ deviceToken?: string }> {
    await held.load()
    const { deviceToken } = held
    return deviceToken === undefined ? {} : { deviceToken }
  }

  async function ready(): Promise<SessionState> {
    if (state.value.status !== 'unknown') return state.value
    readying ??= restore().finally(() => {
      readying = undefined
    })
    return readying
  }

  async function restore(): Promise<SessionState> {
    start()
    if (delivery === 'cookie') return check()
    await loadStored()
    if (!held.grant && !storage) await talk.ask()
    if (state.value.status === 'unknown') forget('nobody')
    return state.value
  }

  async function check(): Promise<SessionState> {
    start()
    const before = held.version
    try {
      // An answer either way: browsers write refusals into their consoles, and most visitors are signed out.
      if (delivery === 'cookie' && (await client.auth.session()).status !== 'signed_in') {
        if (before === held.version) forget(held.grant ? 'ended' : 'nobody')
        return state.value
      }
      // A renewal on the way, or another tab, has told already.
      if (before !== held.version) return state.value
      const [{ user, permissions, sessionId }, { items }] = await Promise.all([
        client.auth.validate(),
        client.account.sessions(),
      ])
      const expiresAt = items.find(({ current }) => current)?.expiresAt
      const { grant } = held
      const known = grant?.session.id === sessionId ? grant.session : undefined
      const session = known ?? { id: sessionId, expiresAt: expiresAt!, idleExpiresAt: expiresAt! }
      if (!known && before !== held.version) return state.value
      const described = { ...grant, user, permissions, session }
      held.describe(described)
      show(described)
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      if (state.value.status !== 'signed_out') forget(held.grant ? 'ended' : 'nobody')
    }
    return state.value
  }

  const session: PersonSession = {
    state,
    ready,
    check,
    ...wantedPage(tabs),
    async signIn(input, options) {
      open()
      return outcome(await auth.login({ ...(await device()), ...input, delivery }, options))
    },
    async signInWithLink(input, options) {
      open()
      return outcome(await auth.useMagicLink({ ...(await device()), ...input, delivery }, options))
    },
    async enterCode(code, options) {
      open()
      if (pendingToken === undefined)
        throw new ConfigurationError('enterCode() follows a signIn() that asks for a code')
      return granted(await auth.twoFactor({ ...(await device()), pendingToken, code, delivery }, options), 'granted')
    },
    async reauthenticate(proof, options) {
      open()
      await client.auth.reauthenticate(proof, options)
      return state.value
    },
    async signOut(input = {}, options) {
      open()
      if (delivery === 'cookie') return client.auth.logout(input, options)
      await ready()
      const refreshToken = held.grant?.refreshToken
      await ended('left')
      if (refreshToken !== undefined) await auth.logout({ ...input, refreshToken }, options)
    },
    can(...permissions) {
      const { value } = state
      return value.status === 'signed_in' && permissions.every((one) => value.permissions.includes(one))
    },
    async stayActive() {
      idle.active(clock())
      talk.say({ type: 'active', atMs: clock() })
      if (state.value.status === 'signed_in') await renew(held.version)
    },
    onIdleWarning(run) {
      const listener = (endsAt: number) => run(endsAt)
      warningListeners.add(listener)
      return () => warningListeners.delete(listener)
    },
  }

  function boundClient() {
    if (hasSecretKey) return line.bind(transport)
    return followCalls({
      delivery,
      client: line.bind(withSession(transport, { equip, hasLapsed, renew })),
      bare,
      refreshToken: () => held.grant?.refreshToken,
      onGranted: granted,
      onLeft: () => ended('left'),
      renew: () => renew(held.version),
    })
  }

  return {
    client,
    extra: { session },
    close() {
      stopActivity?.()
      talk.leave()
      idle.stop()
      warningListeners.clear()
    },
  }

  /** The call with what the session gives it, and the credentials that these are. */
  async function equip(call: Call): Promise<{ call: Call; version: number | undefined }> {
    if (storage && state.value.status === 'unknown') await ready()
    idle.look()
    if (!tabs.onActivity) noteActivity()
    const canLapse = !call.keepalive && (delivery === 'cookie' || held.grant !== undefined)
    return { call: carrying(call), version: canLapse ? held.version : undefined }
  }

  function hasLapsed(error: unknown): boolean {
    const code = codeOf(error) ?? ''
    if (code === 'invalid_token') return true
    // Cookies went without a word: another page of the site has signed out, or the person has cleared them.
    return delivery === 'cookie' && state.value.status === 'signed_in' && NO_SESSION.includes(code)
  }

  function carrying(call: Call): Call {
    // On the way out of a page nothing may need a preflight.
    if (call.keepalive) return call
    if (delivery === 'token') {
      const { grant } = held
      return grant ? { ...call, headers: { authorization: `Bearer ${grant.accessToken}`, ...call.headers } } : call
    }
    const isSignedIn = state.value.status === 'signed_in'
    return { ...call, credentials: 'include', url: isSignedIn ? withoutKey(call.url) : call.url }
  }
}

function withCookies(transport: Transport): Transport {
  return (call) => transport({ ...call, credentials: 'include' })
}

/** With a key in the address the server takes the key for the caller, not the person. */
function withoutKey(address: string): string {
  const url = new URL(address)
  url.searchParams.delete('key')
  return url.href
}

function codeOf(error: unknown): string | undefined {
  return error instanceof ApiError ? error.code : undefined
}
