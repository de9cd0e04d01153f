const FIRST_MS = 10_000
const LONGEST_MS = 30 * 60_000

/**
 * How often a mail is tried before it waits for a person: some 24 hours (22 to 26, by chance) of a mail server that is away
 * or refuses for now. RFC 5321, section 4.5.4.1, asks for days; most mail of ours means nothing by then.
 */
export const MAX_ATTEMPTS = 72

/**
 * Wait after try `attempt` (1, 2, 3 …), in ms: within [½, 1) of 10 s, 20 s, 40 s … 30 min. Half of it is left to chance
 * (`random` in [0, 1)), so that a thousand mails that failed together do not come back together.
 */
export function mailRetryMs(attempt: number, random: () => number): number {
  const fullMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1))
  return Math.round((fullMs * (1 + random())) / 2)
}
