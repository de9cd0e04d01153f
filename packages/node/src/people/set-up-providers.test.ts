import { describe, expect, it } from 'vitest'
import { createServer } from '../server.ts'
import type { IdentityProviderSetup } from './identity-provider.ts'

const provider = (change: object = {}): IdentityProviderSetup => {
  const refuse = () => Promise.reject(new Error('Nobody goes there'))
  return () => ({ id: 'acme', label: 'Acme', visitUrl: refuse, exchange: refuse, ...change })
}
const serverWith = (...identityProviders: IdentityProviderSetup[]) =>
  createServer({ database: ':memory:', identityProviders })

describe('a server', () => {
  it.each([
    ['a provider whose id no address can hold', [provider({ id: 'Acme Staff' })], /^Provider Acme Staff: its id must/],
    ['a provider without an id', [provider({ id: '' })], /^Provider : its id must/],
    ['a provider that nobody could name', [provider({ label: ' ' })], /^Provider acme: label is missing/],
    ['two providers of one id', [provider(), provider({ label: 'Other' })], /^Provider acme: there are two/],
  ])('does not start with %s, and names it', (_what, providers, message) => {
    expect(() => serverWith(...providers)).toThrow(message)
  })

  it('starts with providers that can be told apart', async () => {
    await serverWith(provider(), provider({ id: 'acme-2' })).close()
  })
})
