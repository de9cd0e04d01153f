import { afterEach, describe, expect, it, vi } from 'vitest'
import { browserPlatform, isBrowser } from './browser.ts'
import { serverPlatform } from './server.ts'

afterEach(() => vi.unstubAllGlobals())

describe('isBrowser', () => {
  it('is true in a page', () => {
    vi.stubGlobal('document', {})
    expect(isBrowser()).toBe(true)
  })

  it('is true in a worker of a page', () => {
    vi.stubGlobal('importScripts', () => {})
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux)' })
    expect(isBrowser()).toBe(true)
  })

  it('is false in Node, and in edge runtimes that imitate workers', () => {
    expect(isBrowser()).toBe(false)
    vi.stubGlobal('importScripts', () => {})
    vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' })
    expect(isBrowser()).toBe(false)
  })
})

describe('browserPlatform', () => {
  /** A window, as far as the platform looks at it. */
  const stubWindow = () => {
    const target = new EventTarget()
    vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
    vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target))
    const document = { visibilityState: 'visible' }
    vi.stubGlobal('document', document)
    return { document, fire: (type: string) => target.dispatchEvent(new Event(type)) }
  }

  it('tells when the page is being hidden, not when it is shown', () => {
    const { document, fire } = stubWindow()
    const run = vi.fn()
    const stop = browserPlatform().onHide(run)
    fire('visibilitychange')
    expect(run).not.toHaveBeenCalled()
    document.visibilityState = 'hidden'
    fire('visibilitychange')
    fire('pagehide')
    expect(run).toHaveBeenCalledTimes(2)
    stop()
    fire('pagehide')
    fire('visibilitychange')
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('tells when the network is back', () => {
    const { fire } = stubWindow()
    const run = vi.fn()
    const stop = browserPlatform().onOnline(run)
    fire('online')
    stop()
    fire('online')
    expect(run).toHaveBeenCalledOnce()
  })

  it('runs work while no other tab holds the lock, and skips it while one does', async () => {
    const platform = browserPlatform()
    let release = () => {}
    const held = platform.exclusively('events', () => new Promise((resolve) => (release = resolve)))
    await vi.waitFor(async () => expect((await navigator.locks.query()).held).toHaveLength(1))
    const work = vi.fn(async () => {})
    expect(await platform.exclusively('events', work)).toBe(false)
    expect(work).not.toHaveBeenCalled()
    release()
    expect(await held).toBe(true)
    expect(await platform.exclusively('events', work)).toBe(true)
    expect(work).toHaveBeenCalledOnce()
  })

  it('runs work where there are no locks', async () => {
    vi.stubGlobal('navigator', {})
    const work = vi.fn(async () => {})
    expect(await browserPlatform().exclusively('events', work)).toBe(true)
    expect(work).toHaveBeenCalledOnce()
  })
})

describe.each([
  ['browserPlatform', browserPlatform],
  ['serverPlatform', serverPlatform],
])('%s', (_, create) => {
  it('runs what is scheduled, unless it is cancelled', async () => {
    const { schedule } = create()
    const cancelled = vi.fn()
    schedule(cancelled, 0)()
    await new Promise<void>((resolve) => {
      schedule(resolve, 1)
    })
    expect(cancelled).not.toHaveBeenCalled()
  })

  it('tells the developer who speaks', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    create().warn('events are dropped')
    expect(warn).toHaveBeenCalledWith('Tillwright: events are dropped')
    warn.mockRestore()
  })

  it('knows the time and has chance', () => {
    const { clock, random } = create()
    expect(Math.abs(clock() - Date.now())).toBeLessThan(60_000)
    expect(random()).toBeGreaterThanOrEqual(0)
    expect(random()).toBeLessThan(1)
  })
})
