import type { Platform } from '@tillwright/core'

/** The outside world, as far as widgets need it. `memoryPlatform` of `@tillwright/core/testing` stands in for it. */
export interface WidgetPlatform
  extends Pick<Platform, 'clock' | 'random' | 'fetch' | 'schedule' | 'onHide' | 'onOnline'> {
  /** Tells the developer of the page, in the browser's console. */
  readonly warn: (message: string) => void
}

export const browserPlatform: WidgetPlatform = {
  clock: () => Date.now(),
  random: () => Math.random(),
  fetch: (request) => fetch(request),
  schedule(run, delayMs) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
  // Coming back is no harm: whoever saves things on the way out has nothing to save then.
  onHide: (run) => listen(['visibilitychange', 'pagehide'], run),
  onOnline: (run) => listen(['online'], run),
  warn: (message) => console.warn(`Tillwright: ${message}`),
}

function listen(types: readonly string[], run: () => void): () => void {
  for (const type of types) addEventListener(type, run)
  return () => {
    for (const type of types) removeEventListener(type, run)
  }
}
