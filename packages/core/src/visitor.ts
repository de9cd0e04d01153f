import type { Event } from './contract/events.ts'
import { newId } from './contract/new-id.ts'
import type { Platform } from './ports.ts'

const KEY = 'tillwright.visitor'

/** The ids that tell one visitor's events from another's, kept no longer than `scope` allows. */
export function visitorIds(
  scope: 'page' | 'session' | 'device',
  platform: Pick<Platform, 'clock' | 'random'>,
): Pick<Event, 'sessionId' | 'visitorId'> {
  const fresh = (prefix: string) => newId(prefix, platform.clock, platform.random)
  if (scope === 'page') return { sessionId: fresh('ses') }
  const sessionId = remembered('sessionStorage', () => fresh('ses'))
  if (scope === 'session') return { sessionId }
  return { sessionId, visitorId: remembered('localStorage', () => fresh('vis')) }
}

/** Storage goes by its name, since where it is blocked the mere mention of it throws. */
function remembered(storage: 'sessionStorage' | 'localStorage', create: () => string): string {
  try {
    return (globalThis[storage][KEY] ||= create())
  } catch {
    return create() // Storage is blocked: this page view has an id of its own.
  }
}
