import { expect, it, onTestFinished, vi } from 'vitest'
import { PermanentJobError } from '../jobs/runner.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { addPerson, type SignedInPerson, signInAs, TEST_PASSWORD } from '../testing/sign-in-as.ts'
import { json, ORIGIN, openSite, SHOP_ORIGIN, type Shop, useSite } from '../testing/test-site.ts'
import { answerOnce } from './service.ts'

const product = (id: string) => ({ items: [{ id, name: 'Teapot' }] })

const post = ({ send }: Shop, body: unknown, key: string, path = '/api/products') =>
  send(path, json(body, { 'idempotency-key': key }))

describeOnDatabases('an Idempotency-Key', (engine) => {
  const site = useSite(engine)

  it('gives the same answer again, and says that it did', async () => {
    const shop = await site.newShop()
    const first = await post(shop, product('a'), 'key')
    await shop.api.products.remove({ productId: 'a' })
    const second = await post(shop, product('a'), 'key')
    expect([second.status, await second.json()]).toEqual([first.status, await first.json()])
    expect([first, second].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true'])
    expect((await shop.api.products.list()).items).toEqual([])
  })

  it('is the same for an address with its version and without', async () => {
    const shop = await site.newShop()
    await post(shop, product('a'), 'key')
    const again = await post(shop, product('a'), 'key', '/api/v1/products')
    expect(again.headers.get('idempotency-replayed')).toBe('true')
  })

  it.each([
    ['another body', '/api/products', product('b')],
    ['another address', '/api/customers', product('a')],
  ])('with %s is refused, and nothing is done', async (_what, path, body) => {
    const shop = await site.newShop()
    await post(shop, product('a'), 'key')
    const refused = await post(shop, body, 'key', path)
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'idempotency_mismatch' }])
    expect((await shop.api.products.list()).items).toHaveLength(1)
    expect((await shop.api.customers.list()).items).toEqual([])
  })

  it('with another query is refused, and nothing is done', async () => {
    const shop = await site.newShop()
    const send = (query: string) =>
      shop.send(`/api/products/import${query}`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv', 'idempotency-key': 'key' },
        body: 'id,name\na,A\n',
      })
    expect((await send('')).status).toBe(202)
    const refused = await send('?currency=USD')
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'idempotency_mismatch' }])
    expect((await shop.api.jobs.list()).items).toHaveLength(1)
  })

  it('for another thing in the path is refused: it does not give the answer of the first', async () => {
    const shop = await site.newShop()
    const dead = async () => (await shop.api.products.import({ body: 'we,know,not\n1,2,3\n', type: 'text/csv' })).id
    const [one, other] = [await dead(), await dead()]
    await site.server.jobs.runDue()
    expect((await post(shop, {}, 'key', `/admin/jobs/${one}/retry`)).status).toBe(200)
    const refused = await post(shop, {}, 'key', `/admin/jobs/${other}/retry`)
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'idempotency_mismatch' }])
    expect((await shop.api.jobs.get({ jobId: other })).state).toBe('dead')
  })

  it('may be used again after a refusal', async () => {
    const shop = await site.newShop()
    expect((await post(shop, {}, 'key', `/admin/jobs/job_${'0'.repeat(26)}/retry`)).status).toBe(404)
    expect((await post(shop, { items: [] }, 'key')).status).toBe(422)
    expect((await post(shop, product('a'), 'key')).status).toBe(200)
  })

  it('lets one of many equal requests through; the others get its answer, or are told that it runs', async () => {
    const shop = await site.newShop()
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(shop, product('a'), 'key')))
    const fresh = answers.filter(({ status, headers }) => status === 200 && !headers.has('idempotency-replayed'))
    expect(fresh).toHaveLength(1)
    for (const answer of answers) {
      const body = (await answer.json()) as { code?: string }
      if (answer.status === 409) {
        expect(body.code).toBe('idempotency_in_progress')
        expect(answer.headers.get('retry-after')).toBe('1')
      } else expect(body).toEqual({ created: 1, updated: 0, unchanged: 0 })
    }
    const later = await post(shop, product('a'), 'key')
    expect(later.headers.get('idempotency-replayed')).toBe('true')
  })

  it('keeps one upload of two equal ones', async () => {
    const shop = await site.newShop()
    const send = () =>
      shop.send('/api/products/import', {
        method: 'POST',
        body: 'id,name\n1,a\n',
        headers: { 'content-type': 'text/csv', 'idempotency-key': 'key' },
      })
    const [first, second] = [await send(), await send()]
    expect(await second.json()).toEqual(await first.json())
    expect((await shop.api.jobs.list()).items).toHaveLength(1)
  })

  it('is each person’s own: two who ask the same under the same key are both answered', async () => {
    const shop = await site.newShop()
    const people = [await signInAs(site, shop, 'customer'), await signInAs(site, shop, 'customer')]
    const body = { currentPassword: TEST_PASSWORD, newPassword: 'seven lanterns over water' }
    const change = ({ send }: SignedInPerson) =>
      send('/auth/account/password', json(body, { 'idempotency-key': 'key' }))
    for (const person of people) {
      const answer = await change(person)
      expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([200, null])
    }
    const hashes = await shop.db.query.selectFrom('password_history').select('user_id').execute()
    expect(new Set(hashes.map(({ user_id }) => user_id)).size).toBe(2)
    const again = await change(people[1]!)
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true'])
  })

  it('is each key’s own', async () => {
    const shop = await site.newShop()
    const other = await site.server.tools.createKey(shop.tenant, { kind: 'secret' })
    await post(shop, product('a'), 'key')
    const headers = { authorization: `Bearer ${other.key}`, 'idempotency-key': 'key' }
    const second = await site.send('/api/products', json(product('a'), headers))
    expect([await second.json(), second.headers.get('idempotency-replayed')]).toEqual([
      { created: 0, updated: 0, unchanged: 1 },
      null,
    ])
    // What one of them asks is no mismatch for the other.
    expect((await site.send('/api/products', json(product('b'), { ...headers, 'idempotency-key': 'k' }))).status).toBe(
      200,
    )
    expect((await post(shop, product('c'), 'k')).status).toBe(200)
  })

  it('of who comes with a key that lies open in pages is their address’s own', async () => {
    const shop = await site.newShop()
    const headers = { authorization: `Bearer ${shop.publishableKey}`, 'idempotency-key': 'key' }
    const register = async (remoteAddress: string) => {
      const init = json({ email: 'forgetful@example.com' }, headers)
      const answer = await site.server.fetch(new Request(`${ORIGIN}/auth/forgot-password`, init), { remoteAddress })
      return [answer.status, answer.headers.get('idempotency-replayed')]
    }
    expect(await register('203.0.113.7')).toEqual([202, null])
    expect(await register('203.0.113.8')).toEqual([202, null])
    expect(await register('203.0.113.7')).toEqual([202, 'true'])
  })

  it('does not keep an answer that sets cookies: who signs out by cookies is signed out each time', async () => {
    const shop = await site.newShop()
    const headers = { authorization: `Bearer ${shop.publishableKey}`, origin: SHOP_ORIGIN }
    const browsers = []
    for (let i = 0; i < 2; i++) {
      const { email } = await addPerson(shop, 'customer')
      const signedIn = await site.send(
        '/auth/login',
        json({ email, password: TEST_PASSWORD, delivery: 'cookie' }, headers),
      )
      const cookie = signedIn.headers.getSetCookie().map((text) => text.split(';', 1)[0]!)
      browsers.push(cookie.join('; '))
    }
    for (const cookie of browsers) {
      const out = await site.send('/auth/logout', json({}, { ...headers, cookie, 'idempotency-key': 'key' }))
      expect([out.status, out.headers.getSetCookie().length > 0]).toEqual([204, true])
      expect((await site.send('/auth/validate', { headers: { cookie, origin: SHOP_ORIGIN } })).status).toBe(401)
    }
  })

  it('of a request that failed on our side is free again', async () => {
    const { db } = await site.newShop()
    const call = { caller: 'somebody', key: 'key', identity: ['POST'] }
    const fail = () => Promise.reject(new PermanentJobError('no luck'))
    await expect(answerOnce(db, call, Date.now, fail)).rejects.toThrow('no luck')
    const answer = { status: 200, body: '{}' }
    expect(await answerOnce(db, call, Date.now, async () => answer)).toEqual({ answer })
  })
})

describeOnDatabases('an Idempotency-Key whose process was killed', (engine) => {
  it('is refused for a minute, and then free', async () => {
    const site = await openSite(engine)
    try {
      const { db } = await site.newShop()
      let now = 1_000_000
      const call = { caller: 'somebody', key: 'key', identity: ['POST'] }
      const started = Promise.withResolvers<void>()
      const never = answerOnce(
        db,
        call,
        () => now,
        () => {
          started.resolve()
          return new Promise<never>(() => {})
        },
      )
      await Promise.race([started.promise, never])
      const answer = { status: 200, body: '{}' }
      const again = () =>
        answerOnce(
          db,
          call,
          () => now,
          async () => answer,
        )
      now += 59_000
      await expect(again()).rejects.toMatchObject({ code: 'idempotency_in_progress' })
      now += 2_000
      expect(await again()).toEqual({ answer })
      expect(await again()).toEqual({ replay: answer })
    } finally {
      await site.close()
    }
  })
})

describeOnDatabases('an Idempotency-Key of a request that takes long', (engine) => {
  const site = useSite(engine)

  /** A request under the key that runs until the test answers it, at a time that the test sets. */
  async function slowRequest() {
    const { db } = await site.newShop()
    const time = { now: 1_000_000 }
    const call = { caller: 'somebody', key: 'key', identity: ['POST'] }
    const started = Promise.withResolvers<void>()
    const answer = Promise.withResolvers<{ status: number; body: string }>()
    const run = (work: () => Promise<{ status: number; body: string }>) => answerOnce(db, call, () => time.now, work)
    const outcome = run(() => {
      started.resolve()
      return answer.promise
    })
    await started.promise
    return { db, time, answer, outcome, run, again: () => run(async () => ({ status: 200, body: '"again"' })) }
  }

  it('is its own for as long as it runs', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { db, time, answer, outcome, again } = await slowRequest()
    for (let minute = 0; minute < 14 * 60_000; minute += 20_000) {
      time.now += 20_000
      await vi.advanceTimersByTimeAsync(20_000)
      // What it says of itself is on disk once another transaction is.
      const lives = db.query.selectFrom('idempotency').where('created_at', '=', time.now).select('key')
      await vi.waitFor(async () => expect(await lives.execute()).toHaveLength(1))
    }
    await expect(again()).rejects.toMatchObject({ code: 'idempotency_in_progress' })
    answer.resolve({ status: 200, body: '"first"' })
    await outcome
    expect(vi.getTimerCount()).toBe(0)
    expect(await again()).toEqual({ replay: { status: 200, body: '"first"' } })
  })

  it('that lost it neither answers for who has it now nor takes it away', async () => {
    const { time, answer, outcome, again } = await slowRequest()
    time.now += 61_000
    await again()
    answer.reject(new Error('too late'))
    await expect(outcome).rejects.toThrow('too late')
    expect(await again()).toEqual({ replay: { status: 200, body: '"again"' } })
    const other = await slowRequest()
    other.time.now += 61_000
    await other.again()
    other.answer.resolve({ status: 200, body: '"late"' })
    await other.outcome
    expect(await other.again()).toEqual({ replay: { status: 200, body: '"again"' } })
  })
})
