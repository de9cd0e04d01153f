import type { CallOptions } from '../client/bind.ts'
import type { Call, Transport } from '../client/transport.ts'
import type { RouteInput } from '../contract/define.ts'
import type { TillwrightContract } from '../contract/index.ts'
import type { SignedIn, SignInOutcome } from '../contract/people.ts'
import type { Permission } from '../contract/permissions.ts'
import { ApiError, ConfigurationError } from '../errors.ts'
import { isBrowser } from '../platform/browser.ts'
import { browserTabs, noTabs } from '../platform/browser-tabs.ts'
import type { Tabs } from '../ports.ts'
import type { Connected, Line } from '../sdk.ts'
import { idleWatch } from './idle.ts'
import { type Observable, observable } from './observable.ts'
import type { Grant, SessionState, SignedOutBecause } from './state.ts'
import { isGrant, readGrant, type TokenStorage } from './storage.ts'
import { withSession } from './transport.ts'
import { type WantedPage, wantedPage } from './wanted-page.ts'

/** A lost answer is asked for again; within 30 s the server gives the same one. */
const REFRESH = { retries: 5, timeoutMs: 8_000 } as const
/** How long the other tabs have to say what they know, in ms. */
const ASK_MS = 50
/** The other tabs are told that somebody is there at most so often, in ms. */
const TELL_MS = 15_000

export interface SessionOptions {
  /**
   * How the session is carried. `token`: the SDK holds the tokens, for apps; in memory, so that a reload ends the session
   * here, or in `storage`. `cookie`: the server sets cookies that no script can read, for pages on the server's own site; the
   * SDK stores nothing. Default `token`.
   */
  readonly delivery?: 'token' | 'cookie'
  /** Where an app keeps its tokens between starts. Not in cookie mode. Default: in memory only. */
  readonly storage?: TokenStorage
}

type Login = RouteInput<TillwrightContract['auth']['login']>
type Proof = RouteInput<TillwrightContract['auth']['reauthenticate']>

/** The session of the person in front of the device. */
export interface PersonSession extends WantedPage {
  /** Who is signed in. Subscribing asks `ready()`. */
  readonly state: Observable<SessionState>
  /**
   * Finds out who is signed in: from storage, the other tabs or, in cookie mode, the server. Throws where the server is needed
   * and does not answer; the state is `unknown` then, and calling again tries again.
   */
  ready(): Promise<SessionState>
  /** Asks the server who is signed in, and with which rights, now. */
  check(): Promise<SessionState>
  /** `signed_in`, or `second_factor` where a code is needed. Throws `ApiError` `invalid_credentials`, `rate_limited` and others. */
  signIn(input: Omit<Login, 'delivery'>, options?: CallOptions): Promise<SessionState>
  /** With the token of a mailed link. */
  signInWithLink(input: { token: string }, options?: CallOptions): Promise<SessionState>
  /** The second step: a code of the authenticator, or a recovery code. */
  enterCode(code: string, options?: CallOptions): Promise<SessionState>
  /** Proves again who one is, for calls that answer `reauthentication_required`. */
  reauthenticate(proof: Proof, options?: CallOptions): Promise<SessionState>
  /**
   * Signs out here and in every tab, `everywhere` on all devices. With tokens they are forgotten first: where the server
   * cannot be told, this throws, but nobody is signed in here. Cookies are the server's: without it one stays signed in.
   */
  signOut(input?: { everywhere?: boolean }, options?: CallOptions): Promise<void>
  /** Whether the person may do all of this. The server asks again at each call; this is for what to show. */
  can(...permissions: readonly Permission[]): boolean
  /** Somebody is there: puts off the end for want of use. */
  stayActive(): Promise<void>
  /** Called when the session will end, ms since 1970, unless somebody does something. Returns the unsubscriber. */
  onIdleWarning(run: (endsAt: number) => void): () => void
}

/** The client of somebody who may sign in. */
export interface WithSession {
  /** Who is signed in, and how they come and go. */
  readonly session: PersonSession
}

/** What `createClient` takes as `session`. */
export type SessionFeature = (line: Line) => Connected & { readonly extra: WithSession }

/** What tabs say to each other. A grant travels only where it touches no disk. */
type Message =
  | { readonly type: 'who'; readonly grant?: undefined }
  | { readonly type: 'granted' | 'renewed' | 'mine'; readonly grant?: Grant | undefined }
  | { readonly type: 'signed_out'; readonly because: SignedOutBecause }
  | { readonly type: 'active'; readonly atMs: number }

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
  const tabs = platform.tabs ?? (isBrowser() ? browserTabs() : noTabs())
  const name = `tillwright.session:${line.place}`
  const hasSecretKey = line.key?.startsWith('sk_')
  const { clock } = platform
  // Signing in, renewing and signing out carry no session that could need a renewal.
  const { auth } = line.bind(delivery === 'cookie' ? withCookies(transport) : transport)
  const client = line.bind(hasSecretKey ? transport : withSession(transport, { equip, renew }))
  const warningListeners = new Set<(endsAt: number) => void>()
  const state = observable<SessionState>({ status: 'unknown' }, () => {
    ready().catch(() => {}) // The state stays `unknown`; whoever calls `ready` learns why.
  })
  const idle = idleWatch({ platform, onWarning, onEnd: () => void endIdle() })
  let grant: Grant | undefined
  let pendingToken: string | undefined
  /** Grows with each change of credentials, so that who waited knows whether somebody else was faster. */
  let version = 0
  let renewal: Promise<void> | undefined
  let readying: Promise<SessionState> | undefined
  let toldActiveAt = Number.NEGATIVE_INFINITY
  let stops: (() => void)[] | undefined
  let talk: ReturnType<Tabs['join']> | undefined
  let asking: Promise<void> | undefined
  let onMine: (() => void) | undefined

  // ---- What is known -----------------------------------------------------------------------------------------------

  /** New credentials. */
  function take(next: Grant): void {
    version++
    // A proof of identity gives no new refresh token.
    const kept = grant?.session.id === next.session.id ? grant.refreshToken : undefined
    show({ ...next, refreshToken: next.refreshToken ?? kept })
  }

  function show(next: Grant): void {
    grant = next
    pendingToken = undefined
    const { user, permissions, session } = next
    const before = state.value
    const idleEndsAt = before.status === 'signed_in' && before.sessionId === session.id ? before.idleEndsAt : null
    state.set({ status: 'signed_in', user, permissions, sessionId: session.id, idleEndsAt })
    idle.watch({
      sessionId: session.id,
      idleEndsAt: Date.parse(session.idleExpiresAt),
      endsAt: Date.parse(session.expiresAt),
    })
  }

  function forget(why: SignedOutBecause): void {
    // Who is signed out stays so for the reason they were.
    const because = state.value.status === 'signed_out' ? state.value.because : why
    version++
    grant = undefined
    pendingToken = undefined
    idle.stop()
    state.set({ status: 'signed_out', because })
  }

  async function granted(signedIn: SignedIn, type: 'granted' | 'renewed'): Promise<SessionState> {
    const { status: _, tenant: __, ...next } = signedIn
    take(next)
    await storage?.save(JSON.stringify(grant))
    say({ type, grant })
    return state.value
  }

  async function ended(because: SignedOutBecause): Promise<void> {
    forget(because)
    say({ type: 'signed_out', because })
    await storage?.save(null)
  }

  async function loadStored(): Promise<void> {
    const stored = storage && readGrant(await storage.load(), clock())
    if (stored && (stored.session.id !== grant?.session.id || isNewer(stored))) take(stored)
  }

  // ---- Other tabs --------------------------------------------------------------------------------------------------

  function start(): void {
    if (stops) return
    const stopActivity = tabs.onActivity?.(() => noteActivity())
    talk = tabs.join(name, (message) => hear(message as Message))
    stops = [talk.leave, ...(stopActivity ? [stopActivity] : [])]
  }

  function say(message: Message): void {
    if (!talk) return
    if ('grant' in message && !talk.isPrivate) talk.say({ type: message.type })
    else talk.say(message)
  }

  function hear(message: Message): void {
    switch (message.type) {
      case 'who':
        if (grant) say({ type: 'mine', grant })
        return
      case 'mine':
        if (!onMine || !isGrant(message.grant) || !isNewer(message.grant)) return
        take(message.grant)
        onMine()
        return
      case 'granted':
      case 'renewed':
        if (message.type === 'renewed' && state.value.status === 'signed_out') return
        if (isGrant(message.grant)) take(message.grant)
        else if (delivery === 'cookie')
          check().catch(() => {}) // Whoever calls `check` learns why.
        else void loadStored()
        return
      case 'signed_out':
        forget(message.because)
        return
      case 'active':
        idle.active(message.atMs)
    }
  }

  function isNewer({ accessExpiresAt = '', session }: Grant): boolean {
    if (!grant || grant.session.id !== session.id) return !grant
    return accessExpiresAt > (grant.accessExpiresAt ?? '')
  }

  /** Lets the other tabs say what they know; resolves with the first news, or when there was none. */
  async function askTabs(): Promise<void> {
    if (!tabs.onActivity) return
    asking ??= new Promise<void>((resolve) => {
      const cancel = platform.schedule(resolve, ASK_MS)
      onMine = () => {
        cancel()
        resolve()
      }
      say({ type: 'who' })
    }).finally(() => {
      asking = undefined
      onMine = undefined
    })
    await asking
  }

  // ---- Renewing ----------------------------------------------------------------------------------------------------

  /** One renewal, whoever asks and however often; nothing where the credentials are not those of `since` any more. */
  async function renew(since: number): Promise<void> {
    if (since !== version) return
    start()
    renewal ??= tabs
      .inTurn(`${name}:renewal`, () => renewIf(since))
      .finally(() => {
        renewal = undefined
      })
    await renewal
  }

  async function renewIf(since: number): Promise<void> {
    // Another tab may have been faster, and a tab that slept may have missed it.
    await loadStored()
    if (delivery === 'token' && !storage) await askTabs()
    if (since !== version) return
    const refreshToken = grant?.refreshToken
    if (delivery === 'token' && refreshToken === undefined) return ended('ended')
    try {
      const answer = await auth.refresh(refreshToken === undefined ? {} : { refreshToken }, REFRESH)
      // Whoever signed in or out meanwhile means it.
      if (since === version) await granted(answer, 'renewed')
    } catch (error) {
      if (codeOf(error) !== 'session_ended') throw error
      if (since === version) await ended('ended')
    }
  }

  // ---- Being there -------------------------------------------------------------------------------------------------

  function noteActivity(): void {
    const now = clock()
    const shouldRenew = idle.active(now)
    if (!grant) return
    if (now - toldActiveAt >= TELL_MS) {
      toldActiveAt = now
      say({ type: 'active', atMs: now })
    }
    if (shouldRenew) renew(version).catch(() => {}) // The next thing the person does tries again.
  }

  function onWarning(endsAt: number | null): void {
    const { value } = state
    if (value.status !== 'signed_in') return
    state.set({ ...value, idleEndsAt: endsAt })
    if (endsAt !== null) for (const run of [...warningListeners]) run(endsAt)
  }

  async function endIdle(): Promise<void> {
    const refreshToken = grant?.refreshToken
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
    if (grant) await ended('left')
    pendingToken = answer.pendingToken
    state.set({ status: 'second_factor', methods: answer.methods })
    return state.value
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
    if (!grant && !storage) await askTabs()
    if (state.value.status === 'unknown') forget('nobody')
    return state.value
  }

  async function check(): Promise<SessionState> {
    start()
    const before = version
    try {
      // An answer either way: browsers write refusals into their consoles, and most visitors are signed out.
      if (delivery === 'cookie' && (await auth.session()).status === 'signed_out') {
        if (before === version) forget(grant ? 'ended' : 'nobody')
        return state.value
      }
      const [{ user, permissions, sessionId }, { items }] = await Promise.all([
        client.auth.validate(),
        client.account.sessions(),
      ])
      const expiresAt = items.find(({ current }) => current)?.expiresAt
      const known = grant?.session.id === sessionId ? grant.session : undefined
      const session = known ?? { id: sessionId, expiresAt: expiresAt!, idleExpiresAt: expiresAt! }
      if (before === version || grant?.session.id === sessionId) show({ ...grant, user, permissions, session })
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      if (state.value.status !== 'signed_out') forget(grant ? 'ended' : 'nobody')
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
      return outcome(await auth.login({ ...input, delivery }, options))
    },
    async signInWithLink(input, options) {
      open()
      return outcome(await auth.useMagicLink({ ...input, delivery }, options))
    },
    async enterCode(code, options) {
      open()
      if (pendingToken === undefined)
        throw new ConfigurationError('enterCode() follows a signIn() that asks for a code')
      return granted(await auth.twoFactor({ pendingToken, code, delivery }, options), 'granted')
    },
    async reauthenticate(proof, options) {
      open()
      return granted(await client.auth.reauthenticate(proof, options), 'renewed')
    },
    async signOut(input = {}, options) {
      open()
      if (delivery === 'cookie') {
        await auth.logout(input, options)
        return ended('left')
      }
      await ready()
      const refreshToken = grant?.refreshToken
      await ended('left')
      if (refreshToken !== undefined) await auth.logout({ ...input, refreshToken }, options)
    },
    can(...permissions) {
      const { value } = state
      return value.status === 'signed_in' && permissions.every((one) => value.permissions.includes(one))
    },
    async stayActive() {
      idle.active(clock())
      say({ type: 'active', atMs: clock() })
      if (state.value.status === 'signed_in') await renew(version)
    },
    onIdleWarning(run) {
      const listener = (endsAt: number) => run(endsAt)
      warningListeners.add(listener)
      return () => warningListeners.delete(listener)
    },
  }

  return {
    client,
    extra: { session },
    close() {
      for (const stop of stops ?? []) stop()
      idle.stop()
      warningListeners.clear()
    },
  }

  /** The call with what the session gives it, and the credentials that these are. */
  async function equip(call: Call): Promise<{ call: Call; version: number | undefined }> {
    if (storage && state.value.status === 'unknown') await ready()
    idle.look()
    if (!tabs.onActivity) noteActivity()
    const canLapse = !call.keepalive && (delivery === 'cookie' || grant !== undefined)
    return { call: carrying(call), version: canLapse ? version : undefined }
  }

  function carrying(call: Call): Call {
    // On the way out of a page nothing may need a preflight.
    if (call.keepalive) return call
    if (delivery === 'token') {
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
