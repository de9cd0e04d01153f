import type { DialoguePack } from '../../brain/dialogue/types.ts'
import { EVERYDAY_EXAMPLES } from '../everyday/examples.ts'
import { EVERYDAY_FLOWS, questionFlow } from '../everyday/flows.ts'
import { EVERYDAY_INTENTS } from '../everyday/intents.ts'
import { OUT_OF_SCOPE } from '../everyday/out-of-scope.ts'
import { EVERYDAY_SKILLS } from '../everyday/skills.ts'
import { EVERYDAY_SLOTS } from '../everyday/slots.ts'
import { EVERYDAY_TEMPLATES } from '../everyday/templates.ts'
import { packIntents } from '../pack-intents.ts'
import { ACCOUNT_FLOWS } from './account-flows.ts'
import { BANKING_EXAMPLES } from './examples.ts'
import { BANKING_INTENTS } from './intents.ts'
import { MONEY_FLOWS } from './money-flows.ts'
import { BANKING_QUESTIONS } from './questions.ts'
import { BANKING_SKILLS } from './skills.ts'
import { BANKING_SLOTS } from './slots.ts'
import { BANKING_TEMPLATES } from './templates.ts'

/** What a bank's assistant can do, in English: a start that a tenant adds their own words to. */
export const bankingPack: DialoguePack = {
  format: 1,
  name: 'banking',
  version: '1.0.0',
  language: 'en',
  intents: packIntents({ ...EVERYDAY_INTENTS, ...BANKING_INTENTS }, { ...EVERYDAY_EXAMPLES, ...BANKING_EXAMPLES }),
  slots: { ...EVERYDAY_SLOTS, ...BANKING_SLOTS },
  flows: {
    ...EVERYDAY_FLOWS,
    ...Object.fromEntries(
      Object.entries(BANKING_QUESTIONS).map(([topic, label]) => [topic, questionFlow(topic, label)]),
    ),
    ...MONEY_FLOWS,
    ...ACCOUNT_FLOWS,
  },
  skills: { ...EVERYDAY_SKILLS, ...BANKING_SKILLS },
  templates: { ...EVERYDAY_TEMPLATES, ...BANKING_TEMPLATES },
  help: {
    topics: [
      { intent: 'balance', example: 'How much is in my account?' },
      { intent: 'spending', example: 'What did I spend on groceries last month?' },
      { intent: 'transfer', example: 'Send £50 to Anna' },
      { intent: 'card_declined', example: 'Why was my card declined?' },
      { intent: 'upcoming_bills', example: 'Which bills are due?' },
      { intent: 'hand_off', example: 'Let me talk to a person' },
    ],
  },
  outOfScope: OUT_OF_SCOPE,
}
