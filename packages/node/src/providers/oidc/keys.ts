import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import type { Clock } from '../../ports.ts'
import type { ProviderCalls } from '../oauth/provider-calls.ts'

/** How long a provider's keys are believed, in ms. */
const KEYS_MS = 10 * 60_000
/** How old they are at least when a key that is not among them is looked for again, in ms. */
const LOOK_AGAIN_MS = 30_000

type KeySet = ReturnType<typeof createLocalJWKSet>

/** The keys of a provider, read by the calls of whoever needs them first, within their deadline. */
export function keysOf(clock: Clock): (calls: ProviderCalls, jwksUri: string) => JWTVerifyGetKey {
  let known: { readonly keys: Promise<KeySet>; readonly jwksUri: string; readonly at: number } | undefined

  function keysBy(calls: ProviderCalls, jwksUri: string, maxAgeMs: number): Promise<KeySet> {
    if (known?.jwksUri === jwksUri && clock() - known.at < maxAgeMs) return known.keys
    const asked = { keys: read(calls, jwksUri), jwksUri, at: clock() }
    known = asked
    asked.keys.catch(() => {
      if (known === asked) known = undefined
    })
    return asked.keys
  }

  return (calls, jwksUri) => async (header, token) => {
    const keys = await keysBy(calls, jwksUri, KEYS_MS)
    try {
      return await keys(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      // It may have changed them since.
      return (await keysBy(calls, jwksUri, LOOK_AGAIN_MS))(header, token)
    }
  }
}

async function read(calls: ProviderCalls, jwksUri: string): Promise<KeySet> {
  return createLocalJWKSet((await calls.json(jwksUri)) as unknown as JSONWebKeySet)
}
