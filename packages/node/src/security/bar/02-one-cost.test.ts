import { expect, it } from 'vitest'
import { describeStatement, PASSWORD, WRONG_PASSWORD } from './bar-site.ts'

describeStatement('02 unknown and known accounts cost the same: one evaluation of argon2id', (bar) => {
  /** Which hashes an attempt was compared with. */
  async function evaluated(email: string, password: string) {
    bar.hasher.verified.length = 0
    const { status } = await bar.login({ email, password })
    return { status, hashes: [...bar.hasher.verified] }
  }

  it('evaluates the stored hash once for the right password', async () => {
    const { email } = await bar.register()
    const { status, hashes } = await evaluated(email, PASSWORD)
    expect(status).toBe(200)
    expect(hashes).toEqual([expect.stringMatching(/^\$argon2id\$/)])
  })

  it('evaluates one for an unknown address', async () => {
    const { status, hashes } = await evaluated(bar.newEmail(), WRONG_PASSWORD)
    expect(status).toBe(401)
    expect(hashes).toEqual([null])
  })

  it('evaluates one while locked, and not that of the account', async () => {
    const { email } = await bar.register()
    for (let count = 0; count < 5; count++) await bar.login({ email, password: WRONG_PASSWORD })
    expect(await evaluated(email, PASSWORD)).toEqual({ status: 401, hashes: [null] })
  })

  it.each([
    ['without a password', { password_hash: null }],
    ['that is suspended', { status: 'suspended' }],
  ])('evaluates one for an account %s', async (_, change) => {
    const person = await bar.newPerson()
    await bar.setUser(person.id, change)
    expect(await evaluated(person.email, PASSWORD)).toEqual({ status: 401, hashes: [null] })
  })

  it('spends on nobody’s hash what it spends on a real one: the same memory, passes and lanes', async () => {
    const inputs: object[] = []
    const { passwordHasher } = await import('../passwords.ts')
    const hasher = passwordHasher({
      engine: async ({ password: _, salt: __, ...cost }) => {
        inputs.push(cost)
        return new Uint8Array(32)
      },
    })
    const phc = await hasher.hash(PASSWORD)
    await hasher.verify(phc, PASSWORD)
    await hasher.verify(null, PASSWORD)
    expect(inputs).toEqual([inputs[0], inputs[0], inputs[0]])
  })
})
