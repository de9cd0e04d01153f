import { afterEach, describe, expect, it, vi } from 'vitest'
import { memoryPlatform } from './testing/index.ts'
import { visitorIds } from './visitor.ts'

afterEach(() => vi.unstubAllGlobals())

const browser = (seed: number) => memoryPlatform({ name: 'browser', seed })

describe('visitorIds', () => {
  it('store nothing for the scope of a page', () => {
    const storage = {}
    vi.stubGlobal('sessionStorage', storage)
    const ids = visitorIds('page', browser(1))
    expect(Object.keys(ids)).toEqual(['sessionId'])
    expect(storage).toEqual({})
    expect(visitorIds('page', browser(2))).not.toEqual(ids)
  })

  it('last as long as the tab for the scope of a session', () => {
    vi.stubGlobal('sessionStorage', {})
    vi.stubGlobal('localStorage', {})
    const ids = visitorIds('session', browser(1))
    expect(visitorIds('session', browser(2))).toEqual(ids)
    expect(localStorage).toEqual({})
    vi.stubGlobal('sessionStorage', {})
    expect(visitorIds('session', browser(3))).not.toEqual(ids)
  })

  it('know the device again for the scope of a device', () => {
    vi.stubGlobal('sessionStorage', {})
    vi.stubGlobal('localStorage', {})
    const first = visitorIds('device', browser(1))
    vi.stubGlobal('sessionStorage', {})
    const second = visitorIds('device', browser(2))
    expect(second.visitorId).toBe(first.visitorId)
    expect(second.sessionId).not.toBe(first.sessionId)
  })

  it('last as long as the page where storage is blocked', () => {
    const blocked = {
      get sessionStorage(): Storage {
        throw new DOMException('The operation is insecure', 'SecurityError')
      },
    }
    Object.defineProperty(globalThis, 'sessionStorage', {
      ...Object.getOwnPropertyDescriptor(blocked, 'sessionStorage'),
      configurable: true,
    })
    expect(visitorIds('session', browser(1)).sessionId).toMatch(/^ses_/)
    Reflect.deleteProperty(globalThis, 'sessionStorage')
  })
})
