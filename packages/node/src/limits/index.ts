export { type AddressBlocks, addressBlocks } from './address-blocks.ts'
export { addressSubject, UNKNOWN_ADDRESS } from './address-subject.ts'
export { withLocalFallback } from './fallback-store.ts'
export { limitHeaders } from './limit-headers.ts'
export type { Block, LimitStore, Rule, Verdict } from './limit-store.ts'
export { type LimitStores, limitStores } from './limit-stores.ts'
export { type BlockedSubject, DEFAULT_BLOCK_MS, type Limiter, limiter } from './limiter.ts'
export { memoryLimitStore } from './memory-store.ts'
export {
  ROUTE_RULES,
  type RouteLimits,
  type RouteLimitsPorts,
  routeLimits,
  type SignInBlock,
  STRIKES,
} from './route-limits.ts'
export { databaseLimitStore } from './store.ts'
