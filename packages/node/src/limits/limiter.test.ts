import { describe, expect, it } from 'vitest'
import { recordingLog } from '../testing/recording-log.ts'
import { limitHeaders } from './limit-headers.ts'
import type { Rule } from './limit-store.ts'
import { limiter } from './limiter.ts'
import { memoryLimitStore } from './memory-store.ts'

const NOON = Date.parse('2026-03-01T12:00:00Z')
const LOGIN: Rule = { name: 'login', limit: 5, windowMs: 900_000 }

function newLimiter() {
  const time = { now: NOON }
  const log = recordingLog()
  const limits = limiter({ store: memoryLimitStore(), clock: () => time.now, log })
  return { time, log, limits }
}

describe('the limiter', () => {
  it('counts each rule and each subject by itself', async () => {
    const { limits } = newLimiter()
    await limits.take(LOGIN, 'usr_1', 5)
    expect((await limits.take(LOGIN, 'usr_1')).allowed).toBe(false)
    expect((await limits.take(LOGIN, 'usr_2')).allowed).toBe(true)
    expect((await limits.take({ ...LOGIN, name: 'reset' }, 'usr_1')).allowed).toBe(true)
  })

  it('blocks for 15 minutes, lists who is blocked under which rule, and unblocks', async () => {
    const { time, limits } = newLimiter()
    await limits.block(LOGIN, '203.0.113.7', 'guesses passwords')
    expect(await limits.blocks()).toEqual([
      { rule: 'login', subject: '203.0.113.7', until: NOON + 900_000, reason: 'guesses passwords' },
    ])
    time.now = NOON + 899_999
    expect((await limits.take(LOGIN, '203.0.113.7')).allowed).toBe(false)
    expect(await limits.unblock(LOGIN, '203.0.113.7')).toBe(true)
    expect((await limits.take(LOGIN, '203.0.113.7')).allowed).toBe(true)
    expect(await limits.blocks()).toEqual([])
  })

  it('lets a block of its own accord end', async () => {
    const { time, limits } = newLimiter()
    await limits.block(LOGIN, 'usr_1', 'by hand')
    time.now = NOON + 900_000
    expect((await limits.take(LOGIN, 'usr_1')).allowed).toBe(true)
  })

  it.each([
    ['', 'empty'],
    ['a b\r\nc', 'with line breaks'],
    ['nul \u0000', 'with a NUL'],
    ['\ud800', 'a lone surrogate'],
    ['x'.repeat(100_000), 'too long'],
  ])('takes any subject, and keeps a digest of it (%#)', async (subject) => {
    const { limits } = newLimiter()
    await limits.take(LOGIN, subject, 5)
    expect((await limits.take(LOGIN, subject)).allowed).toBe(false)
    expect((await limits.take(LOGIN, `${subject}\ud801`)).allowed).toBe(true)
    await limits.block(LOGIN, subject, 'test')
    expect((await limits.blocks())[0]!.subject).toMatch(/^sha256:[\w-]{43}$/)
  })

  it('does not let a subject pass for another rule’s', async () => {
    const { limits } = newLimiter()
    await limits.take(LOGIN, 'a|b', 5)
    expect((await limits.take({ ...LOGIN, name: 'login.a' }, 'b')).allowed).toBe(true)
    await expect(limits.take({ ...LOGIN, name: 'login|a' }, 'b')).rejects.toThrow(RangeError)
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses the cost %s', async (cost) => {
    await expect(newLimiter().limits.take(LOGIN, 'a', cost)).rejects.toThrow(RangeError)
  })

  it.each([{ limit: 0 }, { windowMs: 0 }, { limit: 1.5 }, { blockMs: 0 }])('refuses the rule %j', async (part) => {
    await expect(newLimiter().limits.take({ ...LOGIN, ...part }, 'a')).rejects.toThrow(RangeError)
  })
})

describe('the headers of a limit', () => {
  it('say the policy, what remains and when all is regained', async () => {
    const { limits } = newLimiter()
    expect(limitHeaders(await limits.take(LOGIN, 'a', 2), LOGIN)).toEqual({
      'ratelimit-policy': '"login";q=5;w=900',
      ratelimit: '"login";r=3;t=360',
    })
  })

  it('say after which seconds a refused caller is let in, and that is true', async () => {
    const { time, limits } = newLimiter()
    await limits.take(LOGIN, 'a', 5)
    time.now += 500
    const headers = limitHeaders(await limits.take(LOGIN, 'a'), LOGIN)
    expect(headers).toEqual({
      'ratelimit-policy': '"login";q=5;w=900',
      ratelimit: '"login";r=0;t=900',
      'retry-after': '180',
    })
    time.now += 180_000
    expect((await limits.take(LOGIN, 'a')).allowed).toBe(true)
  })

  it('name no time for what is never let in', async () => {
    const { limits } = newLimiter()
    expect(limitHeaders(await limits.take(LOGIN, 'a', 6), LOGIN)).not.toHaveProperty('retry-after')
  })
})
