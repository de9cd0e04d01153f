import { chatPanel } from '../chat/index.ts'
import { browserPlatform } from '../platform/browser.ts'
import { defineElement } from '../registry.ts'
import { createChatClient } from './chat-client.ts'
import type { LoadableFile } from './tillwright.ts'

/** Baked in by the build. */
declare const LATER: Readonly<Record<'chat-talks' | 'chat-device', LoadableFile>>

// The page's own client is not needed, so a page that has no other widget does not load it.
const { settings, load } = window.tillwright!

defineElement(chatPanel, {
  language: settings!.language,
  client: {
    ...createChatClient(settings!),
    // Each is checked by its digest before it runs; the import finds it loaded.
    async openTalks() {
      await load!([LATER['chat-talks']])
      return (await import('./chat-talks.ts')).openChatTalks(settings!)
    },
    async openDevice() {
      if (isSavingData()) return null
      await load!([LATER['chat-device']])
      return (await import('./chat-device.ts')).openChatDevice(settings!, browserPlatform)
    },
  },
})

/** Whether the visitor asks pages to be sparing. */
function isSavingData(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true
}
