import { type Dialogue, type DialoguePack, loadIntent, ModelFileError } from '@tillwright/core/brain'
import { ChatSettings } from '@tillwright/core/contract'
import { LRUCache } from 'lru-cache'
import * as z from 'zod/mini'
import type { TenantDb } from '../db/open.ts'
import type { BaseModels } from './base-models.ts'
import { activeChatModel, chatModelFile } from './models-store.ts'
import type { ChatBrain } from './ports.ts'
import { readChatSettings } from './teaching-store.ts'

/** Tenants whose assistant is held in memory. */
const HELD = 50

/** What a tenant has where it set nothing. */
export const DEFAULT_CHAT_SETTINGS: ChatSettings = z.parse(ChatSettings, {})

/** A tenant's assistant as it is now. */
export interface Assistant {
  readonly settings: ChatSettings
  readonly pack: DialoguePack
  readonly modelVersion: string
  readonly dialogue: Dialogue
}

export interface Assistants {
  settings(db: TenantDb): Promise<ChatSettings>
  /** The pack that settings name. Throws where the program brought none of that name. */
  packOf(settings: ChatSettings): DialoguePack
  of(db: TenantDb): Promise<Assistant>
  /** The file of the model that answers. */
  model(db: TenantDb, settings: ChatSettings): Promise<{ version: string; file: Uint8Array }>
}

/** Puts assistants together of pack, model and settings, and keeps them until one of these changes. */
export function createAssistants(brain: ChatBrain, base: BaseModels): Assistants {
  const held = new LRUCache<number, { stamp: string; assistant: Assistant }>({ max: HELD })

  async function settings(db: TenantDb): Promise<ChatSettings> {
    const data = await readChatSettings(db)
    return data === undefined ? DEFAULT_CHAT_SETTINGS : z.parse(ChatSettings, JSON.parse(data))
  }

  function packOf({ pack }: ChatSettings): DialoguePack {
    const found = brain.packs[pack]
    if (!found) throw new Error(`There is no pack ${pack}`)
    return found
  }

  async function versionOf(db: TenantDb, pack: DialoguePack): Promise<string> {
    return (await activeChatModel(db, pack.name))?.version ?? (await base.of(pack)).version
  }

  /** A model that a newer version of the server cannot read any more gives way to the pack's own until it is trained again. */
  function readable(file: Uint8Array): boolean {
    try {
      loadIntent(file)
      return true
    } catch (error) {
      if (error instanceof ModelFileError) return false
      throw error
    }
  }

  async function fileOf(db: TenantDb, pack: DialoguePack, version: string): Promise<Uint8Array> {
    const file = base.byVersion(version) ?? (await chatModelFile(db, version))
    return file && readable(file) ? file : (await base.of(pack)).file
  }

  function build(now: ChatSettings, pack: DialoguePack, modelVersion: string, file: Uint8Array): Assistant {
    const intents = loadIntent(file, {
      aliases: aliasesFor(pack, now, new Set(loadIntent(file).intents)),
      mayAsk: now.askShare,
      mayGiveUp: now.giveUpShare,
    })
    const toned: DialoguePack = { ...pack, settings: { ...pack.settings, tone: now.tone } }
    return { settings: now, pack, modelVersion, dialogue: brain.createDialogue({ pack: toned, intents }) }
  }

  /** The pack's phrases and the tenant's, for intents that the model knows. */
  function aliasesFor(pack: DialoguePack, { aliases }: ChatSettings, known: ReadonlySet<string>) {
    const all: Record<string, string[]> = {}
    const add = (intent: string, phrase: string) => {
      if (known.has(intent)) all[intent] = [...(all[intent] ?? []), phrase]
    }
    for (const [intent, phrases] of Object.entries(brain.aliasesOf(pack))) {
      for (const phrase of phrases) add(intent, phrase)
    }
    for (const { intent, phrase } of aliases) add(intent, phrase)
    return all
  }

  return {
    settings,
    packOf,
    async of(db) {
      const now = await settings(db)
      const pack = packOf(now)
      const version = await versionOf(db, pack)
      const stamp = JSON.stringify([version, now])
      const known = held.get(db.tenantId)
      if (known?.stamp === stamp) return known.assistant
      const assistant = build(now, pack, version, await fileOf(db, pack, version))
      held.set(db.tenantId, { stamp, assistant })
      return assistant
    },
    async model(db, now) {
      const pack = packOf(now)
      const version = await versionOf(db, pack)
      return { version, file: await fileOf(db, pack, version) }
    },
  }
}
