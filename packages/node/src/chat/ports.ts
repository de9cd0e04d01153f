import type { Dialogue, DialoguePack, IntentExample, IntentModel } from '@tillwright/core/brain'
import type { Order, Product, RecommendationQuery, Recommendations } from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { Principal } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { Limiter } from '../limits/index.ts'
import type { QueueMail } from '../mail/index.ts'
import type { Clock, FileStore, Logger, Random, SecretBytes } from '../ports.ts'
import type { Publish } from '../webhooks/publish.ts'
import type { Skill } from './skill.ts'

/** An account as the chat knows it. */
export interface ChatUser {
  readonly id: string
  readonly email: string
  readonly emailVerified: boolean
  readonly name: string | null
  readonly language: string | null
  readonly timeZone: string | null
}

/** The engine and its packs; handed in, so that tests can bring small ones. */
export interface ChatBrain {
  readonly packs: Readonly<Record<string, DialoguePack>>
  createDialogue(options: { readonly pack: DialoguePack; readonly intents: IntentModel }): Dialogue
  /** What the pack's intent model learns from. */
  examplesOf(pack: DialoguePack): readonly IntentExample[]
  /** Phrases that mean an intent without training. */
  aliasesOf(pack: DialoguePack): Readonly<Record<string, readonly string[]>>
}

/** What the chat needs of the rest of the server; wired in `domains.ts`. */
export interface ChatPorts {
  readonly clock: Clock
  readonly random: Random
  readonly secretBytes: SecretBytes
  readonly log: Logger
  readonly files: FileStore
  readonly audit: Pick<AuditService, 'record'>
  readonly enqueue: Enqueue
  readonly publish: Publish
  readonly queueMail: QueueMail
  /** `null`: nothing is limited. */
  readonly limiter: Pick<Limiter, 'take'> | null
  readonly brain: ChatBrain
  /** Those that are built in, and those that programs add. */
  readonly skills: readonly Skill[]
  readonly people: {
    /** Who holds an access token; `null` where it is not valid. */
    holder(accessToken: string): Promise<Principal | null>
    user(db: TenantDb, id: string): Promise<ChatUser | undefined>
  }
}

/** What skills of shops ask for. */
export interface ShopPorts {
  readonly products: {
    list(
      db: TenantDb,
      query: { search?: string; category?: string; limit: number },
      visibleOnly: boolean,
    ): Promise<{ items: Product[] }>
    get(db: TenantDb, id: string, visibleOnly: boolean): Promise<Product>
    all(db: TenantDb): Promise<Product[]>
    /** Differs whenever the catalogue does. */
    stamp(db: TenantDb): Promise<string>
  }
  readonly orders: {
    list(db: TenantDb, query: { customerId: string; limit: number }): Promise<{ items: { id: string }[] }>
    get(db: TenantDb, id: string): Promise<Order>
  }
  readonly customers: {
    /** The customers whose address this is. */
    idsOf(db: TenantDb, email: string): Promise<string[]>
  }
  recommend(db: TenantDb, query: RecommendationQuery): Promise<Recommendations>
}
