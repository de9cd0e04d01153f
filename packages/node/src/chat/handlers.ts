import type { TillwrightContract } from '@tillwright/core/contract'
import { auditActor } from '../audit/actor.ts'
import type { DomainHandlers, VisitorContext } from '../context.ts'
import { problem } from '../http/problem-error.ts'
import { chatCaller } from './caller.ts'
import type { Conversations } from './conversations.ts'
import type { DeskService } from './desk.ts'
import { numbered, placeOf, updatesOf, wholeAnswer } from './events.ts'
import type { ChatModelsService } from './models.ts'
import type { ChatPorts } from './ports.ts'
import type { TalkService } from './talk.ts'
import type { TeachingService } from './teaching.ts'

export interface ChatServices {
  readonly people: ChatPorts['people']
  readonly conversations: Conversations
  readonly talk: TalkService
  readonly models: ChatModelsService
  readonly desk: DeskService
  readonly teaching: TeachingService
  /** Mails a conversation to the account's own address. */
  readonly mailTranscript: (caller: Awaited<ReturnType<typeof chatCaller>>, id: string) => Promise<void>
}

export function chatHandlers(services: ChatServices): DomainHandlers<TillwrightContract['chat']> {
  const { conversations, talk, models } = services
  const reading = (context: VisitorContext) => chatCaller(services.people, context, { isChange: false })
  const changing = (context: VisitorContext) => chatCaller(services.people, context, { isChange: true })
  return {
    async send(input, context) {
      const events = await talk.send(await changing(context), input)
      const wantsPieces = context.header('accept')?.includes('text/event-stream')
      return wantsPieces ? numbered(events, context.header('last-event-id')) : wholeAnswer(events)
    },
    start: async (input, context) => talk.start(await changing(context), input),
    conversations: async (input, context) => conversations.list(await reading(context), input),
    messages: async (input, context) => conversations.messages(await changing(context), input),
    async updates({ conversationId, secret, after }, context) {
      const caller = await changing(context)
      const row = await conversations.own(caller, conversationId, secret)
      const from = placeOf(context.header('last-event-id'))?.[0] ?? after ?? row.seq
      return updatesOf(caller, conversationId, secret, from)
    },
    rename: async ({ conversationId, secret, title }, context) =>
      conversations.rename(await changing(context), conversationId, secret, title),
    remove: async ({ conversationId, secret }, context) =>
      conversations.remove(await changing(context), conversationId, secret),
    async export({ conversationId, secret, format }, context) {
      const { text, type } = await conversations.export(await changing(context), conversationId, secret, format)
      const filename = `conversation.${format === 'json' ? 'json' : 'txt'}`
      return { body: new TextEncoder().encode(text), type, filename }
    },
    async mailTranscript({ conversationId, secret }, context) {
      const caller = await changing(context)
      await conversations.own(caller, conversationId, secret)
      if (!caller.user?.emailVerified) {
        throw problem('sign_in_needed', 'Sign in first: conversations are mailed to the address of an account only')
      }
      await services.mailTranscript(caller, conversationId)
      return { status: 'queued' }
    },
    claim: async ({ conversationId, secret }, context) =>
      conversations.claim(await changing(context), conversationId, secret),
    device: ({ stamp }, { db, tenant }) => models.device(db, tenant, stamp),
    model: ({ modelVersion }, { db }) => models.download(db, modelVersion),
  }
}

export function chatDeskHandlers({
  desk,
  teaching,
  models,
}: ChatServices): DomainHandlers<TillwrightContract['chatDesk']> {
  return {
    list: (input, { db }) => desk.list(db, input),
    read: ({ conversationId, after, limit }, { db }) => desk.read(db, conversationId, after, limit),
    take: ({ conversationId }, context) => desk.take(context.db, auditActor(context), conversationId),
    assign: ({ conversationId, userId }, context) =>
      desk.assign(context.db, auditActor(context), conversationId, userId),
    say: (input, context) => desk.say(context.db, auditActor(context), input),
    giveBack: ({ conversationId }, context) => desk.giveBack(context.db, auditActor(context), conversationId),
    remove: ({ conversationId }, context) => desk.remove(context.db, auditActor(context), conversationId),
    settings: (_input, { db }) => teaching.settings(db),
    setSettings: (settings, context) => teaching.setSettings(context.db, auditActor(context), settings),
    intents: (_input, { db }) => teaching.intents(db),
    unanswered: (_input, { db }) => teaching.unanswered(db),
    teach: ({ unansweredId, intent }, context) => teaching.teach(context.db, auditActor(context), unansweredId, intent),
    dismiss: ({ unansweredId }, { db }) => teaching.dismiss(db, unansweredId),
    examples: (input, { db }) => teaching.examples(db, input),
    addExample: ({ text, intent }, context) => teaching.addExample(context.db, auditActor(context), text, intent),
    removeExample: ({ exampleId }, { db }) => teaching.removeExample(db, exampleId),
    models: (input, { db }) => models.list(db, input),
    train: (_input, { db }) => models.train(db),
    activate: ({ modelVersion }, context) => models.activate(context.db, auditActor(context), modelVersion),
    rollback: (_input, context) => models.rollback(context.db, auditActor(context)),
  }
}
