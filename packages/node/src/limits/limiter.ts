import { createHash } from 'node:crypto'
import type { Clock, Logger } from '../ports.ts'
import type { LimitStore, Rule, Verdict } from './limit-store.ts'

/** How long a person's block lasts that names no other time. */
export const DEFAULT_BLOCK_MS = 15 * 60_000

const SOUND_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/
/** Subjects that may stand in a key as they are; of others a digest does. */
const PLAIN_SUBJECT = /^[\x21-\x7e]{1,128}$/

/** A subject that a rule refuses for now. */
export interface BlockedSubject {
  readonly rule: string
  readonly subject: string
  /** Instant in ms since 1970. */
  readonly until: number
  readonly reason: string
}

export interface Limiter {
  /**
   * Spends `cost` (default 1) of what a subject may: an address (`addressSubject`), the id of an account or a key. Give ids
   * rather than e-mail addresses, so that stores and lists name nobody. Throws `RangeError` for a cost or a rule that makes
   * no sense.
   */
  take(rule: Rule, subject: string, cost?: number): Promise<Verdict>
  /** The same at once, where the store can; else `undefined`, and nothing is spent. */
  takeNow(rule: Rule, subject: string): Verdict | undefined
  /** Refuses a subject everything under a rule for `forMs` (default: 15 minutes). */
  block(rule: Pick<Rule, 'name'>, subject: string, reason: string, forMs?: number): Promise<void>
  /** Ends a block and forgets what was spent. Returns whether there was a block. */
  unblock(rule: Pick<Rule, 'name'>, subject: string): Promise<boolean>
  /** Blocks of a rule whose subjects begin with `prefix`; without a rule, all. */
  blocks(rule?: Pick<Rule, 'name'>, prefix?: string): Promise<BlockedSubject[]>
}

export function limiter({ store, clock, log }: { store: LimitStore; clock: Clock; log: Logger }): Limiter {
  const sound = new WeakSet<Rule>()
  function check(rule: Rule): void {
    if (sound.has(rule)) return
    checkRule(rule)
    sound.add(rule)
  }

  function told(rule: Rule, verdict: Verdict): Verdict {
    if (!verdict.allowed) log.debug({ rule: rule.name, retryMs: verdict.retryMs }, 'over a rate limit')
    return verdict
  }

  return {
    async take(rule, subject, cost = 1) {
      check(rule)
      if (!Number.isSafeInteger(cost) || cost < 1) throw new RangeError(`A cost is a whole number from 1, not ${cost}`)
      return told(rule, await store.take(keyOf(rule, subject), rule, cost, clock()))
    },
    takeNow(rule, subject) {
      if (!store.takeNow) return undefined
      check(rule)
      return told(rule, store.takeNow(keyOf(rule, subject), rule, 1, clock()))
    },
    async block(rule, subject, reason, forMs = DEFAULT_BLOCK_MS) {
      const now = clock()
      await store.block(keyOf(rule, subject), now + forMs, reason, now)
      log.info({ rule: rule.name, reason, forMs }, 'blocked')
    },
    unblock: (rule, subject) => store.unblock(keyOf(rule, subject), clock()),
    async blocks(rule, prefix = '') {
      const blocks = await store.blocks(clock(), rule && `${rule.name}|${prefix}`)
      return blocks.map(({ key, until, reason }) => ({ ...partsOf(key), until, reason }))
    },
  }
}

function checkRule({ name, limit, windowMs, blockMs }: Rule): void {
  if (!SOUND_NAME.test(name)) throw new RangeError(`A rule cannot be called ${JSON.stringify(name)}`)
  if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError(`The limit of ${name} is not a number from 1`)
  if (!Number.isSafeInteger(windowMs) || windowMs < 1) throw new RangeError(`The window of ${name} is not ms from 1`)
  if (blockMs !== undefined && (!Number.isSafeInteger(blockMs) || blockMs < 1)) {
    throw new RangeError(`The block of ${name} is not ms from 1`)
  }
}

/** No rule's name has a `|`, so that no subject reaches another rule's keys. */
function keyOf({ name }: Pick<Rule, 'name'>, subject: string): string {
  const safe = PLAIN_SUBJECT.test(subject)
    ? subject
    : // By UTF-16, in which lone surrogates differ.
      `sha256:${createHash('sha256').update(Buffer.from(subject, 'utf16le')).digest('base64url')}`
  return `${name}|${safe}`
}

function partsOf(key: string): { rule: string; subject: string } {
  const at = key.indexOf('|')
  return { rule: key.slice(0, at), subject: key.slice(at + 1) }
}
