import type { Tabs, TabTalk } from '../ports.ts'

const ACTIVITY = ['pointerdown', 'keydown', 'wheel', 'touchstart', 'focus']

/** The tabs of a browser: `BroadcastChannel`, Web Locks and storage, and less where there is less. */
export function browserTabs(): Tabs {
  return {
    join: (name, hear) =>
      typeof BroadcastChannel === 'undefined' ? joinByStorage(name, hear) : joinChannel(name, hear),
    // Without locks two tabs may refresh at once: the server gives both the same successor.
    async inTurn(name, work) {
      return navigator.locks ? navigator.locks.request(name, work) : work()
    },
    onActivity(run) {
      const options = { capture: true, passive: true }
      for (const type of ACTIVITY) addEventListener(type, run, options)
      return () => {
        for (const type of ACTIVITY) removeEventListener(type, run, options)
      }
    },
    currentPage: () => (typeof document === 'undefined' ? undefined : pathOf(location)),
    keep(name, text) {
      try {
        if (text === null) sessionStorage.removeItem(name)
        else sessionStorage.setItem(name, text)
      } catch {
        // Storage is blocked or full: the page is forgotten.
      }
    },
    kept(name) {
      try {
        return sessionStorage.getItem(name)
      } catch {
        return null
      }
    },
  }
}

/** Where there are no tabs: servers, workers of the edge, apps. */
export function noTabs(): Tabs {
  const kept = new Map<string, string>()
  return {
    join: () => ({ isPrivate: true, say() {}, leave() {} }),
    inTurn: (_, work) => work(),
    currentPage: () => undefined,
    keep(name, text) {
      if (text === null) kept.delete(name)
      else kept.set(name, text)
    },
    kept: (name) => kept.get(name) ?? null,
  }
}

function pathOf({ pathname, search, hash }: Location): string {
  return pathname + search + hash
}

function joinChannel(name: string, hear: (message: unknown) => void): TabTalk {
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }) => hear(data)
  return { isPrivate: true, say: (message) => channel.postMessage(message), leave: () => channel.close() }
}

/** An item that is set and taken away again; the other tabs are told of both. */
function joinByStorage(name: string, hear: (message: unknown) => void): TabTalk {
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key === name && newValue !== null) hear(JSON.parse(newValue))
  }
  addEventListener('storage', onStorage)
  return {
    isPrivate: false,
    say(message) {
      try {
        localStorage.setItem(name, JSON.stringify(message))
        localStorage.removeItem(name)
      } catch {
        // Storage is blocked: each tab is on its own.
      }
    },
    leave: () => removeEventListener('storage', onStorage),
  }
}
