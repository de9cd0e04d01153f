export { fullJitterMs, RETRY_STATUSES, retryAfterMs } from '../contract/retry.ts'
