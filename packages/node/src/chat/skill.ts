import type { DialogueCard, DialogueItem, JsonObject, SkillResult } from '@tillwright/core/brain'
import type { ChatPage, ChatPart } from '@tillwright/core/contract'
import type { AuditActor } from '../audit/actor.ts'
import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import type { ChatUser } from './ports.ts'

/** Who asks a skill, as the request says; a conversation's text can change nothing of it. */
export interface SkillCall {
  readonly db: TenantDb
  readonly tenant: Tenant
  /** Who is signed in; `null`: nobody. Skills for people are never called without. */
  readonly user: ChatUser | null
  /** The same, for the audit log. */
  readonly actor: AuditActor
  /** Whether they have proved who they are within the last five minutes. */
  readonly isFresh: boolean
  readonly conversationId: string
  /** The same for the same call, however often it is made: the key under which something is done once. */
  readonly callId: string
  /** BCP 47. */
  readonly language: string
  /** IANA; of "yesterday". */
  readonly timeZone: string
  readonly page: ChatPage
  readonly visitorId: string | undefined
  /** What was just said, with card numbers removed. */
  readonly text: string
  readonly signal: AbortSignal
}

type WithoutId<T> = T extends unknown ? Omit<T, 'callId'> : never

/** What a skill gives: data for what is said, cards to show; or why not, as a code. */
export type SkillOutcome = WithoutId<SkillResult> & {
  /** Shown at once, whatever the flow shows. */
  readonly parts?: readonly ChatPart[]
}

/**
 * Something that the assistant can do for real. It declares who may ask and what it changes; what is confirmed is checked again by the
 * server before `run`, whatever the flow says. Adding one is one folder and a line in `skills/index.ts`.
 */
export interface Skill {
  /** As packs call it: kebab-case, and the name of its folder. */
  readonly name: string
  /** `person`: for whoever is signed in, about what is theirs. */
  readonly who: 'any' | 'person'
  /** Moves money, or changes an order or an account: never run without a yes to exactly these arguments. */
  readonly confirm?: true
  run(args: JsonObject, call: SkillCall): Promise<SkillOutcome>
}

/** What was asked for. */
export function found(data: JsonObject, shown: Shown = {}): SkillOutcome {
  return { ok: true, data: { outcome: 'found', ...data }, ...shown }
}

/** It is done. */
export function done(data: JsonObject = {}, shown: Shown = {}): SkillOutcome {
  return { ok: true, data: { outcome: 'done', ...data }, ...shown }
}

/** Nothing fits; nothing went wrong. */
export function none(): SkillOutcome {
  return { ok: true, data: { outcome: 'none', count: 0 } }
}

/** Several fit: `slot` is to say which. */
export function many(slot: string, items: readonly DialogueItem[]): SkillOutcome {
  return { ok: true, data: { outcome: `many:${slot}`, count: items.length, needsChoice: true }, items }
}

/** A refusal or a failure by its code, as `not_found`; that is also what is somebody else's. */
export function failure(code: string, data: JsonObject = {}): SkillOutcome {
  return { ok: false, code, data: { outcome: code.replaceAll('_', '-'), ...data } }
}

interface Shown {
  readonly cards?: readonly DialogueCard[]
  readonly items?: readonly DialogueItem[]
  readonly parts?: readonly ChatPart[]
}
