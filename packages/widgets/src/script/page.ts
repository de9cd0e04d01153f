import type { WidgetClient } from '../client.ts'
import { browserPlatform } from '../platform/browser.ts'
import type { ElementsOptions } from '../registry.ts'
import { createScriptClient } from './small-client.ts'
import type { ScriptCall, ScriptSettings, TillwrightGlobal } from './tillwright.ts'

/** Starts the one client of a page that the loader has set up, and carries out the calls that wait for it. */
export function startPage(tillwright: TillwrightGlobal): ElementsOptions & { settings: ScriptSettings } {
  const settings = tillwright.settings!
  const client = createScriptClient(settings, browserPlatform)
  const waiting = tillwright.q as unknown as readonly ScriptCall[]
  tillwright.q = { push: (call) => carryOut(call as unknown as ScriptCall, client) }
  for (const call of waiting) tillwright.q.push(call)
  return { client, settings, language: settings.language }
}

function carryOut([name, argument]: ScriptCall, client: WidgetClient): void {
  if (name === 'track') void client.events.track(argument)
  // A callback that throws is the page's own fault, and is reported as such.
  else if (name === 'ready') queueMicrotask(() => argument(client))
  else browserPlatform.warn(`there is no call named ${name}`)
}
