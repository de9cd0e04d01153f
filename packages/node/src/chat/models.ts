import { createHash } from 'node:crypto'
import { type ChatDeviceState, type ChatModel, type Job, MODEL_TYPE } from '@tillwright/core/contract'
import type { AuditActor } from '../audit/actor.ts'
import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { problem } from '../http/problem-error.ts'
import type { JobContext } from '../jobs/runner.ts'
import { runInThread } from '../threads/run-in-thread.ts'
import { type Assistants, DEFAULT_CHAT_SETTINGS } from './assistants.ts'
import type { BaseModels } from './base-models.ts'
import {
  activateChatModel,
  activeChatModel,
  addChatModel,
  type ChatModelRow,
  chatModelBefore,
  chatModelFile,
  dropOldChatModels,
  findChatModel,
  listChatModels,
} from './models-store.ts'
import type { ChatPorts } from './ports.ts'
import { listExamples } from './teaching-store.ts'
import type { TrainedChatModel } from './train.ts'

export const CHAT_TRAINING = 'chat.train'

/** Models kept for going back to. */
const KEPT = 10
const MAX_EXAMPLES = 50_000

export type ChatModelsService = ReturnType<typeof chatModelsService>

interface ModelsPorts extends Pick<ChatPorts, 'clock' | 'audit' | 'enqueue' | 'brain'> {
  readonly assistants: Assistants
  readonly base: BaseModels
  readonly isThorough: boolean
}

/** Models of intents: those of the packs, and those that tenants train with examples of their own. */
export function chatModelsService({ clock, audit, enqueue, brain, assistants, base, isThorough }: ModelsPorts) {
  async function existing(db: TenantDb, version: string): Promise<ChatModelRow> {
    const row = await findChatModel(db, version)
    if (!row) throw problem('not_found', `There is no model of intents ${version}`)
    return row
  }

  async function choose(
    db: TenantDb,
    { id: actorId, caller }: AuditActor,
    kind: string,
    rowOf: (tx: TenantDb) => Promise<ChatModelRow>,
  ): Promise<ChatModel> {
    return db.transaction(async (tx) => {
      const row = await rowOf(tx)
      await activateChatModel(tx, row, clock())
      await audit.record(tx, { kind, actorId, subjectId: null, caller, data: { model: row.version } })
      return presentModel(await existing(tx, row.version))
    })
  }

  function rowFor(pack: string, model: TrainedChatModel, ownCount: number) {
    return {
      version: model.version,
      pack,
      trained_at: clock(),
      training_cpu_ms: Math.round(model.trainingCpuMs),
      example_count: model.exampleCount,
      own_count: ownCount,
      intent_count: model.intentCount,
      byte_count: model.file.length,
      metrics: JSON.stringify(model.metrics),
      file: model.file,
    }
  }

  /** Keeps the pack's own model beside the first that a tenant trains, so that there is something to go back to. */
  async function keepBase(
    tx: TenantDb,
    packName: string,
    baseModel: { version: string; file: Uint8Array },
    count: number,
  ) {
    if (await activeChatModel(tx, packName)) return
    const model: TrainedChatModel = { ...baseModel, trainingCpuMs: 0, intentCount: 0, exampleCount: count, metrics: {} }
    await addChatModel(tx, rowFor(packName, model, 0))
    await activateChatModel(tx, (await findChatModel(tx, baseModel.version))!, clock())
  }

  return {
    async list(db: TenantDb, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
      const [beforeSeq] = cursor === undefined ? [] : decodeCursor<[number]>(cursor, ['number'])
      return toPage(await listChatModels(db, limit + 1, beforeSeq), limit, ({ seq }) => [seq], presentModel)
    },
    train: (db: TenantDb): Promise<Job> =>
      db.transaction((tx) => enqueue(tx, CHAT_TRAINING, {}, { lane: 'chat-train', dedupeKey: CHAT_TRAINING })),
    activate: (db: TenantDb, actor: AuditActor, version: string) =>
      choose(db, actor, 'chat_model.activated', (tx) => existing(tx, version)),
    rollback: (db: TenantDb, actor: AuditActor) =>
      choose(db, actor, 'chat_model.rolled_back', async (tx) => {
        const { pack } = await assistants.settings(tx)
        const active = await activeChatModel(tx, pack)
        const before = active && (await chatModelBefore(tx, active))
        if (!before) throw problem('conflict', 'No other model has answered before that is still kept')
        return before
      }),
    async download(db: TenantDb, version: string) {
      const body = base.byVersion(version) ?? (await chatModelFile(db, version))
      if (!body) throw problem('not_found', `There is no model of intents ${version}`)
      return { body, type: MODEL_TYPE, etag: version }
    },
    /** What a browser keeps so as to answer by itself. */
    async device(db: TenantDb, tenant: Tenant, keptStamp: string | undefined): Promise<ChatDeviceState> {
      const settings = await assistants.settings(db)
      const { version, file } = await assistants.model(db, settings)
      const assistant: NonNullable<ChatDeviceState['assistant']> = {
        pack: settings.pack,
        name: settings.name,
        tone: settings.tone,
        language: settings.language,
        timeZone: tenant.timeZone,
        currency: tenant.currency,
        askShare: settings.askShare,
        giveUpShare: settings.giveUpShare,
        aliases: settings.aliases,
        history: settings.history,
        handOff: settings.handOff,
      }
      const stamp = createHash('sha256').update(JSON.stringify(assistant)).digest('hex').slice(0, 32)
      return {
        model: { digest: version, bytes: file.length, url: `api/v1/chat/models/${version}` },
        stamp,
        assistant: stamp === keptStamp ? null : assistant,
      }
    },
    /** The work of a training job: learns off the main thread, measures, and makes the new model the one that answers. */
    async run(_payload: object, { db, signal, progress }: JobContext) {
      progress({ done: 0, total: 1, unit: 'model', note: 'learning intents' })
      const settings = await assistants.settings(db)
      const pack = assistants.packOf(settings)
      const rows = await listExamples(db, { limit: MAX_EXAMPLES })
      const own = rows.map(({ text, intent }) => ({ text, intent })).reverse()
      const examples = [...brain.examplesOf(pack)]
      const input = {
        examples,
        own,
        language: pack.language,
        size: isThorough ? ('small' as const) : ('linear' as const),
        now: clock(),
        isMeasured: true,
      }
      let trained: TrainedChatModel | undefined
      for await (const model of runInThread('chat.train', input, { signal })) trained = model
      if (!trained) throw new Error('The training ended without a model')
      const model = trained
      const baseModel = await base.of(pack)
      await db.transaction(async (tx) => {
        await keepBase(tx, pack.name, baseModel, examples.length)
        await addChatModel(tx, rowFor(pack.name, model, own.length))
        await activateChatModel(tx, (await findChatModel(tx, model.version))!, clock())
        await dropOldChatModels(tx, KEPT)
      })
      progress({ done: 1, total: 1, unit: 'model' })
      return { modelVersion: model.version, metrics: model.metrics }
    },
  }
}

function presentModel(row: ChatModelRow): ChatModel {
  return {
    modelVersion: row.version,
    pack: row.pack === 'banking' ? 'banking' : DEFAULT_CHAT_SETTINGS.pack,
    trainedAt: new Date(row.trained_at).toISOString(),
    bytes: row.byte_count,
    url: `api/v1/chat/models/${row.version}`,
    active: row.active === 1,
    counts: { examples: row.example_count, own: row.own_count, intents: row.intent_count },
    trainingCpuMs: row.training_cpu_ms,
    metrics: JSON.parse(row.metrics) as Record<string, number>,
  }
}
