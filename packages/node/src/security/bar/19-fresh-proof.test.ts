import { contract, type Route } from '@tillwright/core/contract'
import { expect, it } from 'vitest'
import { describeStatement, PASSWORD, type Someone, WRONG_PASSWORD } from './bar-site.ts'

const FIVE_MINUTES_MS = 5 * 60_000

describeStatement('19 what changes how one signs in needs a proof of the last five minutes', (bar) => {
  const sensitive = [
    ['POST', '/auth/account/two-factor', {}],
    ['POST', '/auth/account/two-factor/confirm', { code: '123456' }],
    ['DELETE', '/auth/account/two-factor', undefined],
    ['POST', '/auth/account/recovery-codes', {}],
    ['POST', '/auth/account/email', { email: 'elsewhere@mail.example' }],
    ['DELETE', '/auth/account', undefined],
  ] as const

  const prove = (person: Someone, proof: object) =>
    bar.post('/auth/reauthenticate', proof, { bearer: person.accessToken })

  it('lets all of it through right after signing in', async () => {
    const person = await bar.newPerson()
    for (const [method, path, body] of sensitive) {
      const { status, body: answer } = await bar.send(method, path, { body, bearer: person.accessToken })
      expect(answer.code, `${method} ${path}`).not.toBe('reauthentication_required')
      expect(status).not.toBe(403)
    }
  })

  it.each(sensitive)(
    '%s %s is refused later than five minutes after, and changes nothing',
    async (method, path, body) => {
      const person = await bar.newPerson()
      await bar.advance(FIVE_MINUTES_MS + 1_000)
      const { status, body: answer } = await bar.send(method, path, { body, bearer: person.accessToken })
      expect(status).toBe(403)
      expect(answer.code).toBe('reauthentication_required')
      expect(await bar.validate(person.accessToken)).toBe(200)
    },
  )

  it('takes a new proof: the password where there is no second factor', async () => {
    const person = await bar.newPerson()
    await bar.advance(FIVE_MINUTES_MS + 1_000)
    expect((await prove(person, { password: WRONG_PASSWORD })).status).toBe(401)
    expect((await prove(person, {})).status).toBe(401)
    expect((await prove(person, { code: '123456' })).status).toBe(401)
    const { status, body } = await prove(person, { password: PASSWORD })
    expect(status).toBe(200)
    expect((await bar.post('/auth/account/two-factor', {}, { bearer: body.accessToken! })).status).toBe(200)
  })

  it('asks who has a second factor for a code, and takes each once', async () => {
    const person = await bar.newPerson()
    const { nextCode } = await bar.withTwoFactor(person)
    await bar.advance(FIVE_MINUTES_MS + 1_000)
    expect((await prove(person, { password: PASSWORD })).status).toBe(401)
    const code = await nextCode()
    expect((await prove(person, { password: PASSWORD, code })).status).toBe(200)
    await bar.advance(FIVE_MINUTES_MS - 25_000)
    expect((await prove(person, { code })).status).toBe(401)
  })

  it('does not stretch a proof by a refresh', async () => {
    const person = await bar.newPerson()
    await bar.advance(FIVE_MINUTES_MS + 1_000)
    const { accessToken } = (await bar.post('/auth/refresh', { refreshToken: person.refreshToken })).body
    expect((await bar.post('/auth/account/two-factor', {}, { bearer: accessToken! })).status).toBe(403)
  })

  it('never counts who acts as somebody else as having proved anything, nor lets them', async () => {
    const person = await bar.newPerson()
    const change = { actor_id: 'usr_01k80000000000000000000000', actor_reason: 'a question about an order' }
    await bar.shop.db.query.updateTable('sessions').set(change).where('id', '=', person.sessionId).execute()
    await bar.advance(1_001)
    expect((await bar.post('/auth/account/two-factor', {}, { bearer: person.accessToken })).status).toBe(403)
    expect((await prove(person, { password: PASSWORD })).status).toBe(403)
  })

  it('holds for the making of secret keys, for impersonation, and for each route above, by the contract', () => {
    const routes = Object.values(contract).flatMap((domain) => Object.values(domain as Record<string, Route>))
    const isFresh = (method: string, path: string) =>
      routes.some(
        ({ method: own, path: at, access }) =>
          own === method && at === path && access.kind === 'person' && access.fresh === true,
      )
    for (const [method, path] of sensitive) expect(isFresh(method, path), `${method} ${path}`).toBe(true)
    for (const path of ['/admin/keys', '/admin/users/{user_id}/impersonate']) expect(isFresh('POST', path)).toBe(true)
  })
})
