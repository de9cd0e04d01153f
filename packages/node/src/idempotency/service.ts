import { createHash, randomUUID } from 'node:crypto'
import type { TenantDb } from '../db/open.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Clock } from '../ports.ts'
import { keepAnswer, keepKey, releaseKey, takeKey } from './store.ts'

const SOUND_KEY = /^[\x21-\x7e]{1,128}$/
/** A request that is silent this long is taken for dead: its process was killed. */
const ABANDONED_AFTER_MS = 60_000
/** One that takes longer, an upload for one, says now and then that it lives. */
const SIGN_OF_LIFE_MS = 20_000

export interface KeptAnswer {
  readonly status: number
  readonly body: string | null
}

export interface IdempotentCall {
  /** Whose key it is, without spaces: others may use the same, and neither meet nor see each other. */
  readonly caller: string
  readonly key: string
  /** What makes two requests the same: method, address and the SHA-256 of the body. */
  readonly identity: readonly string[]
}

/**
 * Runs a POST at most once for its caller and key: the same request again gets the answer that was given (`replay`), another one under
 * the same key is refused (409). A request that failed on our side, or whose process died, may be tried again; what
 * handlers do therefore has keys of its own, and doing it twice changes nothing. An answer that sets cookies is not kept, since
 * what would be given again is not all of it.
 */
export async function answerOnce<A extends KeptAnswer & { readonly cookies?: readonly string[] }>(
  db: TenantDb,
  call: IdempotentCall,
  clock: Clock,
  run: () => Promise<A>,
): Promise<{ readonly answer: A } | { readonly replay: KeptAnswer }> {
  const { caller, key } = call
  if (!SOUND_KEY.test(key))
    throw problem('malformed_request', 'Idempotency-Key must be 1 to 128 visible ASCII characters')
  const fingerprint = createHash('sha256').update(call.identity.join('\n')).digest('hex')
  const claim = { key: `${caller} ${key}`, owner: randomUUID() }
  const now = clock()
  const held = await db.transaction((tx) => takeKey(tx, claim, fingerprint, now, now - ABANDONED_AFTER_MS))
  if (held) {
    const { status, body } = held
    if (held.fingerprint !== fingerprint) throw problem('idempotency_mismatch')
    if (status !== null) return { replay: { status, body } }
    throw new ProblemError('idempotency_in_progress', { retryAfterSeconds: 1 })
  }
  const signs = setInterval(() => {
    // One that is lost is made up for by the next.
    db.transaction((tx) => keepKey(tx, claim, clock())).catch(() => {})
  }, SIGN_OF_LIFE_MS)
  try {
    const answer = await run()
    await db.transaction((tx) =>
      answer.cookies?.length ? releaseKey(tx, claim) : keepAnswer(tx, claim, answer.status, answer.body),
    )
    return { answer }
  } catch (error) {
    await db.transaction((tx) => releaseKey(tx, claim))
    throw error
  } finally {
    clearInterval(signs)
  }
}
