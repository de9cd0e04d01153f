import type { ConsolePage } from '../../page.ts'
import { connectRules, type RulesConnection, type RulesState } from './connect.ts'
import { style } from './style.ts'
import { rulesView } from './view.tsx'

/** What the merchant wants shown, and what comes of it. */
export const rules: ConsolePage<RulesState, RulesConnection> = {
  connect: connectRules,
  view: rulesView,
  style,
}
