import { createClient, personSession, type SessionOptions, type TokenStorage } from '@tillwright/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { openSite, SHOP_ORIGIN, type Shop, type TestSite } from '../testing/test-site.ts'

const PASSWORD = 'a quiet harbour at dusk'

describeOnDatabases("the SDK's session", (engine) => {
  let site: TestSite
  let shop: Shop
  let people = 0
  beforeAll(async () => {
    site = await openSite(engine)
    shop = await site.newShop()
  })
  afterAll(() => site?.close())

  /** A client with a browser of its own: an origin, and a jar for cookies where they may come along. */
  function open(session: SessionOptions = {}, jar = new Map<string, string>()) {
    return createClient({
      baseUrl: 'http://tillwright.test',
      key: shop.publishableKey,
      session: personSession(session),
      async fetch(request) {
        const headers = new Headers(request.headers)
        headers.set('origin', SHOP_ORIGIN)
        if (request.credentials === 'include' && jar.size > 0) {
          headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
        }
        const body = request.method === 'GET' ? null : await request.arrayBuffer()
        const sent = new Request(request.url, { method: request.method, headers, body })
        // Signing in is limited by address: each person has one.
        const response = await site.server.fetch(sent, { remoteAddress: `192.0.2.${people}` })
        if (request.credentials === 'include') for (const line of response.headers.getSetCookie()) keep(jar, line)
        return response
      },
    })
  }

  async function newPerson(): Promise<{ email: string; password: string }> {
    const person = { email: `person-${++people}@example.com`, password: PASSWORD }
    await open().auth.register(person)
    return person
  }

  it('signs in with tokens, renews them, proves again who it is, and signs out', async () => {
    const { session, account } = open()
    const person = await newPerson()
    expect(await session.signIn(person)).toMatchObject({ status: 'signed_in', user: { email: person.email } })
    expect((await account.get()).email).toBe(person.email)
    await session.stayActive()
    expect((await account.get()).email).toBe(person.email)
    expect(await session.reauthenticate({ password: PASSWORD })).toMatchObject({ status: 'signed_in' })
    expect(await session.check()).toMatchObject({ status: 'signed_in', user: { email: person.email } })
    await session.signOut()
    await expect(account.get()).rejects.toMatchObject({ code: 'invalid_token' })
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'left' })
  })

  it('that was ended elsewhere is over with the next call', async () => {
    const kept: { text: string | null } = { text: null }
    const storage: TokenStorage = {
      load: () => kept.text,
      save(text) {
        kept.text = text
      },
    }
    const { session, account } = open({ storage })
    await session.signIn(await newPerson())
    await open({ storage: { load: () => kept.text, save() {} } }).session.signOut()
    await expect(account.get()).rejects.toMatchObject({ code: 'invalid_token' })
    expect(session.state.value).toEqual({ status: 'signed_out', because: 'ended' })
  })

  describe('on a device that has signed in before', () => {
    function memory(): TokenStorage & { text: string | null } {
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

    async function lock({ email }: { email: string }): Promise<void> {
      for (let failures = 0; failures < 5; failures++) {
        await expect(open().session.signIn({ email, password: 'not it' })).rejects.toMatchObject({ status: 401 })
      }
    }

    it('begins again although the account is locked, after a sign-out and a start of the app', async () => {
      const person = await newPerson()
      const storage = memory()
      const { session } = open({ storage })
      await session.signIn(person)
      await session.signOut()
      await lock(person)
      await expect(open().session.signIn(person)).rejects.toMatchObject({ code: 'invalid_credentials' })
      expect(await session.signIn(person)).toMatchObject({ status: 'signed_in' })
      await session.signOut()
      expect(await open({ storage }).session.signIn(person)).toMatchObject({ status: 'signed_in' })
    })

    it('begins again in the same page, with nothing stored', async () => {
      const person = await newPerson()
      const { session } = open()
      await session.signIn(person)
      await session.signOut()
      await lock(person)
      expect(await session.signIn(person)).toMatchObject({ status: 'signed_in' })
    })

    it('begins again by a cookie', async () => {
      const person = await newPerson()
      const { session } = open({ delivery: 'cookie' }, new Map())
      await session.signIn(person)
      await session.signOut()
      await lock(person)
      expect(await session.signIn(person)).toMatchObject({ status: 'signed_in' })
    })

    it('leaves nothing in the storage that signs somebody in once they have signed out', async () => {
      const storage = memory()
      const { session } = open({ storage })
      await session.signIn(await newPerson())
      await session.signOut()
      expect(Object.keys(JSON.parse(storage.text!))).toEqual(['deviceToken'])
      expect(await open({ storage }).session.ready()).toEqual({ status: 'signed_out', because: 'nobody' })
    })
  })

  describe('in cookies', () => {
    it('is found again after a reload, and gone after a sign-out', async () => {
      const jar = new Map<string, string>()
      const person = await newPerson()
      await open({ delivery: 'cookie' }, jar).session.signIn(person)
      const { session, account } = open({ delivery: 'cookie' }, jar)
      expect(await session.ready()).toMatchObject({ status: 'signed_in', user: { email: person.email } })
      expect((await account.get()).email).toBe(person.email)
      await session.stayActive()
      expect((await account.get()).email).toBe(person.email)
      await session.signOut()
      expect(await open({ delivery: 'cookie' }, jar).session.ready()).toEqual({
        status: 'signed_out',
        because: 'nobody',
      })
    })

    it('whose access token is gone goes on with another', async () => {
      const jar = new Map<string, string>()
      await open({ delivery: 'cookie' }, jar).session.signIn(await newPerson())
      jar.set('__Host-tw_access', 'run.out.long-ago')
      expect(await open({ delivery: 'cookie' }, jar).session.ready()).toMatchObject({ status: 'signed_in' })
    })
  })
})

function keep(jar: Map<string, string>, line: string): void {
  const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
  if (value === '') jar.delete(name!)
  else jar.set(name!, value!)
}
