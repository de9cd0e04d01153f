import { type ChatExample, ChatSettings, newId, type UnansweredCluster } from '@tillwright/core/contract'
import * as z from 'zod/mini'
import type { AuditActor } from '../audit/actor.ts'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Assistants } from './assistants.ts'
import { clustersOf } from './clusters.ts'
import type { ChatPorts } from './ports.ts'
import { masked } from './private-data.ts'
import {
  addExamples,
  type ExampleRow,
  latestUnanswered,
  listExamples,
  removeExample,
  removeUnanswered,
  writeChatSettings,
} from './teaching-store.ts'

/** Questions that are looked at together. */
const LATEST = 2_000
const SHOWN_CLUSTERS = 100
const SHOWN_TEXTS = 10
const SUGGESTIONS = 3

export type TeachingService = ReturnType<typeof teachingService>

/** Settings, and what the people of a tenant teach the assistant. */
export function teachingService({
  clock,
  random,
  audit,
  assistants,
}: Pick<ChatPorts, 'clock' | 'random' | 'audit'> & { assistants: Assistants }) {
  async function intents(db: TenantDb) {
    const pack = assistants.packOf(await assistants.settings(db))
    return Object.entries(pack.intents).map(([intent, { label }]) => ({ intent, label }))
  }

  async function checkIntent(db: TenantDb, intent: string): Promise<void> {
    if ((await intents(db)).some((known) => known.intent === intent)) return
    throw new ProblemError('invalid_input', {
      errors: [{ path: 'intent', message: `is none of the assistant's: ask GET /admin/chat/intents for them` }],
    })
  }

  async function record(tx: TenantDb, actor: AuditActor, kind: string, data: Record<string, string | number>) {
    await audit.record(tx, { kind, actorId: actor.id, subjectId: null, caller: actor.caller, data })
  }

  /** The questions of a cluster, which goes by its latest one. */
  async function clusterOf(db: TenantDb, id: string) {
    const found = clustersOf(await latestUnanswered(db, LATEST)).find(([first]) => first!.id === id)
    if (!found) throw problem('not_found', `There are no unanswered questions ${id}: others may have joined them`)
    return found
  }

  const exampleRow = (text: string, intent: string): ExampleRow => ({
    id: newId('exm', clock, random),
    text: masked(text),
    intent,
    added_at: clock(),
  })

  return {
    settings: assistants.settings,
    async setSettings(db: TenantDb, actor: AuditActor, settings: ChatSettings): Promise<ChatSettings> {
      const parsed = z.parse(ChatSettings, settings)
      for (const [i, { from, to }] of (parsed.officeHours ?? []).entries()) {
        if (from >= to) {
          const message = 'must be after from: write hours over midnight as two'
          throw new ProblemError('invalid_input', { errors: [{ path: `officeHours.${i}.to`, message }] })
        }
      }
      await db.transaction(async (tx) => {
        await writeChatSettings(tx, JSON.stringify(parsed))
        await record(tx, actor, 'chat_settings.changed', { pack: parsed.pack })
      })
      return parsed
    },
    intents: async (db: TenantDb) => ({ items: await intents(db) }),
    async unanswered(db: TenantDb): Promise<{ items: UnansweredCluster[] }> {
      const clusters = clustersOf(await latestUnanswered(db, LATEST)).slice(0, SHOWN_CLUSTERS)
      const labels = new Map((await intents(db)).map(({ intent, label }) => [intent, label]))
      return {
        items: clusters.map((members) => ({
          id: members[0]!.id,
          count: members.length,
          lastAt: new Date(members[0]!.at).toISOString(),
          texts: [...new Set(members.map(({ text }) => text))].slice(0, SHOWN_TEXTS),
          suggestions: guessesOf(members)
            .filter((intent) => labels.has(intent))
            .slice(0, SUGGESTIONS)
            .map((intent) => ({ intent, label: labels.get(intent)! })),
        })),
      }
    },
    async teach(db: TenantDb, actor: AuditActor, id: string, intent: string): Promise<{ added: number }> {
      const members = await clusterOf(db, id)
      await checkIntent(db, intent)
      const texts = [...new Set(members.map(({ text }) => text))]
      await db.transaction(async (tx) => {
        await addExamples(
          tx,
          texts.map((text) => exampleRow(text, intent)),
        )
        await removeUnanswered(
          tx,
          members.map((member) => member.id),
        )
        await record(tx, actor, 'chat.taught', { intent, examples: texts.length })
      })
      return { added: texts.length }
    },
    async dismiss(db: TenantDb, id: string): Promise<undefined> {
      const members = await clusterOf(db, id)
      await db.transaction((tx) =>
        removeUnanswered(
          tx,
          members.map((member) => member.id),
        ),
      )
    },
    async examples(db: TenantDb, { cursor, limit, intent }: ExampleListing) {
      const [beforeId] = cursor === undefined ? [] : decodeCursor<[string]>(cursor, ['string'])
      const rows = await listExamples(db, { intent, beforeId, limit: limit + 1 })
      return toPage(rows, limit, ({ id }) => [id], presentExample)
    },
    async addExample(db: TenantDb, actor: AuditActor, text: string, intent: string): Promise<ChatExample> {
      await checkIntent(db, intent)
      const row = exampleRow(text, intent)
      await db.transaction(async (tx) => {
        await addExamples(tx, [row])
        await record(tx, actor, 'chat.taught', { intent, examples: 1 })
      })
      return presentExample(row)
    },
    async removeExample(db: TenantDb, id: string): Promise<undefined> {
      if (!(await db.transaction((tx) => removeExample(tx, id)))) {
        throw problem('not_found', `There is no example ${id}`)
      }
    },
  }
}

interface ExampleListing {
  readonly cursor?: string | undefined
  readonly limit: number
  readonly intent?: string | undefined
}

/** What the members were nearly taken for, the most frequent first. */
function guessesOf(members: readonly { guess: string | null }[]): string[] {
  const counts = new Map<string, number>()
  for (const { guess } of members) if (guess !== null) counts.set(guess, (counts.get(guess) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([intent]) => intent)
}

function presentExample({ id, text, intent, added_at }: ExampleRow): ChatExample {
  return { id, text, intent, addedAt: new Date(added_at).toISOString() }
}
