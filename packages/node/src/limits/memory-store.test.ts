import { describe, expect, it } from 'vitest'
import { limitStoreSuite } from './limit-store.suite.ts'
import type { Rule } from './limit-store.ts'
import { memoryLimitStore } from './memory-store.ts'

const NOON = Date.parse('2026-03-01T12:00:00Z')
const ONCE: Rule = { name: 'once', limit: 1, windowMs: 60_000, blockMs: 60_000 }

describe('limits in memory', () => {
  const store = memoryLimitStore()
  limitStoreSuite({ store: () => store })

  it('forget the key unused longest where there are too many', async () => {
    const small = memoryLimitStore({ maxKeys: 2 })
    const plain: Rule = { name: 'plain', limit: 1, windowMs: 60_000 }
    for (const key of ['a', 'b', 'c']) await small.take(key, plain, 1, NOON)
    expect(await small.take('c', plain, 1, NOON)).toMatchObject({ allowed: false })
    expect(await small.take('a', plain, 1, NOON)).toMatchObject({ allowed: true })
  })

  it('keep a block while a flood of other keys goes by', async () => {
    const small = memoryLimitStore({ maxKeys: 5 })
    await small.take('attacker', ONCE, 1, NOON)
    await small.take('attacker', ONCE, 1, NOON)
    for (let i = 0; i < 100; i++) await small.take(`flood ${i}`, ONCE, 1, NOON)
    expect(await small.take('attacker', ONCE, 1, NOON)).toMatchObject({ allowed: false })
  })
})
