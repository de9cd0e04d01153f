const HOUR_MS = 3_600_000

/** Attempts go on for at least this long after the message was made. */
export const GIVE_UP_AFTER_MS = 24 * HOUR_MS
/** An endpoint where nothing has arrived for this long is switched off. */
export const DISABLE_AFTER_MS = 5 * 24 * HOUR_MS
const SHORTEST_WAIT_MS = 1_000
const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 4 * HOUR_MS

/** Failures in a row after which an endpoint is left alone for a while, so that one slow address does not hold up the rest. */
const PAUSE_AFTER_FAILURES = 3
const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 5 * 60_000

/**
 * Wait after attempt `attempts` (1, 2, 3 …), in ms: 1 s and a random part, uniform in [0, min(4 h, 5 s · 2^(attempts − 1))).
 * Source: "full jitter", M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
export function retryDelayMs(attempts: number, random: () => number): number {
  return SHORTEST_WAIT_MS + Math.round(random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1)))
}

/** How long an endpoint is left alone after `failures` in a row, in ms; 0 after the first few. Full jitter as above. */
export function pauseMs(failures: number, random: () => number): number {
  if (failures < PAUSE_AFTER_FAILURES) return 0
  return Math.round(random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - PAUSE_AFTER_FAILURES)))
}
