import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { startScript } from '../testing/node-process.ts'
import { EMPTY, spend, verdictOf } from './bucket.ts'
import type { LimitStore, Rule } from './limit-store.ts'

const NOON = Date.parse('2026-03-01T12:00:00Z')
const MINUTE = 60_000
const TEN: Rule = { name: 'ten', limit: 10, windowMs: 10 * MINUTE }
const STRICT: Rule = { name: 'strict', limit: 3, windowMs: 15 * MINUTE, blockMs: 15 * MINUTE }

export interface StoreUnderTest {
  readonly store: () => LimitStore
  /**
   * Lines of a module that open the same store in a process of its own, as `store`, and say how to close it, as `close`;
   * where a store can be shared.
   */
  readonly script?: () => string
}

/** What every store of limits does. */
export function limitStoreSuite({ store, script }: StoreUnderTest): void {
  const newKey = () => `test|${randomUUID()}`

  it('allows the limit at once and then no more, and counts down', async () => {
    const key = newKey()
    const remaining: number[] = []
    for (let i = 0; i < 10; i++) remaining.push((await store().take(key, TEN, 1, NOON)).remaining)
    expect(remaining).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
    expect(await store().take(key, TEN, 1, NOON)).toEqual({
      allowed: false,
      isBlocked: false,
      limit: 10,
      remaining: 0,
      resetMs: 10 * MINUTE,
      retryMs: MINUTE,
    })
  })

  it('gives back one unit after another, and not a millisecond early', async () => {
    const key = newKey()
    await store().take(key, TEN, 10, NOON)
    expect(await store().take(key, TEN, 1, NOON + MINUTE - 1)).toMatchObject({ allowed: false, retryMs: 1 })
    expect(await store().take(key, TEN, 1, NOON + MINUTE)).toMatchObject({ allowed: true, remaining: 0, retryMs: 0 })
    expect(await store().take(key, TEN, 1, NOON + MINUTE)).toMatchObject({ allowed: false })
    expect(await store().take(key, TEN, 10, NOON + 11 * MINUTE)).toMatchObject({ allowed: true })
  })

  it('allows exactly the limit of 200 that come at once', async () => {
    const key = newKey()
    const verdicts = await Promise.all(Array.from({ length: 200 }, () => store().take(key, TEN, 1, NOON)))
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(10)
  })

  it('spends all of a cost or nothing of it', async () => {
    const key = newKey()
    expect(await store().take(key, TEN, 7, NOON)).toMatchObject({ allowed: true, remaining: 3 })
    expect(await store().take(key, TEN, 4, NOON)).toMatchObject({ allowed: false, remaining: 3, retryMs: MINUTE })
    expect(await store().take(key, TEN, 3, NOON)).toMatchObject({ allowed: true, remaining: 0 })
    expect(await store().take(newKey(), TEN, 11, NOON)).toMatchObject({
      allowed: false,
      remaining: 10,
      retryMs: Infinity,
    })
  })

  it('keeps keys apart, whatever they are called', async () => {
    const [one, other] = [newKey(), `${newKey()}|'";drop{}*`]
    await store().take(one, TEN, 10, NOON)
    expect(await store().take(one, TEN, 1, NOON)).toMatchObject({ allowed: false })
    expect(await store().take(other, TEN, 1, NOON)).toMatchObject({ allowed: true, remaining: 9 })
  })

  it('gives nothing for a clock that goes back', async () => {
    const key = newKey()
    await store().take(key, TEN, 10, NOON)
    expect(await store().take(key, TEN, 1, NOON - 5 * MINUTE)).toMatchObject({ allowed: false })
    expect(await store().take(key, TEN, 1, NOON)).toMatchObject({ allowed: false })
  })

  it('blocks who goes over a rule that says so, does not prolong it, and lets in afterwards', async () => {
    const key = newKey()
    await store().take(key, STRICT, 3, NOON)
    const over = await store().take(key, STRICT, 1, NOON)
    expect(over).toMatchObject({
      allowed: false,
      isBlocked: true,
      remaining: 0,
      resetMs: 15 * MINUTE,
      retryMs: 15 * MINUTE,
    })
    // Without the block a unit would be back by now.
    const again = await store().take(key, STRICT, 1, NOON + 10 * MINUTE)
    expect(again).toMatchObject({ allowed: false, resetMs: 5 * MINUTE })
    expect(await store().blocks(NOON)).toContainEqual({
      key,
      until: NOON + 15 * MINUTE,
      reason: 'over the limit of strict',
    })
    expect(await store().take(key, STRICT, 1, NOON + 15 * MINUTE)).toMatchObject({ allowed: true, remaining: 2 })
    expect((await store().blocks(NOON + 15 * MINUTE)).map((block) => block.key)).not.toContain(key)
  })

  it('blocks whom a person names, lists that, and unblocks with a clean slate', async () => {
    const key = newKey()
    await store().take(key, TEN, 10, NOON)
    await store().block(key, NOON + 30 * MINUTE, 'guesses passwords', NOON)
    expect(await store().blocks(NOON)).toContainEqual({ key, until: NOON + 30 * MINUTE, reason: 'guesses passwords' })
    expect(await store().take(key, TEN, 1, NOON + 20 * MINUTE)).toMatchObject({ allowed: false, resetMs: 10 * MINUTE })
    expect(await store().unblock(key, NOON)).toBe(true)
    expect(await store().unblock(key, NOON)).toBe(false)
    expect((await store().blocks(NOON)).map((block) => block.key)).not.toContain(key)
    expect(await store().take(key, TEN, 10, NOON)).toMatchObject({ allowed: true })
  })

  it('lists the blocks that end last first', async () => {
    const [soon, late] = [newKey(), newKey()]
    await store().block(soon, NOON + MINUTE, 'soon', NOON)
    await store().block(late, NOON + 9_000 * MINUTE, 'late', NOON)
    const listed = (await store().blocks(NOON)).map(({ key }) => key).filter((key) => key === soon || key === late)
    expect(listed).toEqual([late, soon])
  })

  it('lists the blocks of keys that begin alike, and no wildcard among them', async () => {
    const prefix = `list_${randomUUID()}*`
    await store().block(`${prefix}one`, NOON + MINUTE, 'one', NOON)
    await store().block(`${prefix}two`, NOON + 2 * MINUTE, 'two', NOON)
    await store().block(`${prefix.replace('_', 'x')}`, NOON + MINUTE, 'other', NOON)
    await store().block(`${prefix.replace('*', 'x')}`, NOON + MINUTE, 'other', NOON)
    expect(await store().blocks(NOON, prefix)).toEqual([
      { key: `${prefix}two`, until: NOON + 2 * MINUTE, reason: 'two' },
      { key: `${prefix}one`, until: NOON + MINUTE, reason: 'one' },
    ])
    expect(await store().blocks(NOON + MINUTE, prefix)).toHaveLength(1)
  })

  it('answers a long random story as the algorithm does on paper', async () => {
    const random = seeded(48)
    for (const rule of [{ name: 'odd', limit: 7, windowMs: 10_007 * 60 }, STRICT]) {
      const key = newKey()
      let bucket = EMPTY
      let now = NOON
      for (let i = 0; i < 150; i++) {
        now += Math.floor(random() * (rule.windowMs / 4))
        const cost = 1 + Math.floor(random() * 3)
        const step = spend(bucket, rule, cost, now)
        bucket = step.bucket
        expect(await store().take(key, rule, cost, now)).toEqual(verdictOf(bucket, step.allowed, rule, cost, now))
      }
    }
  })

  if (script) {
    it('is exact with two processes over it', async () => {
      const key = newKey()
      const takeAll = `${script()}
        const verdicts = await Promise.all(
          Array.from({ length: 60 }, () => store.take(${JSON.stringify(key)}, ${JSON.stringify(TEN)}, 1, ${NOON})))
        await close()
        console.log('allowed ' + verdicts.filter(({ allowed }) => allowed).length)`
      const processes = [startScript(takeAll), startScript(takeAll)]
      await Promise.all(processes.map((one) => one.hasWritten('allowed ')))
      await Promise.all(processes.map((one) => one.ended))
      const counts = processes.map((one) => Number(/allowed (\d+)/.exec(one.output())![1]))
      expect(counts[0]! + counts[1]!).toBe(10)
      expect(await store().take(key, TEN, 1, NOON)).toMatchObject({ allowed: false })
    })
  }
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
