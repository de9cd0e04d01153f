import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { describeStatement, type Someone } from './bar-site.ts'

describeStatement('18 recovery codes have 120 bits, are kept as SHA-256, and work once', (bar) => {
  const pendingOf = async (person: Someone) => (await bar.login(person)).body.pendingToken!
  const enter = (pendingToken: string, code: string) => bar.post('/auth/two-factor', { pendingToken, code })

  it('takes the place of a code of the authenticator', async () => {
    const person = await bar.newPerson()
    const { recoveryCodes } = await bar.withTwoFactor(person)
    expect((await enter(await pendingOf(person), recoveryCodes[0]!)).status).toBe(200)
    expect((await enter(await pendingOf(person), recoveryCodes[1]!.toLowerCase().replaceAll('-', ' '))).status).toBe(
      200,
    )
  })

  it('works once', async () => {
    const person = await bar.newPerson()
    const { recoveryCodes } = await bar.withTwoFactor(person)
    await enter(await pendingOf(person), recoveryCodes[0]!)
    expect((await enter(await pendingOf(person), recoveryCodes[0]!)).status).toBe(401)
  })

  it('works once of five at a time', async () => {
    const person = await bar.newPerson()
    const { recoveryCodes } = await bar.withTwoFactor(person)
    const pending = await pendingOf(person)
    const answers = await Promise.all(Array.from({ length: 5 }, () => enter(pending, recoveryCodes[0]!)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const used = await bar.shop.db.query
      .selectFrom('recovery_codes')
      .where('user_id', '=', person.id)
      .where('used_at', 'is not', null)
      .select('digest')
      .execute()
    expect(used).toHaveLength(1)
  })

  it('has 24 characters of five bits each, ten of them, and only digests are kept', async () => {
    const person = await bar.newPerson()
    const { recoveryCodes } = await bar.withTwoFactor(person)
    expect(new Set(recoveryCodes).size).toBe(10)
    const stored = await bar.wholeDatabase()
    for (const code of recoveryCodes) {
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){5}$/)
      expect(stored).not.toContain(code)
      expect(stored).not.toContain(code.replaceAll('-', ''))
      expect(stored).toContain(createHash('sha256').update(code.replaceAll('-', '')).digest('hex'))
    }
  })

  it('is nobody else’s', async () => {
    const [person, other] = [await bar.newPerson(), await bar.newPerson()]
    const { recoveryCodes } = await bar.withTwoFactor(person)
    await bar.withTwoFactor(other)
    expect((await enter(await pendingOf(other), recoveryCodes[0]!)).status).toBe(401)
  })

  it('works no more once there are new ones', async () => {
    const person = await bar.newPerson()
    const { recoveryCodes } = await bar.withTwoFactor(person)
    const { body } = await bar.post('/auth/account/recovery-codes', {}, { bearer: person.accessToken })
    expect((await enter(await pendingOf(person), recoveryCodes[0]!)).status).toBe(401)
    expect((await enter(await pendingOf(person), body.recoveryCodes![0]!)).status).toBe(200)
  })

  it('tells the owner by mail when one is used', async () => {
    const person = await bar.newPerson()
    const { recoveryCodes } = await bar.withTwoFactor(person)
    await enter(await pendingOf(person), recoveryCodes[0]!)
    const subjects = (await bar.mailsTo(person.email)).map(({ subject }) => subject)
    expect(subjects.filter((subject) => subject.includes('recovery code was used'))).toHaveLength(1)
    expect(await bar.auditOf(person.id)).toContain('two_factor.recovery_code_used')
  })
})
