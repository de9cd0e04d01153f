import { expect, it } from 'vitest'
import { browserLogin, cookiesOf, describeStatement, SHOP_ORIGIN } from './bar-site.ts'

describeStatement(
  '28 each sign-in is a new session; people list and end their own, administrators anybody’s',
  (bar) => {
    const list = async (bearer: string) => (await bar.get('/auth/sessions', { bearer })).body.items!
    const end = (sessionId: string, bearer: string) => bar.send('DELETE', `/auth/sessions/${sessionId}`, { bearer })

    it('lists one’s sessions, and says which is this one', async () => {
      const person = await bar.newPerson()
      await bar.advance(1_000)
      const other = (await bar.login(person)).body
      const items = await list(person.accessToken)
      expect(items.map(({ id }) => id).sort()).toEqual([person.sessionId, other.session!.id].sort())
      expect(items.filter(({ current }) => current).map(({ id }) => id)).toEqual([person.sessionId])
    })

    it('begins a new session at each sign-in, whatever session the browser had', async () => {
      const [attacker, victim] = [await bar.newPerson(), await bar.newPerson()]
      const planted = cookiesOf(await browserLogin(bar, attacker))
      const call = { cookies: planted, bearer: bar.shop.publishableKey, origin: SHOP_ORIGIN }
      const after = await bar.login(victim, { delivery: 'cookie' }, call)
      expect(after.body.user!.id).toBe(victim.id)
      const own = await list(attacker.accessToken)
      expect(own.map(({ id }) => id)).not.toContain(after.body.session!.id)
      for (const name of ['tw_access', 'tw_refresh', 'tw_device']) {
        const value = (text: string) => new RegExp(`${name}=([^;]+)`).exec(text)?.[1]
        if (name !== 'tw_device') expect(value(cookiesOf(after))).not.toBe(value(planted))
      }
    })

    it('gives new tokens for each factor: what awaited the code signs nobody in', async () => {
      const person = await bar.newPerson()
      const { nextCode } = await bar.withTwoFactor(person)
      const { pendingToken } = (await bar.login(person)).body
      const { body } = await bar.post('/auth/two-factor', { pendingToken, code: await nextCode() })
      expect(body.session!.id).not.toBe(person.sessionId)
      expect((await bar.post('/auth/refresh', { refreshToken: pendingToken })).status).toBe(401)
    })

    it('ends one of one’s own', async () => {
      const person = await bar.newPerson()
      const other = (await bar.login(person)).body
      expect((await end(other.session!.id, person.accessToken)).status).toBe(204)
      expect(await bar.validate(other.accessToken!)).toBe(401)
      expect(await list(person.accessToken)).toHaveLength(1)
      expect((await end(other.session!.id, person.accessToken)).status).toBe(404)
    })

    it('ends nobody else’s, and answers as if there were none', async () => {
      const [one, two] = [await bar.newPerson(), await bar.newPerson()]
      const foreign = await end(two.sessionId, one.accessToken)
      const missing = await end('ses_01k80000000000000000000000', one.accessToken)
      expect(foreign.status).toBe(404)
      const withoutIds = (text: string) => text.replace(/ses_\w+|req_\w+/g, 'id')
      expect(withoutIds(foreign.text)).toBe(withoutIds(missing.text))
      expect(await bar.validate(two.accessToken)).toBe(200)
    })

    it('lets an administrator end anybody’s, and nobody else', async () => {
      const [admin, person, bystander] = [
        await bar.newPerson({ role: 'admin' }),
        await bar.newPerson(),
        await bar.newPerson(),
      ]
      const endAll = (bearer: string) => bar.send('DELETE', `/admin/users/${person.id}/sessions`, { bearer })
      expect((await endAll(bystander.accessToken)).status).toBe(403)
      expect(await bar.validate(person.accessToken)).toBe(200)
      expect((await endAll(admin.accessToken)).status).toBe(204)
      expect(await bar.validate(person.accessToken)).toBe(401)
    })
  },
)
