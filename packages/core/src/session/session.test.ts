import { describe, expect, it, vi } from 'vitest'
import {
  type ClientOptions,
  ConfigurationError,
  createClient,
  personSession,
  type SessionOptions,
  type SessionState,
  type TokenStorage,
} from '../index.ts'
import { type MemoryPlatform, memoryPlatform, problemResponse, seededRandom } from '../testing/index.ts'
import { ACCESS_MS, EMAIL, IDLE_MS, PASSWORD, peopleServer } from './people-server.suite.ts'

const MINUTE_MS = 60_000
const WHO = { email: EMAIL, password: PASSWORD }

/** A browser, and the server that its tabs talk to. */
function world(name: 'browser' | 'memory' = 'browser', accessMs?: number) {
  let server: ReturnType<typeof peopleServer>
  const platform = memoryPlatform({ name, fetch: (request) => server.fetch(request) })
  server = peopleServer(platform.clock, accessMs)
  return { platform, server }
}

/** A client in a tab. Waits between tries last no time. */
function open(platform: MemoryPlatform, session: SessionOptions = {}, options: Partial<ClientOptions> = {}) {
  return createClient({
    baseUrl: 'https://brain.example.com',
    key: 'pk_test',
    platform: { ...platform, random: () => 0 },
    ...options,
    session: personSession(session),
  })
}

/** Lets time pass until the work is done. */
async function within<T>(platform: MemoryPlatform, work: Promise<T>): Promise<T> {
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  done.catch(() => {})
  for (let step = 0; step < 200 && !isDone; step++) await platform.advance(50)
  return done
}

function memoryStorage(): TokenStorage & { text: string | null } {
  return {
    text: null,
    load() {
      return this.text
    },
    save(text) {
      this.text = text
    },
  }
}

const headersOf = ({ requests }: MemoryPlatform, path: string) =>
  requests.filter(({ url }) => new URL(url).pathname === path).map(({ headers }) => headers.get('authorization'))

describe('signing in', () => {
  it('says who is there, and calls carry the token from then on, beside the key', async () => {
    const { platform } = world()
    const { session, account } = open(platform)
    expect(session.state.value).toEqual({ status: 'unknown' })
    expect(await session.signIn(WHO)).toMatchObject({ status: 'signed_in', user: { email: EMAIL }, idleEndsAt: null })
    await account.get()
    const sent = platform.requests.at(-1)!
    expect(sent.headers.get('authorization')).toMatch(/^Bearer access\./)
    expect(new URL(sent.url).searchParams.get('key')).toBe('pk_test')
    expect(sent.credentials).toBe('same-origin')
  })

  it('with what does not match throws, and changes nothing', async () => {
    const { platform } = world()
    const { session } = open(platform)
    await expect(session.signIn({ ...WHO, password: 'wrong' })).rejects.toMatchObject({ code: 'invalid_credentials' })
    expect(session.state.value).toEqual({ status: 'unknown' })
  })

  it('asks for a code where there is a second factor', async () => {
    const { platform, server } = world()
    server.askForCode()
    const { session } = open(platform)
    expect(await session.signIn(WHO)).toEqual({ status: 'second_factor', methods: ['totp', 'recovery'] })
    expect(session.can()).toBe(false)
    await expect(session.enterCode('000000')).rejects.toMatchObject({ code: 'invalid_credentials' })
    expect(await session.enterCode('123456')).toMatchObject({ status: 'signed_in' })
    await expect(session.enterCode('123456')).rejects.toBeInstanceOf(ConfigurationError)
  })

  it('is nothing for secret keys, and storage nothing for cookies', async () => {
    const { session } = open(memoryPlatform(), {}, { key: 'sk_test' })
    await expect(session.signIn(WHO)).rejects.toBeInstanceOf(ConfigurationError)
    expect(() => open(memoryPlatform(), { delivery: 'cookie', storage: memoryStorage() })).toThrow(ConfigurationError)
  })

  it('tells each subscriber now and after each change', async () => {
    const { platform } = world()
    const { session } = open(platform)
    const seen: SessionState['status'][] = []
    const stop = session.state.subscribe(({ status }) => seen.push(status))
    await platform.advance(100)
    await session.signIn(WHO)
    await session.signOut()
    stop()
    await session.signIn(WHO)
    expect(seen).toEqual(['unknown', 'signed_out', 'signed_in', 'signed_out'])
  })
})

describe('can', () => {
  it('is true for all permissions of the person, and for none of anybody else', async () => {
    const { platform } = world()
    const { session } = open(platform)
    expect(session.can('orders:read')).toBe(false)
    await session.signIn(WHO)
    expect(session.can('orders:read')).toBe(true)
    expect(session.can('orders:read', 'jobs:read')).toBe(true)
    expect(session.can('orders:read', 'users:write')).toBe(false)
    await session.signOut()
    expect(session.can('orders:read')).toBe(false)
  })

  it('follows what the server says when it is asked', async () => {
    const { platform, server } = world()
    const { session } = open(platform)
    await session.signIn(WHO)
    server.permissions.push('users:write')
    expect(session.can('users:write')).toBe(false)
    await session.check()
    expect(session.can('users:write')).toBe(true)
  })
})

describe('a lapsed access token', () => {
  it('is renewed once for however many calls, and each is sent once more', async () => {
    const { platform, server } = world()
    const { session, account } = open(platform)
    await session.signIn(WHO)
    await platform.advance(ACCESS_MS)
    await within(platform, Promise.all(Array.from({ length: 20 }, () => account.get())))
    expect(server.counts.refresh).toBe(1)
    const sent = headersOf(platform, '/auth/v1/account')
    expect(sent).toHaveLength(40)
    expect(new Set(sent.slice(0, 20)).size).toBe(1)
    expect(new Set(sent.slice(20)).size).toBe(1)
    expect(sent[0]).not.toBe(sent[20])
  })

  it('is not renewed for a call that left before somebody else renewed it', async () => {
    const { platform, server } = world()
    const { session, account, products } = open(platform)
    await session.signIn(WHO)
    let answerLate = () => {}
    const late = new Promise<void>((resolve) => {
      answerLate = resolve
    })
    await platform.advance(ACCESS_MS)
    platform.answer(async () => {
      await late
      return problemResponse('invalid_token')
    })
    const slow = Promise.resolve(products.list())
    await platform.advance(0)
    await within(platform, account.get())
    answerLate()
    await within(platform, slow)
    expect(server.counts.refresh).toBe(1)
  })

  it('of a session that ended signs out, and calls go on without it', async () => {
    const { platform, server } = world()
    const { session, account, products } = open(platform)
    await session.signIn(WHO)
    server.endSessions()
    expect(await within(platform, Promise.resolve(products.list()))).toMatchObject({ items: [] })
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'ended' })
    expect(server.counts.anonymous).toBe(1)
    await expect(account.get()).rejects.toMatchObject({ code: 'invalid_token' })
    expect(server.counts.refresh).toBe(1)
  })

  it('is no reason to renew where nobody is signed in', async () => {
    const { platform, server } = world()
    const { session, account } = open(platform)
    await within(platform, session.ready())
    await expect(account.get()).rejects.toMatchObject({ code: 'invalid_token' })
    expect(server.counts.refresh).toBe(0)
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'nobody' })
  })

  it('stays as it is where the server does not answer: nobody is signed out by a bad network', async () => {
    const { platform, server } = world()
    const { session, account } = open(platform)
    await session.signIn(WHO)
    await platform.advance(ACCESS_MS)
    server.loseAnswers(() => true)
    await expect(within(platform, account.get())).rejects.toMatchObject({ name: 'NetworkError' })
    expect(session.state.value.status).toBe('signed_in')
    server.loseAnswers(() => false)
    await within(platform, account.get())
    expect(server.counts.reuse).toBe(0)
  })

  it('keeps no call waiting that was given up', async () => {
    const { platform } = world()
    const { session, account } = open(platform)
    await session.signIn(WHO)
    await platform.advance(ACCESS_MS)
    platform.answer(problemResponse('invalid_token'), () => new Promise(() => {}))
    const reason = new Error('enough')
    const leaving = new AbortController()
    const pending = account.get({}, { signal: leaving.signal }).catch((error) => error)
    await platform.advance(100)
    leaving.abort(reason)
    expect(await pending).toBe(reason)
    expect(session.state.value.status).toBe('signed_in')
  })

  it('renewed while the person signs out stays signed out', async () => {
    const { platform, server } = world()
    const { session, account } = open(platform)
    await session.signIn(WHO)
    await platform.advance(ACCESS_MS)
    const call = account.get().catch((error) => error)
    await platform.advance(0)
    await session.signOut()
    expect(await within(platform, call)).toMatchObject({ code: 'invalid_token' })
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'left' })
    expect(server.aliveSessions()).toBe(0)
  })

  it('whose renewal comes back after a sign-out signs nobody in', async () => {
    const { platform, server } = world()
    const { session, account } = open(platform)
    await session.signIn(WHO)
    await platform.advance(ACCESS_MS)
    let letThrough = () => {}
    const gate = new Promise<void>((resolve) => {
      letThrough = resolve
    })
    platform.answer(problemResponse('invalid_token'), async (request) => {
      const answer = await server.fetch(request)
      await gate
      return answer
    })
    const call = account.get().catch((error) => error)
    await platform.advance(100)
    expect(server.counts.refresh).toBe(1)
    await session.signOut()
    letThrough()
    await within(platform, call)
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'left' })
  })

  it('survives a storm: 20 calls at once, 100 times, one answer in ten lost, in two tabs', async () => {
    const { platform, server } = world()
    const tabs = [open(platform), open(platform.openTab())]
    await tabs[0]!.session.signIn(WHO)
    await within(platform, tabs[1]!.session.ready())
    const chance = seededRandom(7)
    let lost = 0
    server.loseAnswers(() => {
      const isLost = chance() < 0.1
      lost += Number(isLost)
      return isLost
    })
    for (let round = 0; round < 100; round++) {
      await platform.advance(ACCESS_MS)
      platform.act()
      const calls = tabs.flatMap(({ account }) => Array.from({ length: 10 }, () => account.get()))
      await within(platform, Promise.all(calls))
      for (const { session } of tabs) expect(session.state.value.status).toBe('signed_in')
      // The day of a session is over after 96 quarters of an hour.
      if (round % 50 === 49) await tabs[0]!.session.signIn(WHO)
    }
    expect(lost).toBeGreaterThan(5)
    expect(server.counts.reuse).toBe(0)
    expect(server.counts.refresh - lost).toBe(100)
  }, 60_000)
})

describe('tabs', () => {
  it('see a sign-in and a sign-out in any of them', async () => {
    const { platform, server } = world()
    const [first, second] = [open(platform), open(platform.openTab())]
    second.session.state.subscribe(() => {})
    await platform.advance(200)
    expect(second.session.state.value).toEqual({ status: 'signed_out', because: 'nobody' })
    await first.session.signIn(WHO)
    await platform.advance(0)
    expect(second.session.state.value).toEqual(first.session.state.value)
    await second.account.get()
    await second.session.signOut()
    await platform.advance(0)
    expect(first.session.state.value).toEqual({ status: 'signed_out', because: 'left' })
    expect(server.aliveSessions()).toBe(0)
  })

  it('that come later learn from the others who is there', async () => {
    const { platform } = world()
    await open(platform).session.signIn(WHO)
    const { session } = open(platform.openTab())
    expect(await within(platform, session.ready())).toMatchObject({ status: 'signed_in', user: { email: EMAIL } })
  })

  it('that answer late are heard all the same, but not by who has signed out meanwhile', async () => {
    const { platform } = world()
    const first = platform.openTab()
    const busy = { ...first, tabs: { ...first.tabs } }
    busy.tabs.join = (name, hear) =>
      first.tabs.join(name, (message) => void platform.schedule(() => hear(message), 1_000))
    await open(busy).session.signIn(WHO)
    const { session } = open(platform.openTab())
    expect((await within(platform, session.ready())).status).toBe('signed_out')
    await platform.advance(2_000)
    expect(session.state.value).toMatchObject({ status: 'signed_in' })

    const late = open(platform.openTab())
    const asked = late.session.ready()
    await platform.advance(50)
    await session.signOut()
    await within(platform, asked)
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'left' })
    await platform.advance(2_000)
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'left' })
  })

  it('renew for each other', async () => {
    const { platform, server } = world()
    const [first, second] = [open(platform), open(platform.openTab())]
    await first.session.signIn(WHO)
    await within(platform, second.session.ready())
    await platform.advance(ACCESS_MS)
    await within(platform, Promise.all([first.account.get(), second.account.get(), second.account.get()]))
    expect(server.counts.refresh).toBe(1)
  })

  it('that slept through a renewal ask before they use a token that is used up', async () => {
    const { platform, server } = world()
    const sleeper = platform.openTab()
    const deaf = { ...sleeper, tabs: { ...sleeper.tabs } }
    let isAsleep = false
    deaf.tabs.join = (name, hear) => sleeper.tabs.join(name, (message) => !isAsleep && hear(message))
    const [first, second] = [open(platform), open(deaf)]
    await first.session.signIn(WHO)
    await within(platform, second.session.ready())
    isAsleep = true
    await platform.advance(ACCESS_MS)
    await within(platform, first.account.get())
    isAsleep = false
    await platform.advance(MINUTE_MS)
    await within(platform, second.account.get())
    expect(server.counts).toMatchObject({ refresh: 1, reuse: 0 })
  })

  it('with tokens and tabs with cookies do not end each other’s session', async () => {
    const { platform } = world()
    const [tokens, cookies] = [open(platform), open(platform.openTab(), { delivery: 'cookie' })]
    await tokens.session.signIn(WHO)
    await cookies.session.signIn(WHO)
    await cookies.session.signOut()
    await platform.advance(0)
    expect(tokens.session.state.value.status).toBe('signed_in')
  })

  it('of another server or key never meet', async () => {
    const { platform } = world()
    await open(platform).session.signIn(WHO)
    const { session } = open(platform.openTab(), {}, { key: 'pk_other' })
    expect(await within(platform, session.ready())).toMatchObject({ status: 'signed_out' })
  })

  it('hear nothing more once they are closed', async () => {
    const { platform } = world()
    const [first, second] = [open(platform), open(platform.openTab())]
    await within(platform, second.session.ready())
    second.close()
    await first.session.signIn(WHO)
    await platform.advance(0)
    expect(second.session.state.value.status).toBe('signed_out')
  })
})

describe('an idle person', () => {
  async function idlePerson() {
    const { platform, server } = world()
    const client = open(platform)
    const warned = vi.fn()
    client.session.onIdleWarning(warned)
    await client.session.signIn(WHO)
    return { platform, server, warned, endsAt: platform.clock() + IDLE_MS, ...client }
  }

  it('is warned five minutes before the end, once, and signed out at it', async () => {
    const { platform, server, session, warned, endsAt } = await idlePerson()
    await platform.advance(IDLE_MS - 5 * MINUTE_MS - 1)
    expect(warned).not.toHaveBeenCalled()
    await platform.advance(1)
    expect(warned.mock.calls).toEqual([[endsAt]])
    expect(session.state.value).toMatchObject({ status: 'signed_in', idleEndsAt: endsAt })
    await platform.advance(5 * MINUTE_MS - 1)
    expect(session.state.value.status).toBe('signed_in')
    await platform.advance(1)
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'idle' })
    expect(warned).toHaveBeenCalledOnce()
    expect(server.counts.logout).toBe(1)
  })

  it('stays by saying so', async () => {
    const { platform, server, session, warned } = await idlePerson()
    await platform.advance(IDLE_MS - MINUTE_MS)
    await within(platform, session.stayActive())
    expect(session.state.value).toMatchObject({ status: 'signed_in', idleEndsAt: null })
    expect(server.counts.refresh).toBe(1)
    await platform.advance(IDLE_MS - 6 * MINUTE_MS)
    expect(warned).toHaveBeenCalledOnce()
    expect(session.state.value.status).toBe('signed_in')
  })

  it('stays by doing something, in whichever tab, and the server is told in time', async () => {
    const { platform, server, session, warned } = await idlePerson()
    const other = platform.openTab()
    const second = open(other)
    await within(platform, second.session.ready())
    for (let hour = 0; hour < 6; hour++) {
      await platform.advance(60 * MINUTE_MS)
      other.act()
      await platform.advance(1_000)
    }
    expect(warned).not.toHaveBeenCalled()
    expect(session.state.value.status).toBe('signed_in')
    expect(server.aliveSessions()).toBe(1)
    expect(server.counts.refresh).toBeLessThanOrEqual(6)
  })

  it('is not kept there by calls that the page makes by itself', async () => {
    const { platform, session, account } = await idlePerson()
    for (let quarter = 0; quarter < 8 && session.state.value.status === 'signed_in'; quarter++) {
      await platform.advance(ACCESS_MS)
      await within(
        platform,
        account.get().catch(() => {}),
      )
    }
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'idle' })
  })

  it('is kept there by calls where nobody can be watched', async () => {
    const { platform, server } = world('memory')
    const { onActivity: _, ...tabs } = platform.tabs
    const { session, account } = open({ ...platform, tabs })
    await session.signIn(WHO)
    for (let quarter = 0; quarter < 20; quarter++) {
      await platform.advance(ACCESS_MS)
      await within(platform, account.get())
    }
    expect(session.state.value.status).toBe('signed_in')
    expect(server.aliveSessions()).toBe(1)
  })

  it.each([-60, 45])('is warned in time by a clock that is %i minutes ahead of the server’s', async (aheadMinutes) => {
    const { platform } = world()
    const clock = () => platform.clock() + aheadMinutes * MINUTE_MS
    const { session } = open({ ...platform, clock })
    const warned = vi.fn()
    session.onIdleWarning(warned)
    await session.signIn(WHO)
    const endsAt = clock() + IDLE_MS
    await platform.advance(IDLE_MS - 5 * MINUTE_MS - 1)
    expect(warned).not.toHaveBeenCalled()
    await platform.advance(1)
    expect(warned.mock.calls).toEqual([[endsAt]])
    await platform.advance(5 * MINUTE_MS)
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'idle' })
  })

  it.each([1, 60])('is warned in time by a server whose access tokens last %i minutes', async (minutes) => {
    const { platform } = world('browser', minutes * MINUTE_MS)
    const { session } = open(platform)
    await session.signIn(WHO)
    const warned = vi.fn()
    session.onIdleWarning(warned)
    await platform.advance(IDLE_MS - 5 * MINUTE_MS - 1)
    expect(warned).not.toHaveBeenCalled()
    await platform.advance(1)
    expect(warned).toHaveBeenCalledOnce()
  })

  it('who comes back from a sleep of the device too late is signed out, whatever they do first', async () => {
    const { platform, server } = world()
    let asleepMs = 0
    const clock = () => platform.clock() + asleepMs
    const { session } = open({ ...platform, clock })
    await session.signIn(WHO)
    asleepMs = IDLE_MS
    platform.act()
    await platform.advance(0)
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'idle' })
    expect(server.counts.refresh).toBe(0)
  })
})

describe('cookie mode', () => {
  const cookies = { delivery: 'cookie' } as const

  it('lets cookies come along, sees no token, and leaves the key out for a person', async () => {
    const { platform } = world()
    const { session, account } = open(platform, cookies)
    await session.signIn(WHO)
    await account.get()
    expect(platform.requests.every(({ credentials }) => credentials === 'include')).toBe(true)
    const { url, headers } = platform.requests.at(-1)!
    expect(headers.get('authorization')).toBeNull()
    expect(new URL(url).search).toBe('')
  })

  it('finds the session again after a reload, renewed where its access has lapsed', async () => {
    const { platform, server } = world()
    await open(platform, cookies).session.signIn(WHO)
    expect(await within(platform, open(platform.openTab(), cookies).session.ready())).toMatchObject({
      status: 'signed_in',
      permissions: ['orders:read', 'jobs:read'],
    })
    await platform.advance(ACCESS_MS)
    const { session } = open(platform.openTab(), cookies)
    expect(await within(platform, session.ready())).toMatchObject({ status: 'signed_in' })
    expect(server.counts.refresh).toBe(1)
  })

  it('asks a visitor nothing that is refused', async () => {
    const { platform } = world()
    const { session } = open(platform, cookies)
    expect(await within(platform, session.ready())).toEqual({ status: 'signed_out', because: 'nobody' })
    expect(platform.requests.map(({ url }) => new URL(url).pathname)).toEqual(['/auth/v1/session'])
  })

  it('is over as soon as a call finds the cookies gone, and calls go on with the key', async () => {
    const { platform, server } = world()
    const { session, products, account } = open(platform, cookies)
    await session.signIn(WHO)
    server.jar.clear()
    await expect(within(platform, account.get())).rejects.toMatchObject({ status: 401 })
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'ended' })
    expect(await products.list()).toMatchObject({ items: [] })
  })

  it('stays signed in where the server cannot be told of a sign-out', async () => {
    const { platform, server } = world()
    const { session } = open(platform, cookies, { retries: 0 })
    await session.signIn(WHO)
    platform.setOnline(false)
    await expect(session.signOut()).rejects.toMatchObject({ name: 'NetworkError' })
    expect(session.state.value.status).toBe('signed_in')
    platform.setOnline(true)
    await session.signOut()
    expect(session.state.value.status).toBe('signed_out')
    expect(server.jar.size).toBe(0)
  })

  it('is unknown where the server does not answer, and known as soon as it does', async () => {
    const { platform } = world()
    const { session } = open(platform, cookies, { retries: 0 })
    platform.setOnline(false)
    await expect(session.ready()).rejects.toMatchObject({ name: 'NetworkError' })
    expect(session.state.value.status).toBe('unknown')
    platform.setOnline(true)
    expect((await within(platform, session.ready())).status).toBe('signed_out')
  })
})

describe('tokens', () => {
  it('in a storage outlive the app, and calls wait until they are read', async () => {
    const { platform } = world('memory')
    const storage = memoryStorage()
    await open(platform, { storage }).session.signIn(WHO)
    const { account, session } = open(platform.openTab(), { storage })
    await account.get()
    expect(session.state.value).toMatchObject({ status: 'signed_in', user: { email: EMAIL } })
    await session.signOut()
    expect(storage.text).not.toMatch(/access|refresh|ann@/)
    expect(await open(platform, { storage }).session.ready()).toEqual({ status: 'signed_out', because: 'nobody' })
  })

  it('in a storage are always the newest', async () => {
    const { platform } = world('memory')
    const storage = memoryStorage()
    const { session, account } = open(platform, { storage })
    await session.signIn(WHO)
    const before = storage.text
    await platform.advance(ACCESS_MS)
    await within(platform, account.get())
    expect(storage.text).not.toBe(before)
    const again = open(platform.openTab(), { storage })
    await platform.advance(MINUTE_MS)
    await again.account.get()
  })

  it.each(['', 'nonsense', '{}', 'null', '{"user":1}'])('that cannot be read (%j) are none', async (text) => {
    const { platform } = world('memory')
    const { session } = open(platform, { storage: { load: () => text, save() {} } })
    expect(await session.ready()).toEqual({ status: 'signed_out', because: 'nobody' })
  })

  it('are forgotten by a sign-out even where the server cannot be told', async () => {
    const { platform } = world()
    const { session } = open(platform, {}, { retries: 0 })
    await session.signIn(WHO)
    platform.setOnline(false)
    await expect(session.signOut()).rejects.toMatchObject({ name: 'NetworkError' })
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'left' })
  })

  it('of a proof of identity take the place of the access token alone', async () => {
    const { platform } = world()
    const { session, account } = open(platform)
    await session.signIn(WHO)
    const before = headersOf(platform, '/auth/v1/account')
    await session.reauthenticate({ password: PASSWORD })
    await account.get()
    expect(headersOf(platform, '/auth/v1/account')).not.toEqual(before)
    await platform.advance(ACCESS_MS)
    await within(platform, account.get())
    expect(session.state.value.status).toBe('signed_in')
  })

  it('are never in what a beacon sends', async () => {
    const { platform } = world()
    const { session, events } = open(platform)
    await session.signIn(WHO)
    platform.answer(Response.json({ accepted: 0, duplicates: 0 }, { status: 202 }))
    await events.send({ events: [] }, { beacon: true })
    expect(platform.requests.at(-1)!.headers.get('authorization')).toBeNull()
  })
})

describe('a device that has signed in', () => {
  it('is known again after a sign-out, so that a lock does not keep it out', async () => {
    const { platform, server } = world()
    const { session } = open(platform)
    await session.signIn(WHO)
    await session.signOut()
    server.lock()
    expect(await session.signIn(WHO)).toMatchObject({ status: 'signed_in' })
    const elsewhere = open(world().platform, {}, { fetch: (request) => server.fetch(request) })
    await expect(elsewhere.session.signIn(WHO)).rejects.toMatchObject({ code: 'invalid_credentials' })
  })

  it('is known again after a start of the app, whoever signed out and however', async () => {
    const { platform, server } = world('memory')
    const storage = memoryStorage()
    await open(platform, { storage }).session.signIn(WHO)
    server.endSessions()
    const { session, products } = open(platform, { storage })
    await within(platform, Promise.resolve(products.list()))
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'ended' })
    server.lock()
    expect(await open(platform, { storage }).session.signIn(WHO)).toMatchObject({ status: 'signed_in' })
    expect(JSON.parse(storage.text!).deviceToken).toMatch(/^dt_/)
  })

  it('stays the same device over renewals and further sign-ins', async () => {
    const { platform } = world('memory')
    const storage = memoryStorage()
    const { session } = open(platform, { storage })
    const device = () => JSON.parse(storage.text!).deviceToken
    await session.signIn(WHO)
    const first = device()
    await within(platform, session.stayActive())
    expect(device()).toBe(first)
    await session.signOut()
    expect(device()).toBe(first)
    await session.signIn(WHO)
    expect(device()).toBe(first)
  })

  it('is known in the second step as well', async () => {
    const { platform, server } = world()
    server.askForCode()
    const { session } = open(platform)
    await session.signIn(WHO)
    await session.enterCode('123456')
    await session.signOut()
    await session.signIn(WHO)
    await session.enterCode('123456')
    const bodies = platform.requests.filter(({ url }) => url.includes('two-factor')).map((request) => request.json())
    expect((await Promise.all(bodies)).map(({ deviceToken }) => deviceToken)).toEqual([
      undefined,
      expect.stringMatching(/^dt_/),
    ])
  })

  it('is a cookie’s business where there are cookies', async () => {
    const { platform } = world()
    const { session } = open(platform, { delivery: 'cookie' })
    await session.signIn(WHO)
    await session.signOut()
    await session.signIn(WHO)
    for (const request of platform.requests.filter(({ url }) => url.includes('login'))) {
      expect(await request.json()).not.toHaveProperty('deviceToken')
    }
  })
})

describe('the page that was wanted', () => {
  it('is remembered over a sign-in, and given once', () => {
    const platform = memoryPlatform({ name: 'browser' })
    platform.goTo('/orders?page=2#top')
    open(platform).session.rememberPage()
    platform.goTo('/sign-in')
    const { session } = open(platform)
    expect(session.takePage()).toBe('/orders?page=2#top')
    expect(session.takePage()).toBe('/')
    expect(session.takePage('/home')).toBe('/home')
  })

  it.each([
    'https://evil.example/x',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '\t//evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://',
  ])('is never on another site: %j', (page) => {
    const { session } = open(memoryPlatform({ name: 'browser' }))
    session.rememberPage(page)
    expect(session.takePage()).toBe('/')
  })

  it('is never on another site, whatever other scripts put in its place', () => {
    const platform = memoryPlatform({ name: 'browser' })
    for (const page of ['/.//evil.example', '//evil.example', 'https://evil.example', 'javascript:alert(1)']) {
      platform.tabs.keep('tillwright.wanted-page', page)
      expect(open(platform).session.takePage()).toBe('/')
    }
  })

  it('is of one tab', () => {
    const platform = memoryPlatform({ name: 'browser' })
    open(platform).session.rememberPage('/orders')
    expect(open(platform.openTab()).session.takePage()).toBe('/')
  })
})
