import { expect, it } from 'vitest'
import { describeStatement, PASSWORD, WRONG_PASSWORD } from './bar-site.ts'

const many = <T>(count: number, run: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)))

describeStatement('09 of fifty guesses at once, five are evaluated', (bar) => {
  const evaluated = () => bar.hasher.verified.filter((hash) => hash !== null).length

  it('lets people sign in at the same time', async () => {
    const people = []
    for (let count = 0; count < 6; count++) people.push(await bar.register())
    const answers = await Promise.all(people.map(({ email }) => bar.login({ email })))
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200))
  })

  it('evaluates five of fifty wrong passwords', async () => {
    const { email } = await bar.register()
    bar.hasher.verified.length = 0
    const answers = await many(50, (index) => bar.login({ email, password: `${WRONG_PASSWORD} ${index}` }))
    expect(answers.every(({ status }) => status === 401)).toBe(true)
    expect(evaluated()).toBe(5)
  })

  it('refuses the right password behind forty-nine wrong ones', async () => {
    const { email } = await bar.register()
    bar.hasher.verified.length = 0
    await many(49, (index) => bar.login({ email, password: `${WRONG_PASSWORD} ${index}` }))
    expect((await bar.login({ email, password: PASSWORD })).status).toBe(401)
    expect(evaluated()).toBe(5)
  })

  it('evaluates five of fifty that come to two processes', async () => {
    const { email } = await bar.register()
    const other = bar.otherServer()
    await other.migrate()
    bar.hasher.verified.length = 0
    await many(50, async (index) => {
      const password = `${WRONG_PASSWORD} ${index}`
      if (index % 2 === 0) return bar.login({ email, password })
      const request = new Request('http://tillwright.test/auth/login', {
        method: 'POST',
        headers: { authorization: `Bearer ${bar.shop.publishableKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      })
      return other.fetch(request, { remoteAddress: `192.0.2.${index}` })
    })
    expect(evaluated()).toBe(5)
  })

  it('evaluates five codes of fifty at once', async () => {
    const person = await bar.newPerson()
    const { nextCode } = await bar.withTwoFactor(person)
    const right = await nextCode()
    const { pendingToken } = (await bar.login(person)).body
    const wrong = right === '000000' ? '111111' : '000000'
    await many(50, () => bar.post('/auth/two-factor', { pendingToken, code: wrong }))
    expect((await bar.auditOf(person.id)).filter((kind) => kind === 'account.locked')).toHaveLength(1)
    expect((await bar.post('/auth/two-factor', { pendingToken, code: right })).status).toBe(401)
  })

  it('answers 503 with Retry-After to who comes when too many wait, rather than fail', async () => {
    const { HashQueueFullError } = await import('../passwords.ts')
    const { email } = await bar.register()
    const verify = bar.hasher.verify
    bar.hasher.verify = async () => {
      throw new HashQueueFullError('64 wait')
    }
    const { status, headers } = await bar.login({ email }).finally(() => {
      bar.hasher.verify = verify
    })
    expect(status).toBe(503)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
