import type { Platform } from '../ports.ts'

/** Node, Deno, Bun, Cloudflare Workers and other edge runtimes: fetch, timers, and no page. */
export function serverPlatform(): Platform {
  return {
    name: 'server',
    clock: Date.now,
    random: Math.random,
    fetch: (request) => fetch(request),
    warn: (message) => console.warn(`Tillwright: ${message}`),
    schedule(run, delayMs) {
      const timer = setTimeout(run, delayMs)
      // In Node a pending flush must not keep the process alive; elsewhere timers are numbers.
      if (typeof timer === 'object') timer.unref?.()
      return () => clearTimeout(timer)
    },
    isOnline: () => true,
    onOnline: () => () => {},
    onHide: () => () => {},
    async exclusively(_name, work) {
      await work()
      return true
    },
  }
}
