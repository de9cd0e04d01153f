import type { SecretBytes } from '../ports.ts'
import type { SecretBox } from '../security/secret-box.ts'
import type { EndpointRow } from './endpoints-store.ts'
import { SECRET_PREFIX } from './schemes/standard.ts'

const SECRET_BYTES = 32

/** A new secret of an endpoint: `whsec_` and 256 random bits in base64. */
export function newEndpointSecret(secretBytes: SecretBytes): string {
  return SECRET_PREFIX + Buffer.from(secretBytes(SECRET_BYTES)).toString('base64')
}

/** What secrets are sealed for: one endpoint's opens no other's. */
export const endpointContext = (id: string) => `webhook-endpoint:${id}`
export const sourceContext = (id: string) => `webhook-source:${id}`

/** What a message is signed with: the current secret, and for a while after a rotation the one before. */
export function openSecrets(
  box: SecretBox,
  { id, secret, previous_secret, previous_until }: EndpointRow,
  now: number,
): string[] {
  const sealed = [secret, ...(previous_secret !== null && previous_until! > now ? [previous_secret] : [])]
  return sealed.map((each) => Buffer.from(box.open(each, endpointContext(id))).toString())
}
