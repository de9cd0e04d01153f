export {
  answerFromShelf,
  type ProductShelf,
  rulesFor,
  type ScopedRule,
  type ShelfAnswer,
  type ShelfProduct,
  type ShelfQuestion,
} from './answer.ts'
export { type Arrangement, arrange, effectsOf, refusal } from './arrange.ts'
export { diversify } from './diversify.ts'
export { explainShop, type ShopReason } from './explain.ts'
export { holds, matches } from './match.ts'
export type { ProductMatch, Rule, RuleAction, RuleEffect, RuleScope, ShelfItem, Situation } from './types.ts'
