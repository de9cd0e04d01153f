import { idbTalks } from '@tillwright/core/device'
import type { TalkStore } from '../chat/stores.ts'
import type { Talk } from '../chat/talk.ts'
import type { ScriptSettings } from './tillwright.ts'

/** Talks that this device keeps. */
export function openChatTalks({ server, key }: Pick<ScriptSettings, 'server' | 'key'>): TalkStore {
  return idbTalks<Talk>(`tillwright-chat:${server}:${key}`)
}
