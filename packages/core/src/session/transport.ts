import { type Call, isReplayable, type Transport } from '../client/transport.ts'

export interface Carrier {
  /** The call with the credentials of now, and which these are; `undefined` where there are none that could lapse. */
  readonly equip: (call: Call) => Promise<{ readonly call: Call; readonly version: number | undefined }>
  /** Whether a refusal is for want of credentials that can be renewed. */
  readonly hasLapsed: (error: unknown) => boolean
  /** Renews the session, unless its credentials are not those of `version` any more. */
  readonly renew: (version: number) => Promise<void>
}

/**
 * Calls under a session. One whose access has lapsed waits for the renewal, which is one for all that wait, and is sent once
 * more with what there is then: where the session has ended, without it.
 */
export function withSession(transport: Transport, { equip, hasLapsed, renew }: Carrier): Transport {
  return async (bare) => {
    const { call, version } = await equip(bare)
    try {
      return await transport(call)
    } catch (error) {
      if (version === undefined || !hasLapsed(error) || !isReplayable(bare)) throw error
      await unlessAborted(renew(version), bare.signal)
      return transport((await equip(bare)).call)
    }
  }
}

/** Others go on waiting for what this call gives up on. */
async function unlessAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return work
  let giveUp = () => {}
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason)
    signal.addEventListener('abort', giveUp)
  })
  try {
    signal.throwIfAborted()
    await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}
