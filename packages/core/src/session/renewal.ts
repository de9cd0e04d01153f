import type { Schedule } from '../ports.ts'

/** What one tab says, others hear within so long, in ms: a turn may pass on before its news is there. */
const NEWS_MS = 250

export interface RenewalRules {
  /** Which credentials these are: grows with each change. */
  readonly version: () => number
  /** Waits for the turn of this tab. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>
  readonly schedule: Schedule
  /** Asks what a tab that slept may have missed. */
  readonly catchUp?: () => Promise<void>
  /** Asks the server for credentials that follow those of `since`. */
  readonly refresh: (since: number) => Promise<void>
}

/**
 * One renewal, whoever asks and however often, in whichever tab; nothing where the credentials are not those of `since` any
 * more.
 */
export function renewal(rules: RenewalRules): (since: number) => Promise<void> {
  const { version, inTurn, schedule, catchUp, refresh } = rules
  let running: Promise<void> | undefined
  async function renewIf(since: number): Promise<void> {
    await catchUp?.()
    if (since === version()) await refresh(since)
  }
  const takeTurn = (since: number) =>
    new Promise<void>((resolve, reject) => {
      const work = async () => {
        await renewIf(since).then(resolve, reject)
        // Who waits here goes on; the next tab has its turn when it knows.
        await new Promise<void>((passOn) => schedule(passOn, NEWS_MS))
      }
      inTurn(work).catch(reject)
    })
  return async (since) => {
    if (since !== version()) return
    running ??= takeTurn(since).finally(() => {
      running = undefined
    })
    await running
  }
}
