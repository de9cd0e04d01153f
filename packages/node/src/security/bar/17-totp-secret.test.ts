import { expect, it } from 'vitest'
import { describeStatement, type Someone } from './bar-site.ts'

describeStatement('17 the secret of the second factor is sealed with AES-256-GCM under a key with an id', (bar) => {
  const stored = async (userId: string) =>
    (await bar.shop.db.query
      .selectFrom('two_factor')
      .where('user_id', '=', userId)
      .select('secret')
      .executeTakeFirst())!.secret
  const store = (userId: string, secret: string) =>
    bar.shop.db.query.updateTable('two_factor').set({ secret }).where('user_id', '=', userId).execute()

  async function enter(person: Someone, code: string): Promise<number> {
    const { pendingToken } = (await bar.login(person)).body
    try {
      return (await bar.post('/auth/two-factor', { pendingToken, code })).status
    } catch {
      return 500
    }
  }

  it('opens for the codes of its owner', async () => {
    const person = await bar.newPerson()
    const { nextCode } = await bar.withTwoFactor(person)
    expect(await enter(person, await nextCode())).toBe(200)
  })

  it('names the version and the key, and holds the secret nowhere', async () => {
    const person = await bar.newPerson()
    const { secret } = await bar.withTwoFactor(person)
    expect(await stored(person.id)).toMatch(/^v1\.[0-9a-f]{16}\.[\w-]{16}\.[\w-]+$/)
    expect(await bar.wholeDatabase()).not.toContain(secret)
    expect(JSON.stringify(bar.site.log.lines)).not.toContain(secret)
  })

  it('is sealed anew each time, though it may be the same', async () => {
    const one = bar.box.seal('the same', 'two-factor:usr_1')
    expect(bar.box.seal('the same', 'two-factor:usr_1')).not.toBe(one)
  })

  it('opens for no other person: moved into their row it lets nobody in', async () => {
    const [person, other] = [await bar.newPerson(), await bar.newPerson()]
    const { nextCode } = await bar.withTwoFactor(person)
    await bar.withTwoFactor(other)
    await store(other.id, await stored(person.id))
    expect(await enter(other, await nextCode())).not.toBe(200)
  })

  it('does not open when a bit of it is changed', async () => {
    const person = await bar.newPerson()
    const { nextCode } = await bar.withTwoFactor(person)
    const sealed = await stored(person.id)
    const at = sealed.length - 6
    await store(person.id, `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`)
    expect(await enter(person, await nextCode())).not.toBe(200)
  })

  it('does not open under another key of the same id', async () => {
    const { secretBox } = await import('../secret-box.ts')
    const sealed = bar.box.seal('secret', 'two-factor:usr_1')
    const id = sealed.split('.')[1]!
    const other = secretBox({ current: { id, key: new Uint8Array(32).fill(7) } })
    expect(() => other.open(sealed, 'two-factor:usr_1')).toThrow()
    expect(Buffer.from(bar.box.open(sealed, 'two-factor:usr_1')).toString()).toBe('secret')
  })
})
