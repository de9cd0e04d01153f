import { deviceAssistant, idbDeviceStore } from '@tillwright/core/device'
import { bankingPack, shopPack } from '@tillwright/core/packs'
import type { ChatDevice } from '../chat/client.ts'
import type { WidgetPlatform } from '../platform/browser.ts'
import { respond } from './request.ts'
import type { ScriptSettings } from './tillwright.ts'

/** What answers while the server is away. */
export function openChatDevice(
  { server, key }: Pick<ScriptSettings, 'server' | 'key'>,
  platform: Pick<WidgetPlatform, 'clock' | 'random' | 'fetch'>,
): ChatDevice {
  const { clock, random } = platform
  return deviceAssistant({
    clock,
    random,
    store: idbDeviceStore(`tillwright-assistant:${server}:${key}`),
    packs: { shop: shopPack, banking: bankingPack },
    get: (path) => respond(`${server}/${path}${path.includes('?') ? '&' : '?'}key=${key}`, {}, platform),
  })
}
