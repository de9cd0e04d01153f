import type { Rule, Verdict } from './limit-store.ts'

/**
 * What an answer says of a limit: `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-11, May 2026) and,
 * where it is refused, `Retry-After` in seconds (RFC 9110, section 10.2.3). Seconds are rounded up: whoever waits that
 * long is let in.
 */
export function limitHeaders(verdict: Verdict, rule: Rule): Record<string, string> {
  const name = `"${rule.name}"`
  return {
    'ratelimit-policy': `${name};q=${rule.limit};w=${seconds(rule.windowMs)}`,
    ratelimit: `${name};r=${verdict.remaining};t=${seconds(verdict.resetMs)}`,
    // A request that costs more than there ever is has no time at which it would be let in.
    ...(!verdict.allowed && Number.isFinite(verdict.retryMs)
      ? { 'retry-after': String(Math.max(1, seconds(verdict.retryMs))) }
      : {}),
  }
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1_000)
}
