import { PROVIDER_ID } from '@tillwright/core/contract'
import type { IdentityProvider, IdentityProviderSetup, ProviderWorld } from './identity-provider.ts'

/** Sets providers up. Throws a `TypeError` that names the one which could not be told apart or reached by its address. */
export function setUpProviders(setUps: readonly IdentityProviderSetup[], world: ProviderWorld): IdentityProvider[] {
  const providers = setUps.map((setUp) => setUp(world))
  const ids = new Set<string>()
  for (const { id, label } of providers) {
    if (!PROVIDER_ID.test(id)) {
      throw new TypeError(
        `Provider ${id}: its id must begin with a small letter and hold small letters, digits and - only`,
      )
    }
    if (typeof label !== 'string' || label.trim() === '') {
      throw new TypeError(`Provider ${id}: label is missing. It is how people know it`)
    }
    if (ids.has(id)) throw new TypeError(`Provider ${id}: there are two of this id. Give each its own`)
    ids.add(id)
  }
  return providers
}
