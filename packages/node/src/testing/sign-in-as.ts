import { newId, type SignedIn } from '@tillwright/core/contract'
import { emailKey, insertUser, setPasswordHash } from '../people/users-store.ts'
import { passwordHasher } from '../security/passwords.ts'
import type { Shop, TestSite } from './test-site.ts'

/** Of everybody that `signInAs` makes. */
export const TEST_PASSWORD = 'a quiet harbour at dusk'

/** Somebody of a shop with a session. */
export interface SignedInPerson {
  readonly id: string
  readonly email: string
  readonly role: string
  readonly sessionId: string
  readonly accessToken: string
  readonly refreshToken: string
  /** Sends a request with the access token; the answer as it comes. */
  send(path: string, init?: RequestInit): Promise<Response>
}

type Site = Pick<TestSite, 'send'>

let passwordHash: Promise<string> | undefined

/** Adds somebody to a shop, with `TEST_PASSWORD`. */
export async function addPerson(shop: Pick<Shop, 'db'>, role: string): Promise<{ id: string; email: string }> {
  passwordHash ??= passwordHasher().hash(TEST_PASSWORD)
  const hash = await passwordHash
  const now = Date.now()
  const id = newId('usr', Date.now, Math.random)
  const email = `${id}@example.com`
  await shop.db.transaction(async (tx) => {
    await insertUser(tx, {
      id,
      email,
      email_key: emailKey(email),
      email_verified_at: now,
      name: null,
      role,
      status: 'active',
      password_hash: null,
      password_changed_at: null,
      language: null,
      time_zone: null,
      currency: null,
      notifications: '{}',
      created_at: now,
      updated_at: now,
      last_sign_in_at: null,
      removed_at: null,
    })
    await setPasswordHash(tx, id, hash, now)
  })
  return { id, email }
}

/** Adds somebody to a shop and signs them in over HTTP. */
export async function signInAs(site: Site, shop: Shop, role: string): Promise<SignedInPerson> {
  const { id, email } = await addPerson(shop, role)
  const response = await site.send('/auth/login', {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.publishableKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: TEST_PASSWORD }),
  })
  const signedIn = (await response.json()) as SignedIn
  if (signedIn.status !== 'signed_in') throw new Error(`Cannot sign in as ${role}: ${JSON.stringify(signedIn)}`)
  const accessToken = signedIn.accessToken!
  return {
    id,
    email,
    role,
    sessionId: signedIn.session.id,
    accessToken,
    refreshToken: signedIn.refreshToken!,
    send(path, init = {}) {
      const headers = new Headers(init.headers)
      headers.set('authorization', `Bearer ${accessToken}`)
      return site.send(path, { ...init, headers })
    },
  }
}
