import { type MemoryPlatform, memoryPlatform } from '@tillwright/core/testing'
import { describe, expect, it } from 'vitest'
import { ACCESS_MS, EMAIL, PASSWORD, peopleServer } from '../../../core/src/session/people-server.suite.ts'
import type { PeopleClient, PeopleSessionState } from './client.ts'

export const BASE_URL = 'https://brain.example.com'
export const KEY = 'pk_test'
const WHO = { email: EMAIL, password: PASSWORD, delivery: 'cookie' } as const

/** Opens a client in a tab, for `BASE_URL` and `KEY`. */
export type OpenClient = (tab: MemoryPlatform) => PeopleClient

/** A client in a tab, and what it has told of the session. */
function watched(open: OpenClient, tab: MemoryPlatform) {
  const client = open(tab)
  const states: PeopleSessionState[] = []
  client.session.state.subscribe((state) => states.push(state))
  return { ...client, now: () => states.at(-1)! }
}

/** Lets time pass until the work is done. */
async function within<T>(platform: MemoryPlatform, work: Promise<T>): Promise<T> {
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  done.catch(() => {})
  for (let step = 0; step < 2_000 && !isDone; step++) await platform.advance(10)
  return done
}

/** What is true of the session under any client of the widgets, by itself and beside another. */
export function peopleClientSuite(title: string, open: OpenClient, openOther: OpenClient = open): void {
  describe(`the session under ${title}`, () => {
    async function twoTabs() {
      let server: ReturnType<typeof peopleServer>
      const platform = memoryPlatform({ name: 'browser', fetch: (request) => server.fetch(request) })
      server = peopleServer(platform.clock)
      const [first, second] = [watched(open, platform), watched(openOther, platform.openTab())]
      await platform.advance(100)
      return { platform, server, first, second }
    }

    async function signedInTabs() {
      const world = await twoTabs()
      await within(world.platform, world.first.auth.login(WHO))
      await world.platform.advance(100)
      return world
    }

    it('is told to the other tabs when it begins and when it ends', async () => {
      const { platform, first, second } = await signedInTabs()
      expect(first.now()).toMatchObject({ status: 'signed_in', user: { email: EMAIL } })
      expect(second.now()).toMatchObject({ status: 'signed_in', user: { email: EMAIL } })
      await within(platform, second.auth.logout({}))
      await platform.advance(100)
      expect(first.now()).toMatchObject({ status: 'signed_out' })
      expect(second.now()).toMatchObject({ status: 'signed_out' })
    })

    it('is renewed once for 20 calls that come too late, each of which is sent once more', async () => {
      const { platform, server, first } = await signedInTabs()
      await platform.advance(ACCESS_MS)
      const before = platform.requests.length
      const calls = Array.from({ length: 20 }, () => Promise.resolve(first.account.sessions({})))
      const answers = await within(platform, Promise.all(calls))
      expect(answers.map(({ items }) => items.length)).toEqual(Array.from({ length: 20 }, () => 1))
      expect(server.counts.refresh).toBe(1)
      expect(platform.requests.length - before).toBe(41)
    })

    it('is renewed once for two tabs', async () => {
      const { platform, server, first, second } = await signedInTabs()
      for (let round = 1; round <= 5; round++) {
        await platform.advance(ACCESS_MS)
        const calls = [first, second].flatMap(({ account }) =>
          Array.from({ length: 10 }, () => Promise.resolve(account.sessions({}))),
        )
        await within(platform, Promise.all(calls))
        expect(server.counts).toMatchObject({ refresh: round, reuse: 0 })
      }
      expect(server.aliveSessions()).toBe(1)
    })

    it('is not renewed for a call that left before somebody else renewed it', async () => {
      const { platform, server, first, second } = await signedInTabs()
      await platform.advance(ACCESS_MS)
      let answerLate = () => {}
      const late = new Promise<void>((resolve) => {
        answerLate = resolve
      })
      platform.answer(async (request) => {
        const refusal = await server.fetch(request)
        await late
        return refusal
      })
      const slow = Promise.resolve(first.account.sessions({}))
      await platform.advance(0)
      await within(platform, Promise.resolve(second.account.sessions({})))
      answerLate()
      expect((await within(platform, slow)).items).toHaveLength(1)
      expect(server.counts.refresh).toBe(1)
    })

    it('whose access has run out is found signed in all the same', async () => {
      const { platform, server, first } = await signedInTabs()
      await platform.advance(ACCESS_MS)
      expect((await within(platform, Promise.resolve(first.auth.session({})))).status).toBe('signed_in')
      expect(server.counts.refresh).toBe(1)
    })

    it('that the server has ended is over with the next call, in every tab', async () => {
      const { platform, server, first, second } = await signedInTabs()
      server.endSessions()
      await expect(within(platform, Promise.resolve(first.account.sessions({})))).rejects.toMatchObject({
        code: 'invalid_token',
      })
      await platform.advance(100)
      expect(first.now()).toMatchObject({ status: 'signed_out' })
      expect(second.now()).toMatchObject({ status: 'signed_out' })
      expect(server.counts.refresh).toBe(1)
    })

    it('outlives a bad network', async () => {
      const { platform, server, first, second } = await signedInTabs()
      await platform.advance(ACCESS_MS)
      server.loseAnswers(() => true)
      const refused = await within(platform, Promise.resolve(first.account.sessions({}))).catch((error) => error)
      expect(refused).toBeInstanceOf(Error)
      expect(first.now()).toMatchObject({ status: 'signed_in' })
      expect(second.now()).toMatchObject({ status: 'signed_in' })
      server.loseAnswers(() => false)
      expect((await within(platform, Promise.resolve(second.account.sessions({})))).items).toHaveLength(1)
      expect(server.counts.reuse).toBe(0)
    })

    it('of somebody who is signed in already is not lost when they sign in anew in the other tab', async () => {
      const { platform, server, first, second } = await signedInTabs()
      await within(platform, second.auth.login(WHO))
      await platform.advance(ACCESS_MS)
      await within(platform, Promise.resolve(first.account.sessions({})))
      expect(server.counts).toMatchObject({ refresh: 1, reuse: 0 })
      expect(first.now()).toMatchObject({ status: 'signed_in' })
    })

    it('ends everywhere where that is asked', async () => {
      const { platform, first, second } = await signedInTabs()
      await within(platform, first.auth.logout({ everywhere: true }))
      await platform.advance(100)
      const sent = platform.requests.filter(({ url }) => new URL(url).pathname === '/auth/v1/logout')
      expect(await sent[0]!.json()).toEqual({ everywhere: true })
      expect(second.now()).toMatchObject({ status: 'signed_out' })
    })
  })
}
