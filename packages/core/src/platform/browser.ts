import type { Platform } from '../ports.ts'

/** A page, or a worker that a page started. Edge runtimes and servers are not browsers, even where they imitate one. */
export function isBrowser(): boolean {
  if (typeof document !== 'undefined') return true
  return typeof importScripts === 'function' && /^Mozilla\//.test(globalThis.navigator?.userAgent ?? '')
}

export function browserPlatform(): Platform {
  return {
    name: 'browser',
    clock: Date.now,
    random: Math.random,
    fetch: (request) => fetch(request),
    warn: (message) => console.warn(`Tillwright: ${message}`),
    schedule(run, delayMs) {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
    isOnline: () => navigator.onLine,
    onOnline: (run) => listen('online', run),
    // Both reach the window; workers are never hidden.
    onHide(run) {
      const stopHidden = listen('visibilitychange', () => document.visibilityState === 'hidden' && run())
      const stopLeft = listen('pagehide', run)
      return () => {
        stopHidden()
        stopLeft()
      }
    },
    async exclusively(name, work) {
      const workIf = async (lock: unknown) => {
        if (lock) await work()
        return !!lock
      }
      // No locks in an insecure or old context: the receiver drops copies by id.
      return navigator.locks ? navigator.locks.request(name, { ifAvailable: true }, workIf) : workIf(true)
    },
  }
}

function listen(type: string, run: () => void): () => void {
  addEventListener(type, run)
  return () => removeEventListener(type, run)
}
