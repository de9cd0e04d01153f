import type { LedgerPort } from '../ledger/ports.ts'
import { createAssistants } from './assistants.ts'
import { baseModels } from './base-models.ts'
import { builtInBrain } from './brain.ts'
import { conversationsService } from './conversations.ts'
import { type DeskPorts, deskService } from './desk.ts'
import { chatDeskHandlers, chatHandlers } from './handlers.ts'
import { CHAT_TRAINING, chatModelsService } from './models.ts'
import type { ChatBrain, ChatPorts, ShopPorts } from './ports.ts'
import type { Skill } from './skill.ts'
import { ledgerSkills, shopSkills } from './skills/index.ts'
import { ledgerLists, shopLists } from './skills/lists.ts'
import { type ChatSweep, sweepConversations } from './sweep.ts'
import { talkService } from './talk.ts'
import { teachingService } from './teaching.ts'
import { mailTranscripts } from './transcript.ts'

export type { ChatBrain, ChatPorts, ChatUser } from './ports.ts'
export type { Skill, SkillCall, SkillOutcome } from './skill.ts'

/** What programs choose. */
export interface ChatOptions {
  /** The engine and its packs. */
  readonly brain: ChatBrain
  /** Skills of the program's own, for what its packs call. */
  readonly skills: readonly Skill[]
  /** Whether whole models are trained after the quick one that answers first. It takes a minute of one core, once for each pack. */
  readonly isThorough: boolean
}

export const DEFAULT_CHAT_OPTIONS: ChatOptions = { brain: builtInBrain, skills: [], isThorough: true }

export interface ChatDomainPorts extends ChatPorts, ChatOptions, Pick<DeskPorts, 'mayAnswer'> {
  readonly shop: ShopPorts
  /** `null`: nobody has accounts here. */
  readonly ledger: LedgerPort | null
}

/** Wires the chat: conversations, the assistant with its skills, and the desk of the people who answer. */
export function chatDomain(ports: ChatDomainPorts) {
  const base = baseModels(ports)
  const assistants = createAssistants(ports.brain, base)
  const conversations = conversationsService(ports)
  const models = chatModelsService({ ...ports, assistants, base })
  const skills = [
    ...shopSkills(ports.shop),
    ...(ports.ledger ? ledgerSkills(ports.ledger, ports.clock) : []),
    ...ports.skills,
  ]
  const listsOf = { shop: shopLists(ports.shop), banking: ports.ledger ? ledgerLists(ports.ledger) : async () => ({}) }
  const talk = talkService({
    ...ports,
    assistants,
    conversations,
    skills: new Map(skills.map((skill) => [skill.name, skill])),
    async listsFor(caller, text) {
      const { pack } = await assistants.settings(caller.db)
      return listsOf[pack](caller, text)
    },
  })
  const services = {
    people: ports.people,
    conversations,
    talk,
    models,
    desk: deskService({ ...ports, assistants }),
    teaching: teachingService({ ...ports, assistants }),
    mailTranscript: mailTranscripts(ports),
  }
  const sweep: ChatSweep = async (db, now) => {
    const { retentionDays } = await assistants.settings(db)
    return sweepConversations(db, now, retentionDays)
  }
  return {
    handlers: { chat: chatHandlers(services), chatDesk: chatDeskHandlers(services) },
    jobs: { [CHAT_TRAINING]: models.run },
    sweep,
    /** Ends trainings of packs' models. */
    close: base.close,
  }
}

export type ChatDomain = ReturnType<typeof chatDomain>
