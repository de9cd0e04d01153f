import { type Event, newId } from '@tillwright/core/contract'
import type { WidgetPlatform } from '../platform/browser.ts'
import type { ScriptSettings } from './tillwright.ts'

/** The key that `@tillwright/core` uses, too, so that both know the same visitor. */
const KEY = 'tillwright.visitor'

/** The ids that tell one visitor's events from another's, kept no longer than `scope` allows. */
export function visitorIds(
  scope: ScriptSettings['visitor'],
  { clock, random }: Pick<WidgetPlatform, 'clock' | 'random'>,
): Pick<Event, 'sessionId' | 'visitorId'> {
  const kept = (storage: 'sessionStorage' | 'localStorage', prefix: string) => {
    const fresh = newId(prefix, clock, random)
    try {
      return (window[storage][KEY] ??= fresh)
    } catch {
      return fresh // Storage is blocked: this page view has an id of its own.
    }
  }
  if (scope === 'page') return { sessionId: newId('ses', clock, random) }
  const sessionId = kept('sessionStorage', 'ses')
  return scope === 'session' ? { sessionId } : { sessionId, visitorId: kept('localStorage', 'vis') }
}
