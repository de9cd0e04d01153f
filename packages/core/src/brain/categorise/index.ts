export { type CategoryDecision, type CategoryRules, decideCategory } from './decide.ts'
export { type CategoriserLoadingOptions, loadCategoriser } from './load.ts'
export { type MerchantNameOptions, merchantName } from './merchant-name.ts'
export { type CategoriserTrainingOptions, trainCategoriser } from './train.ts'
export type {
  Categorisation,
  Categoriser,
  CategoryCorrection,
  CategoryExample,
  CategoryGuess,
  CategoryInput,
} from './types.ts'
