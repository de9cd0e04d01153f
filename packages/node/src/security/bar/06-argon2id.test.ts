import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { nodeEngine } from '../passwords.ts'
import { describeStatement, PASSWORD, WRONG_PASSWORD } from './bar-site.ts'

describeStatement('06 passwords are kept as argon2id of today’s strength, and weaker hashes are replaced', (bar) => {
  const hashOf = async (userId: string) =>
    (
      await bar.shop.db.query
        .selectFrom('users')
        .where('id', '=', userId)
        .select('password_hash')
        .executeTakeFirstOrThrow()
    ).password_hash!

  async function weakHash(password: string): Promise<string> {
    const salt = randomBytes(16)
    const digest = await nodeEngine({ password, salt, memoryKiB: 4_096, passes: 1, lanes: 1, bytes: 32 })
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replaceAll('=', '')
    return `$argon2id$v=19$m=4096,t=1,p=1$${text(salt)}$${text(digest)}`
  }

  it('keeps a PHC string of argon2id with at least 19 MiB, two passes and one lane', async () => {
    const { id } = await bar.newPerson()
    const [, memory, passes, lanes] =
      /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$[\w+/]{22}\$[\w+/]{43}$/.exec(await hashOf(id)) ?? []
    expect(Number(memory)).toBeGreaterThanOrEqual(19_456)
    expect(Number(passes)).toBeGreaterThanOrEqual(2)
    expect(Number(lanes)).toBe(1)
  })

  it('salts each: two people with one password have two hashes', async () => {
    const [one, two] = [await bar.newPerson(), await bar.newPerson()]
    expect(await hashOf(one.id)).not.toBe(await hashOf(two.id))
  })

  it('replaces a weaker hash at the next sign-in, and the password still works', async () => {
    const person = await bar.newPerson()
    const weak = await weakHash(PASSWORD)
    await bar.setUser(person.id, { password_hash: weak })
    expect((await bar.login(person)).status).toBe(200)
    expect(await hashOf(person.id)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect((await bar.login(person)).status).toBe(200)
  })

  it('does not replace it for a wrong password', async () => {
    const person = await bar.newPerson()
    const weak = await weakHash(PASSWORD)
    await bar.setUser(person.id, { password_hash: weak })
    expect((await bar.login({ ...person, password: WRONG_PASSWORD })).status).toBe(401)
    expect(await hashOf(person.id)).toBe(weak)
  })

  it('leaves a hash of today’s strength alone', async () => {
    const person = await bar.newPerson()
    const before = await hashOf(person.id)
    await bar.login(person)
    expect(await hashOf(person.id)).toBe(before)
  })

  it.each([
    ['plain text', PASSWORD],
    ['another algorithm', '$2b$10$abcdefghijklmnopqrstuuO4Xn1zJ8r3C0y6x5kq7Qb1H2v9w8e7'],
    ['a string that asks for a gigabyte', `$argon2id$v=19$m=9999999,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`],
    ['nothing', ''],
  ])('lets nobody in by a stored hash that is %s', async (_, hash) => {
    const person = await bar.newPerson()
    await bar.setUser(person.id, { password_hash: hash })
    expect((await bar.login(person)).status).toBe(401)
  })

  it('keeps no password anywhere', async () => {
    const password = 'the marker is a violet heron'
    const { email } = await bar.register({ password })
    await bar.login({ email, password })
    expect(await bar.wholeDatabase()).not.toContain('violet heron')
    expect(JSON.stringify(bar.site.log.lines)).not.toContain('violet heron')
  })
})
