import { afterEach, describe, expect, it, vi } from 'vitest'
import { browserTabs, noTabs } from './browser-tabs.ts'

afterEach(() => vi.unstubAllGlobals())

/** Resolves with the next thing that is heard. */
function listener() {
  let hear = (_: unknown) => {}
  const heard = new Promise<unknown>((resolve) => {
    hear = resolve
  })
  return { heard, hear: (message: unknown) => hear(message) }
}

describe('browserTabs', () => {
  it('carry messages to the others, as copies, and none after leaving', async () => {
    const [own, other] = [vi.fn(), listener()]
    const here = browserTabs().join('session', own)
    const there = browserTabs().join('session', other.hear)
    expect(here.isPrivate).toBe(true)
    here.say({ type: 'who' })
    expect(await other.heard).toEqual({ type: 'who' })
    expect(own).not.toHaveBeenCalled()
    here.leave()
    there.leave()
  })

  it('talk through storage where there are no channels, leave nothing in it, and say that it is not private', () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    const target = new EventTarget()
    vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
    vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target))
    const stored = new Map<string, string>()
    // A browser tells the other tabs of each change; here there is one window for all.
    const tell = (key: string, newValue: string | null) =>
      target.dispatchEvent(Object.assign(new Event('storage'), { key, newValue }))
    vi.stubGlobal('localStorage', {
      setItem(key: string, value: string) {
        stored.set(key, value)
        tell(key, value)
      },
      removeItem(key: string) {
        stored.delete(key)
        tell(key, null)
      },
    })
    const [heard, elsewhere] = [vi.fn(), vi.fn()]
    const there = browserTabs().join('session', heard)
    browserTabs().join('another', elsewhere)
    const here = browserTabs().join('session', () => {})
    expect(here.isPrivate).toBe(false)
    here.say({ type: 'signed_out', because: 'left' })
    expect(heard.mock.calls).toEqual([[{ type: 'signed_out', because: 'left' }]])
    expect(elsewhere).not.toHaveBeenCalled()
    expect(stored.size).toBe(0)
    there.leave()
    here.say({ type: 'who' })
    expect(heard).toHaveBeenCalledOnce()
  })

  it('keep quiet where storage is blocked', () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    vi.stubGlobal('addEventListener', () => {})
    const blocked = () => {
      throw new DOMException('The operation is insecure', 'SecurityError')
    }
    vi.stubGlobal('localStorage', { setItem: blocked })
    vi.stubGlobal('sessionStorage', { setItem: blocked, getItem: blocked, removeItem: blocked })
    const tabs = browserTabs()
    tabs.join('session', () => {}).say({ type: 'who' })
    tabs.keep('page', '/orders')
    expect(tabs.kept('page')).toBeNull()
  })

  it('work in turn', async () => {
    const order: string[] = []
    let finish = () => {}
    const first = browserTabs().inTurn('renewal', async () => {
      order.push('first begins')
      await new Promise<void>((resolve) => {
        finish = resolve
      })
      order.push('first ends')
    })
    const second = browserTabs().inTurn('renewal', async () => order.push('second'))
    await vi.waitFor(() => expect(order).toEqual(['first begins']))
    finish()
    await Promise.all([first, second])
    expect(order).toEqual(['first begins', 'first ends', 'second'])
  })

  it('work without waiting where there are no locks', async () => {
    vi.stubGlobal('navigator', {})
    expect(await browserTabs().inTurn('renewal', async () => 'done')).toBe('done')
  })

  it('notice what a person does, until nobody asks', () => {
    const target = new EventTarget()
    vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
    vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target))
    const run = vi.fn()
    const stop = browserTabs().onActivity!(run)
    target.dispatchEvent(new Event('keydown'))
    target.dispatchEvent(new Event('pointerdown'))
    target.dispatchEvent(new Event('load'))
    expect(run).toHaveBeenCalledTimes(2)
    stop()
    target.dispatchEvent(new Event('keydown'))
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('know the page without its origin, and none in a worker', () => {
    expect(browserTabs().currentPage()).toBeUndefined()
    vi.stubGlobal('document', {})
    vi.stubGlobal('location', new URL('https://shop.example/orders?page=2#top'))
    expect(browserTabs().currentPage()).toBe('/orders?page=2#top')
  })

  it('keep a text for the tab', () => {
    const stored = new Map<string, string>()
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    })
    browserTabs().keep('page', '/orders')
    expect(browserTabs().kept('page')).toBe('/orders')
    browserTabs().keep('page', null)
    expect(browserTabs().kept('page')).toBeNull()
  })
})

describe('noTabs', () => {
  it('are nobody to talk to, to wait for or to watch, but keep what they are given', async () => {
    const tabs = noTabs()
    const hear = vi.fn()
    noTabs().join('session', hear)
    tabs.join('session', () => {}).say('hello')
    expect(hear).not.toHaveBeenCalled()
    expect(await tabs.inTurn('renewal', async () => 'done')).toBe('done')
    expect(tabs.onActivity).toBeUndefined()
    expect(tabs.currentPage()).toBeUndefined()
    tabs.keep('page', '/orders')
    expect(tabs.kept('page')).toBe('/orders')
    tabs.keep('page', null)
    expect(tabs.kept('page')).toBeNull()
  })
})
