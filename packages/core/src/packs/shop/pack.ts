import type { DialoguePack } from '../../brain/dialogue/types.ts'
import { EVERYDAY_EXAMPLES } from '../everyday/examples.ts'
import { EVERYDAY_FLOWS, questionFlow } from '../everyday/flows.ts'
import { EVERYDAY_INTENTS } from '../everyday/intents.ts'
import { OUT_OF_SCOPE } from '../everyday/out-of-scope.ts'
import { EVERYDAY_SKILLS } from '../everyday/skills.ts'
import { EVERYDAY_SLOTS } from '../everyday/slots.ts'
import { EVERYDAY_TEMPLATES } from '../everyday/templates.ts'
import { packIntents } from '../pack-intents.ts'
import { SHOP_EXAMPLES } from './examples.ts'
import { SHOP_INTENTS } from './intents.ts'
import { ORDER_FLOWS } from './order-flows.ts'
import { PRODUCT_FLOWS } from './product-flows.ts'
import { SHOP_QUESTIONS } from './questions.ts'
import { SHOP_SKILLS } from './skills.ts'
import { SHOP_SLOTS } from './slots.ts'
import { SHOP_TEMPLATES } from './templates.ts'

/** What a shop's assistant can do, in English: a start that a tenant adds their own words to. */
export const shopPack: DialoguePack = {
  format: 1,
  name: 'shop',
  version: '1.0.0',
  language: 'en',
  intents: packIntents({ ...EVERYDAY_INTENTS, ...SHOP_INTENTS }, { ...EVERYDAY_EXAMPLES, ...SHOP_EXAMPLES }),
  slots: { ...EVERYDAY_SLOTS, ...SHOP_SLOTS },
  flows: {
    ...EVERYDAY_FLOWS,
    ...Object.fromEntries(Object.entries(SHOP_QUESTIONS).map(([topic, label]) => [topic, questionFlow(topic, label)])),
    ...ORDER_FLOWS,
    ...PRODUCT_FLOWS,
  },
  skills: { ...EVERYDAY_SKILLS, ...SHOP_SKILLS },
  templates: { ...EVERYDAY_TEMPLATES, ...SHOP_TEMPLATES },
  help: {
    topics: [
      { intent: 'order_status', example: 'Where is my order?' },
      { intent: 'product_search', example: 'A waterproof jacket under £80' },
      { intent: 'return_item', example: 'I want to send something back' },
      { intent: 'find_receipt', example: 'Show me the receipt from last week' },
      { intent: 'gift_ideas', example: 'A gift under £20 for a coffee drinker' },
      { intent: 'hand_off', example: 'Let me talk to a person' },
    ],
  },
  outOfScope: OUT_OF_SCOPE,
}
