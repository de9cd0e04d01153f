import { describe, expect, it, vi } from 'vitest'
import { fakeClock } from './fake-clock.ts'
import { memoryPlatform } from './memory-platform.ts'
import { seededRandom } from './seeded-random.ts'

const request = (path = '/') => new Request(`https://brain.example.com${path}`)

describe('seededRandom', () => {
  it('gives the same numbers for the same seed, in [0, 1), spread evenly', () => {
    const draw = (seed: number) => Array.from({ length: 10_000 }, seededRandom(seed))
    const numbers = draw(42)
    expect(draw(42)).toEqual(numbers)
    expect(draw(43)).not.toEqual(numbers)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers)).toBeLessThan(1)
    for (let decile = 0; decile < 10; decile++) {
      const share = numbers.filter((number) => Math.floor(number * 10) === decile).length
      expect(share).toBeGreaterThan(900)
      expect(share).toBeLessThan(1_100)
    }
  })
})

describe('fakeClock', () => {
  it('runs what falls due in order of time, each at its own time', async () => {
    const clock = fakeClock(1_000)
    const seen: [string, number][] = []
    const note = (name: string) => () => seen.push([name, clock.now()])
    clock.schedule(note('late'), 20)
    clock.schedule(note('early'), 5)
    clock.schedule(note('second at 5'), 5)
    clock.schedule(note('beyond'), 101)
    await clock.advance(100)
    expect(seen).toEqual([
      ['early', 1_005],
      ['second at 5', 1_005],
      ['late', 1_020],
    ])
    expect(clock.now()).toBe(1_100)
    await clock.advance(1)
    expect(seen).toHaveLength(4)
  })

  it('runs what is scheduled meanwhile, also after an await', async () => {
    const clock = fakeClock(0)
    const run = vi.fn()
    clock.schedule(async () => {
      await Promise.resolve()
      clock.schedule(run, 10)
    }, 10)
    await clock.advance(20)
    expect(run).toHaveBeenCalledOnce()
  })

  it('does not run what was cancelled', async () => {
    const clock = fakeClock(0)
    const run = vi.fn()
    clock.schedule(run, 1)()
    await clock.advance(10)
    expect(run).not.toHaveBeenCalled()
  })
})

describe('memoryPlatform', () => {
  it('starts at the same time with the same chance, always', () => {
    const [one, two] = [memoryPlatform(), memoryPlatform()]
    expect(one.clock()).toBe(Date.UTC(2026, 0, 1))
    expect([one.random(), one.random()]).toEqual([two.random(), two.random()])
  })

  it('answers by its script first, then by its fetch, and keeps every request', async () => {
    const platform = memoryPlatform({ fetch: async () => new Response('fallback') })
    platform.answer(new Response('first'), async (asked) => new Response(new URL(asked.url).pathname))
    const texts = []
    for (const path of ['/a', '/b', '/c']) texts.push(await (await platform.fetch(request(path))).text())
    expect(texts).toEqual(['first', '/b', 'fallback'])
    expect(platform.requests.map(({ url }) => new URL(url).pathname)).toEqual(['/a', '/b', '/c'])
  })

  it('lets a kept request be read, though the answer has read it, too', async () => {
    const platform = memoryPlatform({ fetch: async (asked) => new Response(await asked.text()) })
    const sent = new Request('https://brain.example.com', { method: 'POST', body: 'hello' })
    expect(await (await platform.fetch(sent)).text()).toBe('hello')
    expect(await platform.requests[0]!.text()).toBe('hello')
  })

  it('fails where the script says so, and names what it has no answer for', async () => {
    const platform = memoryPlatform()
    platform.answer(new TypeError('fetch failed'))
    await expect(platform.fetch(request())).rejects.toThrow('fetch failed')
    await expect(platform.fetch(request('/odd'))).rejects.toThrow(/GET https:\/\/brain.example.com\/odd/)
  })

  it('rejects with the reason as soon as a request is aborted', async () => {
    const platform = memoryPlatform({ fetch: () => new Promise(() => {}) })
    const controller = new AbortController()
    const pending = platform.fetch(new Request('https://brain.example.com', { signal: controller.signal }))
    controller.abort('enough')
    await expect(pending).rejects.toBe('enough')
    const aborted = new Request('https://brain.example.com', { signal: AbortSignal.abort('before') })
    await expect(platform.fetch(aborted)).rejects.toBe('before')
  })

  it('has no network while it is offline, and tells when it is back', async () => {
    const platform = memoryPlatform({ fetch: async () => new Response() })
    const back = vi.fn()
    const stop = platform.onOnline(back)
    platform.setOnline(false)
    expect(platform.isOnline()).toBe(false)
    await expect(platform.fetch(request())).rejects.toThrow(TypeError)
    platform.setOnline(true)
    platform.setOnline(true)
    expect(back).toHaveBeenCalledOnce()
    expect((await platform.fetch(request())).ok).toBe(true)
    stop()
    platform.setOnline(false)
    platform.setOnline(true)
    expect(back).toHaveBeenCalledOnce()
  })

  it('shares all but hiding between its tabs', async () => {
    const first = memoryPlatform()
    const second = first.openTab()
    const hidden = vi.fn()
    second.onHide(hidden)
    first.hide()
    expect(hidden).not.toHaveBeenCalled()
    second.hide()
    expect(hidden).toHaveBeenCalledOnce()
    await first.advance(5)
    expect(second.clock()).toBe(first.clock())
    await first.exclusively('lock', async () => {
      expect(await second.exclusively('lock', async () => {})).toBe(false)
      expect(await second.exclusively('another', async () => {})).toBe(true)
    })
    expect(await second.exclusively('lock', async () => {})).toBe(true)
  })

  it('frees a lock when the work fails', async () => {
    const platform = memoryPlatform()
    await expect(platform.exclusively('lock', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await platform.exclusively('lock', async () => {})).toBe(true)
  })

  it('has tabs that talk, soon and in copies, and work in turn', async () => {
    const { tabs } = memoryPlatform()
    const platform = memoryPlatform()
    const [first, second] = [platform.tabs, platform.openTab().tabs]
    const [own, other, stranger] = [vi.fn(), vi.fn(), vi.fn()]
    const talk = first.join('a', own)
    second.join('a', other)
    tabs.join('a', stranger)
    const message = { type: 'hello' }
    talk.say(message)
    message.type = 'changed'
    expect(other).not.toHaveBeenCalled()
    await platform.advance(0)
    expect(other.mock.calls).toEqual([[{ type: 'hello' }]])
    expect(own).not.toHaveBeenCalled()
    expect(stranger).not.toHaveBeenCalled()
    const order: number[] = []
    const failing = first.inTurn('b', async () => {
      await Promise.resolve()
      order.push(1)
      throw new Error('no')
    })
    const waiting = second.inTurn('b', async () => order.push(2))
    await expect(failing).rejects.toThrow('no')
    await waiting
    expect(order).toEqual([1, 2])
  })

  it('has a person in front of each tab, and a page in it', () => {
    const platform = memoryPlatform()
    const other = platform.openTab()
    const active = vi.fn()
    const stop = platform.tabs.onActivity!(active)
    other.act()
    expect(active).not.toHaveBeenCalled()
    platform.act()
    stop()
    platform.act()
    expect(active).toHaveBeenCalledOnce()
    platform.goTo('/orders')
    platform.tabs.keep('page', 'kept')
    expect([platform.tabs.currentPage(), other.tabs.currentPage()]).toEqual(['/orders', '/'])
    expect([platform.tabs.kept('page'), other.tabs.kept('page')]).toEqual(['kept', null])
  })

  it('keeps what the developer is told', () => {
    const platform = memoryPlatform()
    platform.openTab().warn('odd')
    expect(platform.warnings).toEqual(['odd'])
  })
})
