import { expect, it } from 'vitest'
import { type BarAnswer, describeStatement, OTHER_PASSWORD, PASSWORD } from './bar-site.ts'

const options = { headers: { 'x-request-id': 'the-same-request-id' } }

describeStatement('03 registering and asking for links tell nobody who has an account', (bar) => {
  const seen = ({ status, text }: BarAnswer) => ({ status, text })

  it('registers somebody new, who then signs in', async () => {
    const email = bar.newEmail()
    expect((await bar.post('/auth/register', { email, password: PASSWORD })).status).toBe(202)
    expect((await bar.login({ email })).status).toBe(200)
  })

  it('answers alike when the address is registered already, and changes nothing there', async () => {
    const { email } = await bar.register()
    const known = await bar.post('/auth/register', { email, password: OTHER_PASSWORD }, options)
    const unknown = await bar.post('/auth/register', { email: bar.newEmail(), password: OTHER_PASSWORD }, options)
    expect(seen(known)).toEqual(seen(unknown))
    expect((await bar.login({ email, password: OTHER_PASSWORD })).status).toBe(401)
    expect((await bar.login({ email, password: PASSWORD })).status).toBe(200)
  })

  it('refuses a weak password alike', async () => {
    const { email } = await bar.register()
    const known = await bar.post('/auth/register', { email, password: 'password' }, options)
    expect(known.body.code).toBe('weak_password')
    expect(seen(await bar.post('/auth/register', { email: bar.newEmail(), password: 'password' }, options))).toEqual(
      seen(known),
    )
  })

  it.each(['/auth/forgot-password', '/auth/magic-link', '/auth/resend-verification'])(
    '%s answers alike for known, unknown and suspended',
    async (path) => {
      const person = await bar.newPerson()
      const suspended = await bar.newPerson()
      await bar.setUser(suspended.id, { status: 'suspended' })
      const answers = []
      for (const email of [person.email, bar.newEmail(), suspended.email]) {
        answers.push(seen(await bar.post(path, { email }, options)))
      }
      expect(answers[0]!.status).toBe(202)
      expect(answers).toEqual([answers[0], answers[0], answers[0]])
    },
  )

  it('hashes the password once for a known address as for an unknown one', async () => {
    const { email } = await bar.register()
    for (const address of [email, bar.newEmail()]) {
      bar.hasher.hashed = 0
      await bar.post('/auth/register', { email: address, password: PASSWORD })
      expect(bar.hasher.hashed).toBe(1)
    }
  })

  it('writes the same before it answers: one audit entry, one job, and no token yet', async () => {
    const { email } = await bar.register()
    await bar.mailsTo(email)
    const count = async () => {
      const rows = []
      for (const table of ['audit_log', 'jobs', 'mail_messages', 'one_time_tokens'] as const) {
        rows.push((await bar.shop.db.query.selectFrom(table).select('tenant_id').execute()).length)
      }
      return rows
    }
    for (const address of [email, bar.newEmail()]) {
      const before = await count()
      await bar.post('/auth/forgot-password', { email: address })
      const after = await count()
      expect(after.map((rows, index) => rows - before[index]!)).toEqual([1, 1, 0, 0])
      await bar.mailsTo(address)
    }
  })

  it('mails the link to who has an account, and nothing to who has none', async () => {
    const { email } = await bar.register()
    const stranger = bar.newEmail()
    for (const address of [email, stranger]) await bar.post('/auth/forgot-password', { email: address })
    expect(await bar.linkTo(email, 'reset-password')).toMatch(/^ml_/)
    expect(await bar.mailsTo(stranger)).toEqual([])
  })
})
